"""Bills that a payment settles: every principal paid, and in arrears the late fee as well (A24, A26)."""

from __future__ import annotations

from collections.abc import Sequence

from contracts.events.billing import ArrearsSettled, BillEvent, BillSettled
from contracts.http.billing import BillState
from services.billing.rules.payment import Money
from services.billing.rules.standing import LedgerBill, LedgerDebt


def settle(bill: LedgerBill, debts: Sequence[LedgerDebt], money: Money) -> list[BillEvent]:
    """Bring a bill to what its debts say; the events of it, none while a principal is owed."""
    if not all(debt.principal_paid for debt in debts):
        return []
    events: list[BillEvent] = []
    if bill.settled_on is None:
        events.append(_principal(bill, debts, money))
    owed = any(debt.closed_on is None and debt.unit + debt.person for debt in debts)
    if bill.opened_on is not None and bill.state == BillState.ARREARS and not owed:
        events.append(_arrears(bill, debts, money))
    return events


def _principal(bill: LedgerBill, debts: Sequence[LedgerDebt], money: Money) -> BillSettled:
    bill.version, bill.settled_on = bill.version + 1, money.paid_on
    if bill.opened_on is None:
        bill.state = BillState.SETTLED
    return BillSettled(
        version=bill.version,
        employer_no=bill.employer_no,
        month=bill.month,
        total=_principals(debts),
        paid_at=money.paid_at,
        settled_on=money.paid_on,
    )


def _arrears(bill: LedgerBill, debts: Sequence[LedgerDebt], money: Money) -> ArrearsSettled:
    bill.version, bill.state = bill.version + 1, BillState.SETTLED
    return ArrearsSettled(
        version=bill.version,
        employer_no=bill.employer_no,
        month=bill.month,
        principal=_principals(debts),
        fee=sum(debt.fee_paid for debt in debts),
        settled_on=money.paid_on,
    )


def _principals(debts: Sequence[LedgerDebt]) -> int:
    return sum(debt.unit + debt.person for debt in debts)
