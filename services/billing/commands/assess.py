"""Price the bills of a month for any number of employers: one way for monthly run and re-pricing (3.4)."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select, text
from sqlmodel import col

from contracts.month import Month
from contracts.values import Scheme
from services.billing.queries.rates import released
from services.billing.rules.fee_term import ordinary
from services.billing.rules.rates import RateVersion, rates_in
from services.billing.rules.window import WINDOW_2016
from services.billing.sql import lines, sums
from services.billing.sql.pricing import refuse_unrated
from services.billing.tables import InjuryRateRow, RosterSpan
from services.chassis.policy import MissingPolicy
from services.chassis.work import UnitOfWork

_TAKE = text("""
    UPDATE supplements SET bill_month = :month
    WHERE bill_month IS NULL AND employer_no = ANY(CAST(:employers AS varchar[]))
""")
_MONTHS = text("""
    SELECT DISTINCT month FROM supplements
    WHERE bill_month = :month AND employer_no = ANY(CAST(:employers AS varchar[])) ORDER BY month
""")
_OPEN = text("SELECT open_month_partition(:month)")


async def assess(work: UnitOfWork, month: Month, employer_nos: list[str]) -> None:
    """Write lines, sums and bills anew and tell BillAssessed; the employers are locked by the caller.

    MissingPolicy where rates of a scheme in use, of a kind taken or of an employer's 工伤 are missing.
    """
    versions = await released(work)
    await work.session.flush()
    await work.session.execute(_OPEN, {"month": month.yyyymm})
    await sums.clear(work, month, employer_nos)
    values = {"month": month.yyyymm, "employers": employer_nos}
    await work.session.execute(_TAKE, values)
    fee_from = ordinary(month).fee_from
    for version in (await _in_force(work, month, versions, employer_nos)).values():
        await lines.insert_ordinary(work, month, version, employer_nos, fee_from)
        await _refuse_unrated(work, month, month, version, employer_nos)
    for number in (await work.session.scalars(_MONTHS, values)).all():
        await _supplement(work, month, Month.from_number(number), versions, employer_nos)
    await sums.add_up(work, month, WINDOW_2016.due_day(month), employer_nos)


async def _supplement(
    work: UnitOfWork, bill: Month, month: Month, versions: list[RateVersion], employer_nos: list[str]
) -> None:
    fee_from = ordinary(bill).fee_from
    for version in (await _in_force(work, month, versions, employer_nos)).values():
        await lines.insert_supplements(work, bill, month, version, employer_nos, fee_from)
        await _refuse_unrated(work, bill, month, version, employer_nos)


async def _refuse_unrated(
    work: UnitOfWork, bill: Month, month: Month, version: RateVersion, employer_nos: list[str]
) -> None:
    refuse_unrated(await sums.taken_kinds(work, bill, version.no, employer_nos), version, month)


async def _in_force(
    work: UnitOfWork, month: Month, versions: list[RateVersion], employer_nos: list[str]
) -> Mapping[Scheme, RateVersion]:
    """The rates of every scheme that somebody here has in the month."""
    await _refuse_without_injury_rate(work, month, employer_nos)
    span = RosterSpan
    query = (
        select(col(span.scheme))
        .where(
            lines.covers(month), col(span.employer_no).in_(select(lines.listed(employer_nos).c.employer_no))
        )
        .distinct()
    )
    schemes = sorted(Scheme(found) for found in await work.session.scalars(query))
    return {scheme: rates_in(month, scheme, versions) for scheme in schemes}


async def _refuse_without_injury_rate(work: UnitOfWork, month: Month, employer_nos: list[str]) -> None:
    employers, span, injury = lines.listed(employer_nos), RosterSpan, InjuryRateRow
    rated = (
        select(injury)
        .where(
            col(injury.employer_no) == employers.c.employer_no,
            col(injury.from_month) <= month,
            col(injury.to_month) >= month,
        )
        .exists()
    )
    insured = (
        select(span)
        .where(col(span.employer_no) == employers.c.employer_no, lines.covers(month), col(span.injury) == 1)
        .exists()
    )
    query = select(employers.c.employer_no).where(~rated, insured).limit(1)
    if employer_no := await work.session.scalar(query):
        raise MissingPolicy(f"单位{employer_no}工伤保险费率", str(month))
