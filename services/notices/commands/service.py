"""Service of an order: the specialist's first opening delivers it, and 5 working days run (A31, O20 16)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from contracts.errors import chassis as common
from contracts.events.notices import OrderServed
from contracts.http.notices import OrderState, OrderView
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork
from services.notices.commands.employers import lock_employers
from services.notices.entry import issued_view
from services.notices.reach import own_reader
from services.notices.rules.order import deadline, may_become
from services.notices.tables import Order
from services.notices.workdays import working_days_from


async def open_order(work: UnitOfWork, identity: UUID) -> OrderView:
    """Open an order; the first opening serves it, a second changes nothing.

    Problem NOT_FOUND for a foreign one or one not issued, MissingPolicy without a working-day table.
    """
    number = own_reader(work.caller)
    await lock_employers(work, [number])
    order = await work.session.get(Order, identity, with_for_update=True)
    if order is None or order.employer_no != number or order.order_no is None:
        raise Problem(common.NOT_FOUND)
    if may_become(OrderState(order.state), OrderState.SERVED):
        _serve(work, order, order.order_no, deadline(work.today, await working_days_from(work, work.today)))
    return issued_view(order)


def _serve(work: UnitOfWork, order: Order, order_no: str, last_day: date) -> None:
    order.state, order.served_at, order.deadline = OrderState.SERVED, work.now, last_day
    order.version += 1
    event = OrderServed(
        version=order.version,
        employer_no=order.employer_no,
        order_no=order_no,
        served_at=work.now,
        deadline=last_day,
    )
    work.publish(event)
    work.audit("order_served", event.subject(), after=event)
