"""The slip and the receipt that belong to a month's bill."""

from __future__ import annotations

from sqlalchemy import Select, func, select
from sqlmodel import col

from contracts.events.billing import SlipSort
from contracts.http.billing import BillState, SlipState
from services.billing.tables import AllocationRow, Bill, Debt, Payment, Slip, SlipPart
from services.chassis.work import UnitOfWork


def slips_of(bill: Bill) -> Select[Slip]:
    """Slips that pay something of this bill, newest first."""
    debts = select(col(Debt.id)).where(
        col(Debt.employer_no) == bill.employer_no, col(Debt.bill_month) == bill.month
    )
    numbers = select(col(SlipPart.slip_no)).where(col(SlipPart.debt_id).in_(debts))
    return select(Slip).where(col(Slip.slip_no).in_(numbers)).order_by(col(Slip.slip_no).desc())


async def current_slip(work: UnitOfWork, bill: Bill) -> Slip | None:
    """The valid slip of a bill, or the one that paid it; one that paid a part of it alone is not its slip."""
    wanted = [SlipState.VALID.value] + [SlipState.PAID.value] * (bill.settled_on is not None)
    found: Slip | None = await work.session.scalar(slips_of(bill).where(col(Slip.state).in_(wanted)).limit(1))
    return found


async def voided_slip(work: UnitOfWork, bill: Bill) -> str | None:
    """Number of the slip that a change made void, while the bill waits to be confirmed anew; else none."""
    if bill.state != BillState.ASSESSED:
        return None
    ordinary = slips_of(bill).where(col(Slip.sort) == SlipSort.ORDINARY.value)
    newest = await work.session.scalar(ordinary.limit(1))
    return newest.slip_no if newest and newest.state == SlipState.VOIDED else None


async def paid_of(work: UnitOfWork, bill: Bill) -> int:
    """Principal paid of a bill, fen."""
    query = select(func.coalesce(func.sum(col(Debt.unit_paid) + col(Debt.person_paid)), 0)).where(
        col(Debt.employer_no) == bill.employer_no, col(Debt.bill_month) == bill.month
    )
    return int(await work.session.scalar(query) or 0)


async def receipt_of(work: UnitOfWork, bill: Bill) -> str:
    """Number of the receipt of the last payment of a bill; empty before there is one."""
    query = (
        select(col(Payment.receipt_no))
        .join(AllocationRow, col(AllocationRow.payment_id) == col(Payment.id))
        .join(Debt, col(Debt.id) == col(AllocationRow.debt_id))
        .where(col(Debt.employer_no) == bill.employer_no, col(Debt.bill_month) == bill.month)
        .order_by(col(Payment.paid_at).desc())
        .limit(1)
    )
    return str(await work.session.scalar(query) or "")
