"""Bills whose roster changed while a bank held their slip (A23)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlmodel import col

from contracts.http.billing import BillState
from services.billing.commands import reprice, supplements
from services.billing.rules.window import WINDOW_2016
from services.billing.tables import Bill, RosterSpan
from services.chassis.work import UnitOfWork

CHUNK = 200


async def price_stale(work: UnitOfWork, day: date) -> bool:
    """Day job: an unpaid bill in its window is priced anew, otherwise what it lacks becomes a supplement."""
    query = select(Bill).where(col(Bill.stale)).order_by(col(Bill.employer_no), col(Bill.month)).limit(CHUNK)
    bills = (await work.session.scalars(query)).all()
    await reprice.lock(work, [bill.employer_no for bill in bills])
    for bill in bills:
        await settle(work, bill, day)
    return len(bills) < CHUNK


async def settle(work: UnitOfWork, bill: Bill, day: date) -> None:
    """Bring one stale bill in line with the roster; its employer is locked."""
    await work.session.refresh(bill)
    open_still = WINDOW_2016.is_open(bill.month, day) and bill.state == BillState.CONFIRMED.value
    if open_still:
        await reprice.price_open_bills(work, bill.month, [bill.employer_no])
        return
    bill.stale = False
    work.session.add(bill)
    await work.session.flush()
    relations = select(col(RosterSpan.enrollment_id)).where(col(RosterSpan.employer_no) == bill.employer_no)
    found = {str(one) for one in await work.session.scalars(relations)}
    await supplements.record(work, sorted(found))
