"""A bill about to be priced anew lets go of its slips, or waits while a bank holds one (A22, A23)."""

from __future__ import annotations

from sqlalchemy import select
from sqlmodel import col

from contracts.errors import billing as codes
from contracts.http.billing import SlipState
from services.billing.commands import slips
from services.billing.tables import Bill, Debt, Slip, SlipPart
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork


async def let_go(work: UnitOfWork, bill: Bill) -> bool:
    """Void the slips that would pay something of the bill; False, and the bill is stale, while a bank holds one."""
    for slip in await _payable(work, bill):
        try:
            await slips.void(work, slip, slips.ROSTER_CHANGED)
        except Problem as problem:
            if problem.body.code != codes.SLIP_HELD.code:
                raise
            bill.stale = True
            work.session.add(bill)
            await work.session.flush()
            return False
    return True


async def _payable(work: UnitOfWork, bill: Bill) -> list[Slip]:
    """Slips in force now; one past its validity needs no voiding, whatever a bank asked of it."""
    query = (
        select(Slip)
        .join(SlipPart, col(SlipPart.slip_no) == col(Slip.slip_no))
        .join(Debt, col(Debt.id) == col(SlipPart.debt_id))
        .where(
            col(Slip.employer_no) == bill.employer_no,
            col(Slip.state) == SlipState.VALID.value,
            col(Slip.valid_until) > work.now,
            col(Debt.bill_month) == bill.month,
        )
        .distinct()
    )
    return list(await work.session.scalars(query))
