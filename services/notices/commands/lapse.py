"""Day by day: served orders past their deadline lapse, unopened ones become a task of service on paper (A31)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlmodel import col

from contracts.events.notices import OrderLapsed
from contracts.http.notices import OrderState
from services.chassis.work import UnitOfWork
from services.notices.commands.employers import lock_employers
from services.notices.rules.order import paper_task_on
from services.notices.tables import Order, Payment, UntoldPayment
from services.notices.workdays import working_days_from

CHUNK = 500
_ON_ITS_WAY = (
    select(col(UntoldPayment.payment_id))
    .outerjoin(Payment, col(Payment.payment_id) == col(UntoldPayment.payment_id))
    .where(col(UntoldPayment.employer_no) == col(Order.employer_no), col(Payment.payment_id).is_(None))
    .exists()
)


async def lapse_orders(work: UnitOfWork, day: date) -> bool:
    """Lapse a chunk of served orders whose deadline is past; True when none is left.

    One whose employer has money on its way (`untold`) is met again the next day.
    """
    due = (col(Order.state) == OrderState.SERVED) & (col(Order.deadline) < day) & ~_ON_ITS_WAY
    numbers = await _employers(work, due)
    for order in await _locked(work, due, numbers):
        _lapse(work, order, order.order_no or "", day)
    return len(numbers) < CHUNK


async def name_paper_tasks(work: UnitOfWork, day: date) -> bool:
    """Mark orders unopened for three working days; MissingPolicy without a working-day table."""
    waiting = (col(Order.state) == OrderState.ISSUED) & col(Order.paper_since).is_(None)
    for order in (await work.session.scalars(select(Order).where(waiting).with_for_update())).all():
        if order.issued_on is not None:
            since = paper_task_on(order.issued_on, await working_days_from(work, order.issued_on))
            order.paper_since = since if since <= day else None
    return True


def _lapse(work: UnitOfWork, order: Order, order_no: str, day: date) -> None:
    order.state, order.lapsed_on = OrderState.LAPSED, day
    order.version += 1
    event = OrderLapsed(
        version=order.version, employer_no=order.employer_no, order_no=order_no, lapsed_on=day
    )
    work.publish(event)
    work.audit("order_lapsed", event.subject(), employer_no=order.employer_no, after=event)


async def _employers(work: UnitOfWork, due: ColumnElement[bool]) -> Sequence[str]:
    query = select(col(Order.employer_no)).where(due).order_by(col(Order.employer_no)).limit(CHUNK)
    return (await work.session.scalars(query)).all()


async def _locked(work: UnitOfWork, due: ColumnElement[bool], numbers: Sequence[str]) -> Sequence[Order]:
    """The due orders as they stand once their employers are locked: one paid in between is left alone."""
    await lock_employers(work, numbers)
    query = select(Order).where(due, col(Order.employer_no).in_(numbers)).order_by(col(Order.employer_no))
    return (await work.session.scalars(query.with_for_update())).all()
