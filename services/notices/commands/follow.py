"""Orders follow the arrears: prepared, widened, withdrawn before release, settled after it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlmodel import col

from contracts.http.notices import OrderState
from services.chassis.work import UnitOfWork, new_id
from services.notices.facts import months_of
from services.notices.rules.covering import ACTIVE, WITHDRAWN, is_settled, to_prepare
from services.notices.rules.owed import MonthFacts
from services.notices.tables import Order

_LIVE = (OrderState.PREPARED, *sorted(ACTIVE))


async def follow(work: UnitOfWork, numbers: Collection[str]) -> None:
    """Bring the orders of these employers in line with their arrears; their rows are locked by the caller."""
    months = await months_of(work, numbers)
    orders: dict[str, list[Order]] = defaultdict(list)
    query = select(Order).where(col(Order.employer_no).in_(numbers), col(Order.state).in_(_LIVE))
    for order in await work.session.scalars(query.with_for_update().order_by(col(Order.employer_no))):
        orders[order.employer_no].append(order)
    for number in sorted(set(numbers)):
        _follow_one(work, number, months[number], orders[number])
    await work.session.flush()  # the next run of the same batch must see these orders


def _follow_one(work: UnitOfWork, number: str, months: Sequence[MonthFacts], orders: Sequence[Order]) -> None:
    still_open = [month.month.yyyymm for month in months if month.is_open]
    issued = [order for order in orders if order.state in ACTIVE]
    for order in issued:
        if is_settled(order.months, still_open):
            _settle(work, order, months)
    covered = (month for order in issued if order.state in ACTIVE for month in order.months)
    prepared = next((order for order in orders if order.state == OrderState.PREPARED), None)
    _prepare(work, number, prepared, to_prepare(still_open, covered))


def _settle(work: UnitOfWork, order: Order, months: Sequence[MonthFacts]) -> None:
    """Paid; money of the last day may be told after the lapse, which then never was (A24)."""
    days = [month.closed_on for month in months if month.month.yyyymm in order.months and month.closed_on]
    order.state, order.settled_on = OrderState.SETTLED, max(days)
    order.version += 1
    if order.lapsed_on and order.deadline and order.settled_on <= order.deadline:
        order.lapsed_on = None
        work.audit("order_lapse_undone", order.order_no or "", employer_no=order.employer_no)
    work.audit("order_settled", order.order_no or "", employer_no=order.employer_no)


def _prepare(work: UnitOfWork, number: str, prepared: Order | None, months: list[int]) -> None:
    if prepared is not None:
        prepared.months = months or prepared.months
        prepared.state = OrderState.PREPARED if months else WITHDRAWN
    elif months:
        work.session.add(
            Order(
                id=new_id(),
                employer_no=number,
                state=OrderState.PREPARED,
                prepared_on=work.today,
                months=months,
            )
        )
