"""通知公告, 处理结果 and 责令限期缴纳社会保险费通知书; what is opened counts as read, an order as served (A31)."""

import asyncio
from collections.abc import Iterable
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Query
from starlette.responses import Response

from contracts.http.enrollment import PersonNames, PersonNos
from contracts.http.notices import (
    Board,
    NoticeView,
    OrderPage,
    OrderState,
    OrderView,
    Results,
    ResultView,
    Unread,
)
from gateway.live.follow import following
from gateway.pages import download
from gateway.parts import part
from gateway.portal.subjects import step_of, subject_of
from gateway.print.order import order_form
from gateway.print.typesetter import MEDIA_TYPE
from gateway.sessions.visit import PageRoute, Visit, Visitor

router = APIRouter(route_class=PageRoute, include_in_schema=False)
PageNo = Annotated[int, Query(ge=1)]
OPENED = (OrderState.SERVED, OrderState.SETTLED, OrderState.LAPSED)


@router.get("/unread")
async def unread(visit: Visitor) -> Response:
    """The bell of the frame."""
    await following(visit)
    found = await part(visit.calls.get("notices", "/unread", Unread))
    return visit.page("notices/unread.html", unread=found.value)


@router.get("/notices")
async def board(visit: Visitor, page: PageNo = 1) -> Response:
    """The board, newest first."""
    await following(visit)
    found = await visit.calls.get("notices", "/board", Board, {"page": page})
    return visit.page("notices/board.html", list=found, here="/notices")


@router.get("/notices/{notice_id}")
async def notice(visit: Visitor, notice_id: UUID) -> Response:
    """One notice; opening it leaves the receipt that it was read."""
    found = await visit.calls.post("notices", f"/board/{notice_id}/read", NoticeView)
    return visit.page("notices/notice.html", notice=found)


@router.get("/results")
async def results(visit: Visitor, page: PageNo = 1) -> Response:
    """Decisions of this employer's submissions; what is shown is recorded as read (协议 二.6)."""
    await following(visit)
    found = await visit.calls.get("notices", "/results", Results, {"page": page})
    fresh = [one for one in found.rows if not one.read]
    await asyncio.gather(
        *(part(visit.calls.post("notices", f"/results/{one.id}/read", ResultView)) for one in fresh)
    )
    names = await names_of(visit, found.rows)
    return visit.page(
        "notices/results.html",
        list=found,
        here="/results",
        names=names,
        subject_of=subject_of,
        step_of=step_of,
    )


@router.get("/orders")
async def orders(visit: Visitor, page: PageNo = 1) -> Response:
    """Orders to pay of this employer."""
    await following(visit)
    found = await visit.calls.get("notices", "/orders", OrderPage, {"page": page})
    return visit.page("notices/orders.html", list=found, here="/orders")


@router.get("/orders/{order_id}.pdf")
async def print_order(visit: Visitor, order_id: UUID) -> Response:
    """通知书 on paper; printing it is opening it."""
    found = await _opened(visit, order_id)
    return download(await order_form(found), MEDIA_TYPE, f"{found.order_no}.pdf", inline=True)


@router.get("/orders/{order_id}")
async def order(visit: Visitor, order_id: UUID) -> Response:
    """One order: before it was opened only that it is here, for opening it sets its term running."""
    await following(visit)
    found = await visit.calls.get("notices", f"/orders/{order_id}", OrderView)
    return visit.page("notices/order.html", order=found, opened=found.state in OPENED)


@router.post("/orders/{order_id}/open")
async def open_order(visit: Visitor, order_id: UUID, key: Annotated[str, Form()] = "") -> Response:
    """签收: the first opening by the specialist serves it."""
    await visit.calls.post("notices", f"/orders/{order_id}/open", OrderView, key=key)
    return visit.go(f"/orders/{order_id}?said=order_served")


async def _opened(visit: Visit, order_id: UUID) -> OrderView:
    return await visit.calls.post("notices", f"/orders/{order_id}/open", OrderView)


async def names_of(visit: Visit, rows: Iterable[ResultView]) -> dict[str, str]:
    """Whom results speak of, by number; nobody while the names cannot be had."""
    numbers = tuple({row.person_no for row in rows if row.person_no})
    if not numbers:
        return {}
    found = await part(
        visit.calls.post("enrollment", "/persons/names", PersonNames, PersonNos(person_nos=numbers))
    )
    return {row.person_no: row.name for row in found.value.rows} if found.value else {}
