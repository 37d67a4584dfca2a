"""Months that no bill has yet are owed before the next bill is made, and can be paid on any day (A8).

Their lines and sums stand under the next month, whose bill takes them over when it is made; until then it has none.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select, text
from sqlmodel import col

from contracts.month import Month
from services.billing.commands import debts, grounds, slips
from services.billing.commands.assess import supplemented
from services.billing.commands.grounds import Ground, Lack
from services.billing.commands.restated import held_debts, restate_debts
from services.billing.queries.rates import released
from services.billing.rules.fee_term import in_time_supplement
from services.billing.sql import lines, sums
from services.billing.tables import Debt, Supplement
from services.chassis.work import UnitOfWork

_TAKE = text("""
    UPDATE supplements s SET bill_month = CASE WHEN n.priced THEN CAST(:month AS integer) END,
        fee_from = CASE WHEN n.priced THEN coalesce(s.fee_from, CAST(:fee_from AS date)) ELSE s.fee_from END
    FROM (SELECT enrollment_id, month, month <> ALL(CAST(:waiting AS integer[])) AS priced FROM supplements
          WHERE employer_no = :employer_no AND (bill_month IS NULL OR bill_month = :month)) n
    WHERE (s.enrollment_id, s.month) = (n.enrollment_id, n.month)
""")
_CHANGED = text("""
    SELECT d.id FROM debts d LEFT JOIN kind_sums k
        ON (k.employer_no, k.month, k.contribution_month, k.kind, k.sort, k.fee_from)
         = (d.employer_no, d.bill_month, d.month, d.kind, d.sort, d.fee_from)
    WHERE d.employer_no = :employer_no AND d.bill_month = :month
      AND (d.unit, d.person) IS DISTINCT FROM (coalesce(k.unit, 0), coalesce(k.person, 0))
    ORDER BY d.id
""")


async def bill_supplements(work: UnitOfWork, employer_no: str) -> None:
    """Make debts of the months that wait for a bill, with the days of their late fee; the employer is locked.

    Months that lack policy data go on waiting. Nothing changes while a bank holds a slip of these debts (A23).
    """
    month = Month.of(work.today).plus(1)
    extra = await grounds.of_supplements(work, month, [employer_no], taking=True)
    if not extra or await _is_held(work, employer_no, month):
        return
    await _price(work, month, employer_no, extra)


async def price_again(work: UnitOfWork, enrollment_ids: Sequence[str]) -> None:
    """The same after facts about relations whose months stand ahead of their bill; their employers are locked."""
    month = Month.of(work.today).plus(1)
    query = select(col(Supplement.employer_no)).where(
        col(Supplement.enrollment_id).in_(enrollment_ids), col(Supplement.bill_month) == month
    )
    for number in sorted(set(await work.session.scalars(query))):
        if not await _is_held(work, number, month):
            extra = await grounds.of_supplements(work, month, [number], taking=True)
            await _price(work, month, number, extra)


async def _price(work: UnitOfWork, month: Month, employer_no: str, extra: Sequence[Ground]) -> None:
    versions = await released(work)
    lacks: list[Lack] = [lack for ground in extra for lack in ground.lacks(versions)]
    fee_from = in_time_supplement(month).fee_from
    values = {"employer_no": employer_no, "month": month.yyyymm}
    waiting = [lack.month.yyyymm for lack in lacks]
    await lines.open_month(work, month)
    await sums.clear(work, month, [employer_no])
    await work.session.execute(_TAKE, values | {"waiting": waiting, "fee_from": fee_from})
    for earlier, version in supplemented(extra, lacks, versions):
        await lines.insert_supplements(work, month, earlier, version, [employer_no], fee_from)
    await lines.forget_empty_supplements(work, month, [employer_no])
    await sums.add_up_kinds(work, month, [employer_no])
    if changed := list(await work.session.scalars(_CHANGED, values)):
        await slips.void_naming(work, changed, slips.ROSTER_CHANGED, paid=None)
    await restate_debts(work, employer_no, [month])
    await debts.ensure_for_bills(work, [(employer_no, month)])


async def _is_held(work: UnitOfWork, employer_no: str, month: Month) -> bool:
    held = await held_debts(work, employer_no)
    query = select(col(Debt.id)).where(col(Debt.employer_no) == employer_no, col(Debt.bill_month) == month)
    return not held.isdisjoint(await work.session.scalars(query)) if held else False
