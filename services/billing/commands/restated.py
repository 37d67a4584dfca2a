"""Debts brought to the sums of a bill that was priced anew, and the money that this frees (A11, 2.5).

What was paid beyond goes to the employer's other open debts with its own day; what none of them takes is
suspended again, so that payments are always allocations and suspense.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import text

from contracts.month import Month
from services.billing.commands import debts, ledger, money_writes, moved, restated_bills, superseded
from services.billing.rules.restate import Freed, gather, restate
from services.billing.rules.slip import HELD_FOR_BANK
from services.billing.rules.spread import spread
from services.billing.rules.standing import Booked, LedgerDebt
from services.chassis.work import UnitOfWork

Sums = dict[tuple[object, ...], tuple[int, int]]
_SUMS = text("""
    SELECT month, contribution_month, kind, sort, fee_from, unit, person FROM kind_sums
    WHERE employer_no = :employer_no AND month = ANY(CAST(:months AS integer[]))
""")
_WITH_DEBTS = text("""
    SELECT DISTINCT employer_no FROM debts
    WHERE bill_month = :month AND employer_no = ANY(CAST(:employers AS varchar[])) ORDER BY employer_no
""")
_HELD = text("""
    SELECT p.debt_id FROM slips s JOIN slip_parts p USING (slip_no)
    WHERE s.employer_no = :employer_no AND s.state = 'valid' AND s.valid_until > :now AND s.queried_at > :since
""")


@dataclass
class _Change:
    """What a restatement touches: debts by id, those whose bookings moved, and what is left of payments, fen."""

    debts: dict[int, LedgerDebt] = field(default_factory=dict)
    moved: dict[int, LedgerDebt] = field(default_factory=dict)
    rests: dict[UUID, int] = field(default_factory=dict)


async def restate_bills(work: UnitOfWork, month: Month, employer_nos: Collection[str]) -> None:
    """The same for one month of many employers, of which few have opened debts of it before.

    All debts of such a bill are opened, lest it seem paid by those that came ahead of it (A8).
    """
    values = {"month": month.yyyymm, "employers": list(employer_nos)}
    for employer_no in (await work.session.scalars(_WITH_DEBTS, values)).all():
        await debts.open_missing(work, employer_no, month)
        await restate_debts(work, employer_no, [month])
        own = await ledger.of_employers(work, [employer_no], closed=True)
        await restated_bills.tell(work, employer_no, own, (), (month,))


async def restate_debts(work: UnitOfWork, employer_no: str, months: Collection[Month]) -> None:
    """Bring the debts of these bills to their kind sums and tell what that makes of them; lock the employer first.

    Bills whose debts are not open yet have none to bring. Money is moved to no debt that a bank holds (A23).
    """
    own = await ledger.of_employers(work, [employer_no], closed=True)
    sums = await _sums(work, employer_no, months)
    change = _Change()
    freed = _restate(change, (debt for debt in own if debt.bill_month in months), sums, work)
    held = await held_debts(work, employer_no) if freed else set()
    receivers = _move(change, [debt for debt in own if debt.id not in held], freed)
    await money_writes.write_debts(work, list(change.debts.values()))
    if freed:
        await superseded.void_other_slips(work, [employer_no], receivers, paid=[])
        await moved.write(work, change.moved.values(), change.rests)
    touched = {debt.bill_month for debt in change.debts.values()}
    await restated_bills.tell(work, employer_no, own, months, touched)
    moved.tell_rests(work, employer_no, change.rests)


def _restate(change: _Change, debts: Iterable[LedgerDebt], sums: Sums, work: UnitOfWork) -> list[Freed]:
    freed: list[Freed] = []
    for debt in debts:
        unit, person = sums.get(_key(debt), (0, 0))
        if (unit, person) == (debt.unit, debt.person):
            continue
        change.debts[debt.id] = debt
        found = restate(debt, unit, person, work.today)
        if found:
            change.moved[debt.id] = debt
            freed.extend(found)
    return gather(freed)


def _move(change: _Change, debts: list[LedgerDebt], freed: Iterable[Freed]) -> list[int]:
    """Book what is free to the debts that are open, oldest money first; ids of the debts that got some."""
    by_id = {debt.id: debt for debt in debts}
    receivers: dict[int, None] = {}
    for one in freed:
        parts, rest = spread([debt for debt in debts if debt.closed_on is None], one.amount, one.paid_on)
        for part in parts:
            debt = by_id[part.debt_id]
            debt.book(Booked(one.paid_on, part.unit, part.person, part.fee, one.payment_id))
            change.debts[debt.id] = change.moved[debt.id] = debt
            receivers[debt.id] = None
        change.rests[one.payment_id] = rest
    return list(receivers)


def _key(debt: LedgerDebt) -> tuple[object, ...]:
    return debt.bill_month.yyyymm, debt.month.yyyymm, debt.kind.value, debt.sort.value, debt.fee_from


async def _sums(work: UnitOfWork, employer_no: str, months: Collection[Month]) -> Sums:
    values = {"employer_no": employer_no, "months": [month.yyyymm for month in months]}
    rows = await work.session.execute(_SUMS, values)
    return {tuple(row[:5]): (row.unit, row.person) for row in rows}


async def held_debts(work: UnitOfWork, employer_no: str) -> set[int]:
    """Debts of the employer's slips that a bank holds now (A23)."""
    values = {"employer_no": employer_no, "now": work.now, "since": work.now - HELD_FOR_BANK}
    return set((await work.session.scalars(_HELD, values)).all())
