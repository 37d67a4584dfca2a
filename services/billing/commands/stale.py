"""Bills whose roster changed while a bank held their slip (A23)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlmodel import col

from contracts.http.billing import BillState, SlipState
from services.billing.commands import frozen, leavers, overpaid, reprice, supplements
from services.billing.rules.slip import HELD_FOR_BANK
from services.billing.rules.window import WINDOW_2016
from services.billing.tables import Bill, RosterSpan, Slip
from services.chassis.work import UnitOfWork

CHUNK = 200


async def price_stale(work: UnitOfWork, day: date) -> bool:
    """Day job, before the window closes: the bills whose hold has ended, priced anew or supplemented."""
    return await _price(work, day)


async def sweep_stale(work: UnitOfWork) -> bool:
    """The same within the day, as soon as a bank's hold has ended."""
    return await _price(work, work.today)


async def price_stale_of(work: UnitOfWork, employer_no: str) -> None:
    """The same at the next touch of an employer, who is locked by the caller."""
    query = select(Bill).where(col(Bill.stale), col(Bill.employer_no) == employer_no)
    for bill in (await work.session.scalars(query.order_by(col(Bill.month)))).all():
        await settle(work, bill, work.today)


async def _price(work: UnitOfWork, day: date) -> bool:
    held = select(col(Slip.slip_no)).where(
        col(Slip.employer_no) == col(Bill.employer_no),
        col(Slip.state) == SlipState.VALID.value,
        col(Slip.valid_until) > work.now,
        col(Slip.queried_at) > work.now - HELD_FOR_BANK,
    )
    query = select(Bill).where(col(Bill.stale), ~held.exists())
    bills = (
        await work.session.scalars(query.order_by(col(Bill.employer_no), col(Bill.month)).limit(CHUNK))
    ).all()
    await reprice.lock(work, [bill.employer_no for bill in bills])
    for bill in bills:
        await settle(work, bill, day)
    return len(bills) < CHUNK


async def settle(work: UnitOfWork, bill: Bill, day: date) -> None:
    """Bring one stale bill in line with the roster; its employer is locked.

    In its window it is priced anew; later, or paid, what it lacks becomes a supplement, and while it is unpaid
    it loses whom the roster no longer has in it (A11). One that was paid as a slip had frozen it is that again
    (A23); whom it then has too many are credited.
    """
    await work.session.refresh(bill)
    slip_no = await frozen.paying_slip(work, bill)
    open_still = WINDOW_2016.is_open(bill.month, day) and bill.state == BillState.CONFIRMED.value
    if open_still and slip_no is None:
        await reprice.price_open_bills(work, bill.month, [bill.employer_no])
        return
    bill.stale = False
    work.session.add(bill)
    await work.session.flush()
    if slip_no:
        await frozen.restore(work, bill, slip_no)
    relations = select(col(RosterSpan.enrollment_id)).where(col(RosterSpan.employer_no) == bill.employer_no)
    found = sorted({str(one) for one in await work.session.scalars(relations)})
    await supplements.record(work, found)
    await leavers.price_without(work, found)
    await overpaid.record(work, found)
