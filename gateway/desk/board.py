"""征缴看板: how far the month's collection is, by district, and what waits for this officer."""

from __future__ import annotations

import asyncio
from fractions import Fraction
from typing import Annotated, NamedTuple

from fastapi import Query
from starlette.responses import Response

from contracts.http.billing import Collection, DistrictCollection, PaymentPage, PolicyTaskPage
from contracts.http.enrollment import IncreasePage, IncreaseState, IncreaseView
from contracts.http.notices import OrderPage, OrderState
from contracts.http.registry import CoverageReport
from contracts.month import Month
from contracts.values import Role
from gateway import menu
from gateway.desk import progress, tasks
from gateway.desk.answers import names
from gateway.desk.sections import router_of, show
from gateway.parts import Part, part
from gateway.sessions.visit import Visit, Visitor

router = router_of(menu.BOARD)
SHOWN = 8


class Waiting(NamedTuple):
    """What waits for the officer's roles; a part that the roles do not reach is none."""

    increases: Part[IncreasePage] | None
    orders: Part[OrderPage] | None
    suspense: Part[PaymentPage] | None
    coverage: Part[CoverageReport]
    tasks: Part[PolicyTaskPage] | None


@router.get("/desk")
async def board(visit: Visitor, month: Annotated[str, Query()] = "") -> Response:
    """The board of a month; the current one where none is asked."""
    chosen = month_of(visit, month)
    today = visit.chassis.business.today()
    collection, before = await asyncio.gather(*(_collection(visit, one) for one in (chosen, chosen.plus(-1))))
    waiting = await _waiting(visit)
    first = _first(waiting.increases)
    return show(
        visit,
        menu.BOARD,
        "board.html",
        month=chosen,
        last_day=chosen.day(progress.LAST),
        collection=collection,
        line=progress.line(collection.value, today),
        districts=by_share(collection.value.districts if collection.value else ()),
        before=progress.line(before.value, today),
        waiting=waiting,
        first=first,
        names=await names(visit, (row.employer_no for row in first)),
    )


async def _collection(visit: Visit, month: Month) -> Part[Collection]:
    return await part(visit.calls.get("billing", "/collection", Collection, {"month": str(month)}))


def month_of(visit: Visit, text: str) -> Month:
    """The month asked for, or the business clock's own."""
    try:
        return Month.parse(text)
    except ValueError:
        return Month.of(visit.chassis.business.today())


async def _waiting(visit: Visit) -> Waiting:
    caller, calls = visit.caller, visit.calls
    increases = orders = suspense = policy = None
    if menu.COUNTER.open_to(caller):
        query: dict[str, str | int | None] = {"state": IncreaseState.AWAITING_COUNTER.value}
        increases = await part(calls.get("enrollment", "/increases", IncreasePage, query))
    if menu.ORDERS.open_to(caller):
        orders = await part(calls.get("notices", "/orders", OrderPage, {"state": OrderState.PREPARED.value}))
    if caller.has(Role.COLLECTION, Role.FINANCE):
        suspense = await part(calls.get("billing", "/suspense", PaymentPage))
    if caller.has(*tasks.ROLES):
        policy = await part(calls.get("billing", "/tasks", PolicyTaskPage, {"size": 1}))
    coverage = await part(calls.get("registry", "/coverage", CoverageReport))
    return Waiting(increases, orders, suspense, coverage, policy)


def _first(increases: Part[IncreasePage] | None) -> list[IncreaseView]:
    rows = increases.value.rows if increases and increases.value else ()
    return by_limit(rows)[:SHOWN]


def by_share(rows: tuple[DistrictCollection, ...]) -> list[DistrictCollection]:
    """Districts by the share of employers that have paid, those behind first."""
    return sorted(rows, key=lambda row: (Fraction(row.employers_paid, row.employers or 1), row.district))


def by_limit(rows: tuple[IncreaseView, ...]) -> list[IncreaseView]:
    """Increases by the last day on which they can be confirmed."""
    return sorted(rows, key=lambda row: (row.until or row.hired_on, row.submission_no))
