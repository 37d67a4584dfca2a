"""Slips whose day has passed lose their state `valid` (A23)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select, update
from sqlmodel import col

from contracts.http.billing import SlipState
from services.billing.commands import reprice
from services.billing.tables import Slip
from services.chassis.work import UnitOfWork

CHUNK = 500
"""Slips that one transaction of the day job expires."""


async def expire_slips(work: UnitOfWork, day: date) -> bool:
    """Day job: expire what was payable until the day, a chunk a call.

    The employers are locked before their slips, as a payment does it, or the two would wait for each other.
    """
    del day
    past = (col(Slip.state) == SlipState.VALID) & (col(Slip.valid_until) <= work.now)
    query = select(col(Slip.slip_no), col(Slip.employer_no)).where(past).order_by(col(Slip.slip_no))
    found = (await work.session.execute(query.limit(CHUNK))).all()
    await reprice.lock(work, sorted({row.employer_no for row in found}))
    chosen = col(Slip.slip_no).in_([row.slip_no for row in found])
    expired = update(Slip).where(chosen, past).values(state=SlipState.EXPIRED, version=col(Slip.version) + 1)
    await work.session.execute(expired)
    return len(found) < CHUNK
