"""What a restatement makes of bills: arrears told anew, settled by what was paid, or cancelled (A11)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import chain

from sqlalchemy import select
from sqlmodel import col

from contracts.events.billing import ArrearsSettled, BillEvent
from contracts.http.billing import BillState
from contracts.month import Month
from contracts.values import Channel
from services.billing.commands import ledger, money_writes, opened, settled
from services.billing.rules.payment import Money
from services.billing.rules.standing import Booked, LedgerBill, LedgerDebt
from services.billing.tables import Payment
from services.chassis.work import UnitOfWork


async def tell(
    work: UnitOfWork,
    employer_no: str,
    debts: Sequence[LedgerDebt],
    restated: Collection[Month],
    touched: Collection[Month],
) -> None:
    """Publish what changed of the bills in `touched`; those in `restated` were priced anew.

    Debts ahead of their bill have none to tell (A8).
    """
    keys = [(employer_no, month) for month in sorted(touched)]
    bills = await ledger.bills_of(work, keys)
    for key in (key for key in keys if key in bills):
        own = [debt for debt in debts if debt.bill_month == key[1]]
        for event in await _events(work, bills[key], own, anew=key[1] in restated):
            work.publish(event)
    await money_writes.write_bills(work, list(bills.values()))


async def _events(
    work: UnitOfWork, bill: LedgerBill, debts: Sequence[LedgerDebt], *, anew: bool
) -> list[BillEvent]:
    if not any(debt.unit + debt.person for debt in debts):
        return [_cancelled(work, bill)] if bill.opened_on is not None else []
    events: list[BillEvent] = []
    if anew and bill.opened_on is not None and any(_is_owed(debt) for debt in debts):
        bill.version += 1
        events.append(opened.event(bill, debts, bill.opened_on))
    if all(debt.principal_paid for debt in debts):
        events.extend(settled.settle(bill, debts, await _last_payment(work, debts)))
    return events


def _is_owed(debt: LedgerDebt) -> bool:
    return debt.closed_on is None and bool(debt.unit + debt.person)


def _cancelled(work: UnitOfWork, bill: LedgerBill) -> ArrearsSettled:
    """Nobody was insured in the month: nothing of it is in arrears."""
    bill.version, bill.state = bill.version + 1, BillState.ASSESSED
    return ArrearsSettled(
        version=bill.version,
        employer_no=bill.employer_no,
        month=bill.month,
        principal=0,
        fee=0,
        settled_on=work.today,
    )


async def _last_payment(work: UnitOfWork, debts: Sequence[LedgerDebt]) -> Money:
    """The payment that completed the principal, as the moment at which the bill was settled."""
    booked: list[Booked] = [one for one in chain(*(debt.booked for debt in debts)) if one.unit + one.person]
    numbers = {one.payment_id for one in booked}
    query = (
        select(Payment).where(col(Payment.id).in_(numbers)).order_by(col(Payment.paid_at), col(Payment.id))
    )
    last = (await work.session.scalars(query)).all()[-1]
    return Money(
        payment_id=last.id,
        employer_no=last.employer_no,
        channel=Channel(last.channel),
        amount=0,
        paid_at=last.paid_at,
        paid_on=last.paid_on,
        slip_no=last.slip_no,
        bank=last.bank,
        serial=last.serial,
        parts=(),
    )
