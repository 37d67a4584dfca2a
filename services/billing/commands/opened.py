"""ArrearsOpened of a bill, from its debts as the day of the opening found them (A24)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from contracts.events.billing import ArrearsOpened, DebtSum
from services.billing.rules.standing import LedgerBill, LedgerDebt
from services.billing.tables import Bill


def event(bill: Bill | LedgerBill, debts: Sequence[LedgerDebt], day: date) -> ArrearsOpened:
    """The fact with the bill's version, without what was paid before the day and is known (`deducted`).

    Payments of the day itself and later, and those that come to be known after it, are told by their own facts.
    """
    owed = [debt for debt in debts if any(debt.at_start_of(day))]
    sums = tuple(_sum(debt, day) for debt in owed)
    return ArrearsOpened(
        version=bill.version,
        employer_no=bill.employer_no,
        month=bill.month,
        debts=sums,
        principal=sum(one.unit + one.person for one in sums),
        fee_from=min(debt.fee_from for debt in owed),
        opened_on=day,
        deducted=_deducted(debts, day),
    )


def _deducted(debts: Sequence[LedgerDebt], day: date) -> tuple[UUID, ...]:
    booked = (one for debt in debts for one in debt.booked)
    return tuple(sorted({one.payment_id for one in booked if one.payment_id and one.paid_on < day}))


def _sum(debt: LedgerDebt, day: date) -> DebtSum:
    unit, person, fee = debt.at_start_of(day)
    return DebtSum(
        month=debt.month,
        kind=debt.kind,
        sort=debt.sort,
        unit=unit,
        person=person,
        fee=fee,
        fee_from=debt.fee_from,
    )
