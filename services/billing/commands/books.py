"""Booking of payments to debts, many at once: allocations, closed debts, settled bills, receipts, events.

The caller has locked the employers and inserted the payments' rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from contracts.events.base import EmployerEvent
from services.billing.commands import ledger, money_events, money_writes, receipts, settled, superseded
from services.billing.rules.payment import Money, Part
from services.billing.rules.standing import Booked, LedgerBill, LedgerDebt
from services.billing.sql import whole
from services.billing.sql.whole import WholePayment
from services.chassis.work import UnitOfWork


@dataclass
class Books:
    """The debts and bills that a batch of payments may touch; `take` in order, then `write` once.

    `agencies`: whose receipts each of the employers gets. Debts ahead of their bill settle none (A8). `whole`:
    payments of other employers, which need no look at each debt.
    """

    work: UnitOfWork
    agencies: Mapping[str, str]
    debts: Mapping[int, LedgerDebt]
    bills: Mapping[ledger.BillKey, LedgerBill]
    taken: list[tuple[Money, list[EmployerEvent]]] = field(default_factory=list)
    whole: Sequence[WholePayment] = ()
    changed: dict[int, None] = field(default_factory=dict)
    by_bill: dict[ledger.BillKey, list[LedgerDebt]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for debt in self.debts.values():
            self.by_bill.setdefault((debt.employer_no, debt.bill_month), []).append(debt)

    def takes(self, parts: Sequence[Part]) -> bool:
        """True when every part is still owed, or its debt was only priced anew since the slip (A23)."""
        return all(self._takes(part) for part in parts)

    def _takes(self, part: Part) -> bool:
        debt = self.debts[part.debt_id]
        if debt.closed_on is not None:
            return False
        return debt.untouched or (debt.fits(part.unit, part.person) and debt.fits_fee(part.fee))

    def take(self, money: Money) -> None:
        """Book in memory and note what that settles."""
        touched = dict.fromkeys(self._book(money, part) for part in money.parts)
        events = [
            event
            for key in touched
            if key in self.bills
            for event in settled.settle(self.bills[key], self.by_bill[key], money)
        ]
        self.taken.append((money, list[EmployerEvent](events)))

    def _book(self, money: Money, part: Part) -> ledger.BillKey:
        debt = self.debts[part.debt_id]
        key = debt.employer_no, debt.bill_month
        if money.slip_no and debt.freeze(part.unit, part.person) and key in self.bills:
            self.bills[key].stale = True
        debt.book(Booked(money.paid_on, part.unit, part.person, part.fee))
        self.changed[debt.id] = None
        return key

    async def write(self) -> None:
        """Write everything taken, and publish it payment by payment."""
        moneys = [money for money, _ in self.taken]
        paid: list[Money | WholePayment] = [*moneys, *self.whole]
        if not paid:
            return
        if moneys:
            await self._write_taken(moneys)
        if self.whole:
            await whole.book(self.work, self.whole)
        await self._void_others([one.slip_no for one in paid if one.slip_no])
        # All numbers in one go and late: their counters stay locked until the commit.
        numbers = await receipts.take_numbers(self.work, [self.agencies[one.employer_no] for one in paid])
        await money_writes.write_receipts(self.work, [one.payment_id for one in paid], numbers)
        await self._tell(numbers)

    async def _write_taken(self, moneys: Sequence[Money]) -> None:
        await money_writes.write_allocations(self.work, moneys)
        debts = [self.debts[i] for i in self.changed]
        await money_writes.write_debts(self.work, debts)
        touched = dict.fromkeys((debt.employer_no, debt.bill_month) for debt in debts)
        await money_writes.write_bills(self.work, [self.bills[key] for key in touched if key in self.bills])

    async def _void_others(self, paid: Sequence[str]) -> None:
        employers = {self.debts[i].employer_no for i in self.changed}
        await superseded.void_other_slips(self.work, employers, list(self.changed), paid)

    async def _tell(self, numbers: Sequence[str]) -> None:
        singly, at_once = numbers[: len(self.taken)], numbers[len(self.taken) :]
        for (money, events), number in zip(self.taken, singly, strict=True):
            money_events.posted(self.work, money, self.debts, number, events)
        if self.whole:
            named = zip(self.whole, at_once, strict=True)
            texts = [money_events.accepted(one.amount, number) for one, number in named]
            await whole.tell(self.work, self.whole, texts)


async def open_books(work: UnitOfWork, agencies: Mapping[str, str], debt_ids: Sequence[int]) -> Books:
    """The books of all bills to which these debts belong."""
    if not debt_ids:
        return Books(work, agencies, {}, {})
    debts = await ledger.of_bills_with(work, debt_ids)
    keys = {(debt.employer_no, debt.bill_month) for debt in debts}
    return Books(work, agencies, {debt.id: debt for debt in debts}, await ledger.bills_of(work, keys))
