"""首页: what is due, what to do by when, results, notices, twelve months, staff."""

import asyncio
from datetime import date

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from contracts.http.billing import ArrearsView, BillPage
from contracts.http.enrollment import ToDo
from contracts.http.materials import RequestPage
from contracts.http.notices import Board, OrderPage, Results
from gateway.live.follow import following
from gateway.parts import part
from gateway.portal.due import chart, due_of
from gateway.portal.notices import names_of
from gateway.portal.to_do import tasks_of
from gateway.sessions.visit import PageRoute, Visit, Visitor

router = APIRouter(route_class=PageRoute, include_in_schema=False)
SHOWN = 5
_MORNING, _NOON, _EVENING = 6, 12, 18


@router.get("/")
async def home(visit: Visitor) -> Response:
    """The employer's first page; officers begin at their desk."""
    if visit.session.district:
        return RedirectResponse("/desk", status_code=303)
    today = visit.chassis.business.today()
    await following(visit)
    calls = visit.calls
    asked_for = f"/employers/{visit.employer_no}/material-requests"
    bills, staff, board, results, orders, requests = await asyncio.gather(
        part(calls.get("billing", "/bills", BillPage, {"page": 1})),
        part(calls.get("enrollment", "/to-do", ToDo)),
        part(calls.get("notices", "/board", Board, {"page": 1})),
        part(calls.get("notices", "/results", Results, {"page": 1})),
        part(calls.get("notices", "/orders", OrderPage, {"page": 1})),
        part(calls.get("registry", asked_for, RequestPage)),
    )
    told = results.value.rows[:SHOWN] if results.value else ()
    months = bills.value.rows if bills.value else ()
    due = due_of(months, today)
    owed = await _owed(visit, today) if due and due.late else None
    tasks = tasks_of(
        due,
        staff.value,
        orders.value.rows if orders.value else (),
        requests.value.rows if requests.value else (),
    )
    return visit.page(
        "home.html",
        greeting=_greeting(visit),
        bills=bills,
        due=due,
        owed=owed,
        bars=chart(months),
        tasks=tasks,
        tasks_whole=not (bills.down or staff.down or orders.down or requests.down),
        staff=staff,
        board=board,
        results=results,
        people=await names_of(visit, told),
        shown=SHOWN,
        today=today,
    )


async def _owed(visit: Visit, today: date) -> ArrearsView | None:
    """What arrears cost if they are paid today, with their fee; nothing where it cannot be had."""
    found = await part(visit.calls.get("billing", "/arrears", ArrearsView, {"on": str(today)}))
    return found.value if found.value and found.value.fee else None


def _greeting(visit: Visit) -> str:
    hour = visit.chassis.business.now().hour
    if _MORNING <= hour < _NOON:
        return "上午好"
    return "下午好" if _NOON <= hour < _EVENING else "您好"
