"""Person lines by the pricing statement: INSERT … SELECT over the roster, for any number of employers."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ARRAY, Date, Integer, Select, String, and_, func, insert, literal, select
from sqlalchemy.orm import InstrumentedAttribute
from sqlmodel import col

from contracts.month import Month
from contracts.values import DebtSort, Kind
from services.billing.rules.price import KIND_PARTS, column
from services.billing.rules.rates import RateVersion
from services.billing.sql.pricing import mask, priced
from services.billing.tables import InjuryRateRow, PersonLine, RosterSpan, Supplement
from services.chassis.work import UnitOfWork

_NAMES = (
    "month", "employer_no", "enrollment_id", "contribution_month", "sort", "fee_from", "person_no", "base",
    "rate_set", "injury_rate", "rural", "kinds",
)  # fmt: skip
AMOUNTS = tuple(column(kind, part) for kind, part in KIND_PARTS)


def covers(month: Month) -> Any:
    """Spans of relations that are insured in a month."""
    span = RosterSpan
    return and_(col(span.from_month) <= month, col(span.to_month) >= month, col(span.relation_from) <= month)


def _roster(month: Month, version: RateVersion, employers: Any) -> Any:
    """Whoever is insured in the month under the version's scheme, with the employer's 工伤 rate."""
    span, injury = RosterSpan, InjuryRateRow
    rate = and_(
        col(injury.employer_no) == col(span.employer_no),
        col(injury.from_month) <= month,
        col(injury.to_month) >= month,
    )
    query: Any = (
        select(
            col(span.employer_no),
            col(span.enrollment_id),
            col(span.person_no),
            col(span.base),
            col(span.rural),
            func.coalesce(col(injury.rate), 0).label("injury_rate"),
            *(_switch(kind) for kind in Kind),
        )
        .select_from(employers)
        .join(span, col(span.employer_no) == employers.c.employer_no)
        .outerjoin(injury, rate)
        .where(covers(month), col(span.scheme) == version.scheme.value)
    )
    return query


def _switch(kind: Kind) -> InstrumentedAttribute[int]:
    found: InstrumentedAttribute[int] = getattr(RosterSpan, kind.value)
    return found


def listed(employer_nos: list[str]) -> Any:
    """Employers as a set to join with."""
    return func.unnest(literal(employer_nos, ARRAY(String))).table_valued("employer_no").render_derived()


def _lines(
    rows: Any, bill: Month, month: Month, version: RateVersion, sort: DebtSort, fee_from: Any
) -> Select[Any]:
    amounts = priced(rows, month, version)
    head = (
        literal(bill.yyyymm, Integer), rows.c.employer_no, rows.c.enrollment_id, literal(month.yyyymm, Integer),
        literal(sort.value, String), fee_from, rows.c.person_no, rows.c.base, literal(version.no, Integer),
        rows.c.injury_rate, rows.c.rural, mask(rows),
    )  # fmt: skip
    return select(*head, *(amounts[name] for name in AMOUNTS))


async def insert_ordinary(
    work: UnitOfWork, month: Month, version: RateVersion, employer_nos: list[str], fee_from: date
) -> None:
    """The month's own lines of these employers."""
    rows = _roster(month, version, listed(employer_nos)).subquery("roster_rows")
    lines = _lines(rows, month, month, version, DebtSort.ORDINARY, literal(fee_from, Date))
    await work.session.execute(insert(PersonLine).from_select([*_NAMES, *AMOUNTS], lines))


async def insert_supplements(
    work: UnitOfWork, bill: Month, month: Month, version: RateVersion, employer_nos: list[str], fee_from: date
) -> None:
    """Lines of one earlier month that this bill takes, at the rates of that month (A7)."""
    extra = Supplement
    chosen = and_(
        col(extra.enrollment_id) == col(RosterSpan.enrollment_id),
        col(extra.month) == month,
        col(extra.bill_month) == bill,
    )
    query = _roster(month, version, listed(employer_nos)).join(extra, chosen)
    start = func.coalesce(col(extra.fee_from), literal(fee_from, Date)).label("fee_from")
    rows = query.add_columns(start).subquery("supplement_rows")
    lines = _lines(rows, bill, month, version, DebtSort.SUPPLEMENT, rows.c.fee_from)
    await work.session.execute(insert(PersonLine).from_select([*_NAMES, *AMOUNTS], lines))
