"""责令与欠费: prepared orders released singly or in bulk, and what became of them (A31)."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request
from starlette.responses import Response

from contracts.errors import chassis as codes
from contracts.http.notices import OrderPage, OrderState, OrderView, Released, ReleaseOrders
from gateway import menu
from gateway.desk.sections import router_of, show
from gateway.forms import sent
from gateway.pages import download
from gateway.print.order import order_form
from gateway.print.typesetter import MEDIA_TYPE
from gateway.sessions.visit import Visitor
from services.chassis.problems import Problem

router = router_of(menu.ORDERS)


@router.get("/desk/orders")
async def orders(
    visit: Visitor,
    state: Annotated[OrderState | None, Query()] = None,
    text: Annotated[str, Query(max_length=100)] = "",
    page: Annotated[int, Query(ge=1)] = 1,
) -> Response:
    """Orders of one state, those with a time limit by it; a search looks through all states."""
    if state is None and not text.strip():
        state = OrderState.PREPARED
    query: dict[str, str | int | None] = {
        "state": state.value if state else None,
        "text": text.strip() or None,
        "page": page,
    }
    found = await visit.calls.get("notices", "/orders", OrderPage, query)
    rows = sorted(found.rows, key=lambda row: (row.deadline or row.fee_from, -row.principal))
    return show(
        visit,
        menu.ORDERS,
        "orders.html",
        found=found,
        rows=rows,
        state=state,
        text=text.strip(),
        states=tuple(OrderState),
        problem=None,
    )


@router.post("/desk/orders/release")
async def release(visit: Visitor, request: Request) -> Response:
    """Release the ticked orders; they are numbered, frozen and served through the portal."""
    entry = await sent(request)
    try:
        command = entry.build(ReleaseOrders, {"ids": entry.chosen("ids"), "phone": entry.text("phone")})
        await visit.calls.post("notices", "/orders/release", Released, command, key=entry.text("key"))
    except Problem as problem:
        query: dict[str, str | int | None] = {"state": OrderState.PREPARED.value}
        found = await visit.calls.get("notices", "/orders", OrderPage, query)
        return show(
            visit,
            menu.ORDERS,
            "orders.html",
            problem.body.status,
            found=found,
            rows=list(found.rows),
            state=OrderState.PREPARED,
            text="",
            states=tuple(OrderState),
            problem=problem.body,
        )
    return visit.go(f"/desk/orders?state={OrderState.ISSUED.value}&said=orders_released")


@router.get("/desk/orders/{order_id}")
async def order(visit: Visitor, order_id: UUID) -> Response:
    """One order: debts, fee with its sum, service, deadline."""
    found = await visit.calls.get("notices", f"/orders/{order_id}", OrderView)
    return show(visit, menu.ORDERS, "order.html", order=found)


@router.get("/desk/orders/{order_id}/pdf")
async def order_pdf(visit: Visitor, order_id: UUID) -> Response:
    """《责令限期缴纳社会保险费通知书》 for print and for service on paper."""
    found = await visit.calls.get("notices", f"/orders/{order_id}", OrderView)
    if found.state is OrderState.PREPARED:
        raise Problem(codes.NOT_FOUND)
    name = f"{found.order_no}.pdf"
    return download(await order_form(found), MEDIA_TYPE, name, inline=True)
