"""Price the bills of a month for any number of employers: one way for monthly run and re-pricing (3.4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import text

from contracts.month import Month
from services.billing.commands import grounds, set_aside
from services.billing.commands.grounds import Lack
from services.billing.queries.rates import released
from services.billing.rules.fee_term import ordinary
from services.billing.rules.rates import RateVersion
from services.billing.rules.window import WINDOW_2016
from services.billing.sql import lines, sums
from services.chassis.work import UnitOfWork

_DUE = text("""
    SELECT employer_no, due_day FROM bills
    WHERE month = :month AND sort = 'ordinary' AND employer_no = ANY(CAST(:employers AS varchar[]))
""")
# A month that lacks policy data waits for another bill, and leaves one that it has entered before.
_TAKE = text("""
    UPDATE supplements s SET bill_month = CASE WHEN a.employer_no IS NULL THEN CAST(:month AS integer) END
    FROM supplements t
    LEFT JOIN (SELECT DISTINCT employer_no, month FROM set_aside) a
        ON a.employer_no = t.employer_no AND a.month = t.month
    WHERE t.employer_no = ANY(CAST(:employers AS varchar[]))
      AND (t.bill_month = :month OR (t.bill_month IS NULL AND :taking))
      AND (s.enrollment_id, s.month) = (t.enrollment_id, t.month)
""")


async def assess(work: UnitOfWork, month: Month, employer_nos: list[str]) -> None:
    """Write lines, sums and bills anew and tell BillAssessed; the employers are locked by the caller.

    MissingPolicy where the city lacks rates of the month. An employer that lacks its own 工伤 rate is set aside;
    supplements of months that lack anything wait for another bill.
    """
    versions = await released(work)
    await lines.open_month(work, month)
    for due_day, numbers in (await _by_due_day(work, month, employer_nos)).items():
        await _price(work, month, due_day, numbers, versions)


async def _by_due_day(work: UnitOfWork, month: Month, employer_nos: list[str]) -> Mapping[date, list[str]]:
    """A bill keeps its day; a new one is due in the first window in which it can be paid.

    That the agency's own run comes late costs nobody a late fee (domain 1.5).
    """
    today = max(work.today, work.chassis.business.today())
    first = WINDOW_2016.due_day(WINDOW_2016.first_payable(month, today))
    rows = await work.session.execute(_DUE, {"month": month.yyyymm, "employers": employer_nos})
    known = {row.employer_no: row.due_day for row in rows}
    found: dict[date, list[str]] = defaultdict(list)
    for number in employer_nos:
        found[known.get(number, first)].append(number)
    return found


async def _price(
    work: UnitOfWork, month: Month, due_day: date, employer_nos: list[str], versions: Sequence[RateVersion]
) -> None:
    taking = work.today <= due_day
    own = await grounds.of_roster(work, month, employer_nos)
    extra = await grounds.of_supplements(work, month, employer_nos, taking=taking)
    in_force = {ground.scheme: ground.rates(versions) for ground in own}
    lacks = _lacks(own, extra, versions)
    await set_aside.keep(work, employer_nos, lacks)
    without = {lack.employer_no for lack in lacks if lack.month == month}
    ready = [number for number in employer_nos if number not in without]
    await sums.clear(work, month, ready)
    values = {"month": month.yyyymm, "employers": ready, "taking": taking}
    await work.session.execute(_TAKE, values)
    fee_from = ordinary(Month.of(due_day)).fee_from
    for version in in_force.values():
        await lines.insert_ordinary(work, month, version, ready, fee_from)
    for earlier, version in supplemented(extra, lacks, versions):
        await lines.insert_supplements(work, month, earlier, version, ready, fee_from)
    await lines.forget_empty_supplements(work, month, ready)
    await sums.add_up(work, month, due_day, ready)


def _lacks(
    own: Sequence[grounds.Ground], extra: Sequence[grounds.Ground], versions: Sequence[RateVersion]
) -> list[Lack]:
    found = [lack for ground in own for lack in ground.own_lack()]
    found += [lack for ground in extra for lack in ground.lacks(versions)]
    return list(dict.fromkeys(found))


def supplemented(
    extra: Sequence[grounds.Ground], lacks: Sequence[Lack], versions: Sequence[RateVersion]
) -> list[tuple[Month, RateVersion]]:
    """Earlier months and their rates, each once, of the supplements that have a price."""
    waiting = {(lack.employer_no, lack.month) for lack in lacks}
    priced = [ground for ground in extra if (ground.employer_no, ground.month) not in waiting]
    by_scheme = {(ground.month, ground.scheme): ground for ground in priced}
    return [(month, ground.rates(versions)) for (month, _), ground in by_scheme.items()]
