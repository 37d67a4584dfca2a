"""打印中心: what is to be printed and kept, in one place (协议 二.8)."""

import asyncio

from fastapi import APIRouter
from starlette.responses import Response

from contracts.http.billing import BillPage
from contracts.http.enrollment import DecreasePage, DecreaseState, IncreasePage
from contracts.http.notices import OrderPage
from gateway.parts import part
from gateway.portal.notices import OPENED
from gateway.sessions.visit import PageRoute, Visitor

router = APIRouter(route_class=PageRoute, include_in_schema=False)


@router.get("/print")
async def printing(visit: Visitor) -> Response:
    """Increases not yet printed, the latest decreases, slips, orders."""
    calls = visit.calls
    increases, decreases, bills, orders = await asyncio.gather(
        part(calls.get("enrollment", "/increases", IncreasePage, {"unprinted": "true", "size": 500})),
        part(calls.get("enrollment", "/decreases", DecreasePage, {"size": 50})),
        part(calls.get("billing", "/bills", BillPage, {"slips": "true"})),
        part(calls.get("notices", "/orders", OrderPage, {"page": 1})),
    )
    slips = [bill.slip for bill in bills.value.rows if bill.slip] if bills.value else []
    served = [order for order in orders.value.rows if order.state in OPENED] if orders.value else []
    gone = decreases.value.rows if decreases.value else ()
    return visit.page(
        "print.html",
        increases=increases,
        decreases=decreases,
        leaving=[one for one in gone if one.state is not DecreaseState.WITHDRAWN],
        bills=bills,
        slips=slips,
        orders=orders,
        served=served,
    )
