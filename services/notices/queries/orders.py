"""Orders: an employer's issued ones, a district's with those only prepared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select, true
from sqlmodel import col

from contracts.errors import chassis as common
from contracts.http.notices import OrderPage, OrderState, OrderView
from contracts.http.paging import PAGE_SIZE
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork
from services.notices.entry import issued_view, prepared_view, unopened_view
from services.notices.facts import debts_of
from services.notices.reach import orders_in_reach
from services.notices.tables import Employer, Order


async def orders(
    work: UnitOfWork,
    *,
    state: OrderState | None = None,
    text: str = "",
    page: int = 1,
    size: int = PAGE_SIZE,
) -> OrderPage:
    """Newest first; prepared ones with what they would claim today."""
    wanted = col(Order.state) == state if state else true()
    where = orders_in_reach(work.caller) & wanted & _found(text.strip())
    total = await work.session.scalar(_from(where, func.count()))
    query = _from(where, Order, Employer).order_by(col(Order.prepared_on).desc(), col(Order.id).desc())
    rows = (await work.session.execute(query.offset((page - 1) * size).limit(size))).all()
    return OrderPage(total=total or 0, page=page, size=size, rows=await _views(work, rows))


async def order(work: UnitOfWork, identity: UUID) -> OrderView:
    """One order; Problem NOT_FOUND for a foreign one. Reading it serves nothing."""
    where = orders_in_reach(work.caller) & (col(Order.id) == identity)
    rows = (await work.session.execute(_from(where, Order, Employer))).all()
    if not rows:
        raise Problem(common.NOT_FOUND)
    return (await _views(work, rows))[0]


def _found(text: str) -> ColumnElement[bool]:
    """By part of the employer's name or of the order's number, or by 社保编号."""
    if not text:
        return true()
    part = func.lower(text)
    within = (
        func.strpos(func.lower(column), part) > 0 for column in (col(Employer.name), col(Order.order_no))
    )
    return or_(col(Employer.employer_no) == text, *within)


def _from(where: ColumnElement[bool], *what: Any) -> Select[Any]:
    joined = col(Employer.employer_no) == col(Order.employer_no)
    return select(*what).select_from(Order).join(Employer, joined).where(where)


async def _views(work: UnitOfWork, rows: Sequence[Any]) -> tuple[OrderView, ...]:
    prepared = [order for order, _ in rows if order.order_no is None]
    owed = await debts_of(work, prepared, work.today) if prepared else {}
    views = []
    for order, employer in rows:
        if order.order_no is None:
            views.append(prepared_view(order, employer, owed[order.employer_no], work.today))
        elif order.state == OrderState.ISSUED and not work.caller.is_officer:
            views.append(unopened_view(order))
        else:
            views.append(issued_view(order))
    return tuple(views)
