"""责令限期缴纳社会保险费通知书."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from contracts.http.notices import OrderPage, OrderState, OrderView, Released, ReleaseOrders
from contracts.http.paging import PAGE_SIZE
from services.chassis.http import Work, WorkRoute
from services.notices.commands import release as releases
from services.notices.commands import service
from services.notices.queries import orders as queries

router = APIRouter(route_class=WorkRoute)
State = Annotated[OrderState | None, Query()]
Text = Annotated[str, Query(max_length=100)]
PageNo = Annotated[int, Query(ge=1)]
Size = Annotated[int, Query(ge=1, le=1000)]


@router.get("/orders")
async def orders(
    work: Work, state: State = None, text: Text = "", page: PageNo = 1, size: Size = PAGE_SIZE
) -> OrderPage:
    """Orders in reach, of one state or found by employer or number."""
    return await queries.orders(work, state=state, text=text, page=page, size=size)


@router.post("/orders/release")
async def release(work: Work, asked: ReleaseOrders) -> Released:
    """制发, singly or in bulk."""
    return await releases.release(work, asked)


@router.get("/orders/{identity}")
async def order(work: Work, identity: UUID) -> OrderView:
    """One order, without serving it."""
    return await queries.order(work, identity)


@router.post("/orders/{identity}/open")
async def open_order(work: Work, identity: UUID) -> OrderView:
    """签收: the first opening serves it."""
    return await service.open_order(work, identity)
