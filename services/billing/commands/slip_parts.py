"""What a slip pays of each debt, for money that an officer puts to it (A23, A30)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlmodel import col

from contracts.errors import billing as codes
from contracts.http.billing import SlipState
from services.billing.rules.explain import yuan
from services.billing.rules.payment import Part
from services.billing.rules.slip import payable_at
from services.billing.tables import Slip, SlipPart
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork


async def payable(work: UnitOfWork, slip: Slip, amount: int, paid_at: datetime) -> tuple[Part, ...]:
    """The frozen parts of a slip that is neither paid nor void, was in force at the time and costs the sum.

    Problem SLIP_NOT_PAYABLE or SLIP_SUM.
    """
    if slip.state not in (SlipState.VALID, SlipState.EXPIRED) or not payable_at(paid_at, slip.valid_until):
        raise Problem(codes.SLIP_NOT_PAYABLE, field="slip_no")
    if amount != slip.amount:
        raise Problem(codes.SLIP_SUM, field="amount", amount=yuan(slip.amount))
    query = select(SlipPart).where(col(SlipPart.slip_no) == slip.slip_no).order_by(col(SlipPart.debt_id))
    rows = await work.session.scalars(query)
    return tuple(Part(row.debt_id, row.unit, row.person, row.fee) for row in rows)
