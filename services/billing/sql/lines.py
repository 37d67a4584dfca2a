"""Person lines by the pricing statement: INSERT … SELECT over the roster, for any number of employers."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ARRAY, Date, Integer, Select, String, and_, any_, func, insert, literal, select, text
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
_OPEN = text("SELECT open_month_partition(:month)")
# Asked once for all employers: hardly ever is there one, and the run need not look for it person by person.
_TAKEN = text("""
    SELECT EXISTS (SELECT FROM supplements WHERE month = :month AND bill_month > :month
                   AND employer_no = ANY(CAST(:employers AS varchar[])))
""")
_FORGET = text("""
    DELETE FROM supplements s WHERE s.bill_month = :month AND s.employer_no = ANY(CAST(:employers AS varchar[]))
      AND NOT EXISTS (SELECT FROM person_lines l WHERE l.month = s.bill_month AND l.employer_no = s.employer_no
        AND l.enrollment_id = s.enrollment_id AND l.contribution_month = s.month AND l.sort = 'supplement')
""")
AMOUNTS = tuple(column(kind, part) for kind, part in KIND_PARTS)


async def open_month(work: UnitOfWork, month: Month) -> None:
    """Make room for the lines of a month, if there is none yet."""
    await work.session.execute(_OPEN, {"month": month.yyyymm})


def covers(month: Month) -> Any:
    """Spans of relations that are insured in a month."""
    span = RosterSpan
    return and_(col(span.from_month) <= month, col(span.to_month) >= month, col(span.relation_from) <= month)


def _roster(month: Month, version: RateVersion, employer_nos: list[str]) -> Any:
    """Whoever is insured in the month under the version's scheme, with the employer's 工伤 rate.

    The employers stand in the index condition: joined, a chunk reads the roster from its first employer on.
    """
    span, injury = RosterSpan, InjuryRateRow
    among = col(span.employer_no) == any_(literal(employer_nos, ARRAY(String)))
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
        .select_from(span)
        .outerjoin(injury, rate)
        .where(among, covers(month), col(span.scheme) == version.scheme.value)
    )
    return query


def _switch(kind: Kind) -> InstrumentedAttribute[int]:
    found: InstrumentedAttribute[int] = getattr(RosterSpan, kind.value)
    return found


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


def _elsewhere(month: Month) -> Any:
    """The relation's month has entered a later bill as a supplement."""
    extra = Supplement
    taken = and_(
        col(extra.enrollment_id) == col(RosterSpan.enrollment_id),
        col(extra.month) == month,
        col(extra.bill_month) > month,
    )
    return select(literal(1)).where(taken).exists()


def _in_its_own_bill(month: Month) -> Any:
    line = PersonLine
    billed = and_(
        col(line.month) == month,
        col(line.employer_no) == col(RosterSpan.employer_no),
        col(line.enrollment_id) == col(RosterSpan.enrollment_id),
        col(line.contribution_month) == month,
        col(line.sort) == DebtSort.ORDINARY.value,
    )
    return select(literal(1)).where(billed).exists()


async def insert_ordinary(
    work: UnitOfWork, month: Month, version: RateVersion, employer_nos: list[str], fee_from: date
) -> None:
    """The month's own lines of these employers, without those whose month another bill carries."""
    query = _roster(month, version, employer_nos)
    if await work.session.scalar(_TAKEN, {"month": month.yyyymm, "employers": employer_nos}):
        query = query.where(~_elsewhere(month))
    rows = query.subquery("roster_rows")
    lines = _lines(rows, month, month, version, DebtSort.ORDINARY, literal(fee_from, Date))
    await work.session.execute(insert(PersonLine).from_select([*_NAMES, *AMOUNTS], lines))


async def insert_supplements(
    work: UnitOfWork, bill: Month, month: Month, version: RateVersion, employer_nos: list[str], fee_from: date
) -> None:
    """Lines of one earlier month that this bill takes, at the rates of that month (A7).

    Whoever has that month in its own bill is left out: a month is charged once.
    """
    extra = Supplement
    chosen = and_(
        col(extra.enrollment_id) == col(RosterSpan.enrollment_id),
        col(extra.month) == month,
        col(extra.bill_month) == bill,
    )
    query = _roster(month, version, employer_nos).join(extra, chosen).where(~_in_its_own_bill(month))
    start = func.coalesce(col(extra.fee_from), literal(fee_from, Date)).label("fee_from")
    rows = query.add_columns(start).subquery("supplement_rows")
    lines = _lines(rows, bill, month, version, DebtSort.SUPPLEMENT, rows.c.fee_from)
    await work.session.execute(insert(PersonLine).from_select([*_NAMES, *AMOUNTS], lines))


async def forget_empty_supplements(work: UnitOfWork, bill: Month, employer_nos: list[str]) -> None:
    """Drop the notes of months that this bill took and has no line of: one may be noted anew if it is owed again."""
    await work.session.execute(_FORGET, {"month": bill.yyyymm, "employers": employer_nos})
