"""核对确认与缴费: the months, one month with its kinds and person lines, and its confirmation (clause 三(四), A22)."""

import asyncio
import hashlib
from typing import Annotated

from fastapi import APIRouter, Form, Query
from starlette.responses import RedirectResponse, Response

from contracts.errors import chassis as codes
from contracts.events.billing import SlipSort
from contracts.http.billing import BillPage, BillState, BillView, ConfirmBill, LinePage, SlipState, SlipView
from contracts.http.enrollment import PersonNames, PersonNos
from contracts.month import Month
from contracts.values import Kind
from gateway.holders import approver_beside, require_approver
from gateway.live.follow import following
from gateway.pages import HEADERS, download
from gateway.parts import part
from gateway.portal.due import due_of
from gateway.sessions.visit import PageRoute, Visit, Visitor
from gateway.sheets import bill_sheet
from services.chassis.calls import Query as CallQuery
from services.chassis.problems import Problem

router = APIRouter(route_class=PageRoute, include_in_schema=False)
STEPS = ("核对人数和金额", "确认，生成缴费单", "缴费", "完成，发票邮寄")
LATE_STEPS = ("选择缴费日期", "生成缴费单", "缴费", "完成，发票邮寄")
_STEP = {BillState.ASSESSED: 1, BillState.CONFIRMED: 3, BillState.SETTLED: 5}


def _month(text: str) -> Month:
    try:
        return Month.parse(text)
    except ValueError as error:
        raise Problem(codes.NOT_FOUND) from error


@router.get("/bill")
async def bills(visit: Visitor, page: Annotated[int, Query(ge=1)] = 1) -> Response:
    """All months, newest first."""
    await following(visit)
    found = await visit.calls.get("billing", "/bills", BillPage, {"page": page})
    return visit.page("bill/list.html", list=found)


@router.get("/bill/now")
async def now(visit: Visitor) -> Response:
    """The bill that wants something now."""
    found = await visit.calls.get("billing", "/bills", BillPage, {"page": 1})
    due = due_of(found.rows, visit.chassis.business.today())
    return RedirectResponse(f"/bill/{due.bill.month}" if due else "/bill", status_code=303)


@router.get("/bill/{month}.xlsx")
async def sheet(visit: Visitor, month: str) -> Response:
    """The month as a spreadsheet: one row per person and kind."""
    found = _month(month)
    lines = await _all_lines(visit, found)
    people = await _names(visit, tuple(sorted({line.person_no for page in lines for line in page.rows})))
    rows = [line for page in lines for line in page.rows]
    content = bill_sheet.bill_sheet(found, rows, people)
    return download(content, bill_sheet.MEDIA_TYPE, f"{found}社会保险费明细.xlsx")


@router.get("/bill/{month}")
async def bill(visit: Visitor, month: str, seen: str = "") -> Response:
    """One month: kinds, sum, slip; nothing where an open page asks anew and shows it already."""
    await following(visit)
    found = await part(visit.calls.get("billing", f"/bills/{_month(month)}", BillView))
    if found.absent:
        return visit.page("bill/none.html", 404, month=_month(month))
    if found.value is None:
        return visit.page("bill/down.html", 503, month=_month(month))
    today = visit.chassis.business.today()
    shown = hashlib.sha256(f"{today} {found.value.model_dump_json()}".encode()).hexdigest()[:16]
    if seen == shown:
        return Response(status_code=204, headers=HEADERS)
    due = due_of((found.value,), today)
    steps, step = steps_of(found.value, late=due is not None and due.late)
    return visit.page(
        "bill/one.html",
        bill=found.value,
        due=due,
        steps=steps,
        step=step,
        today=today,
        shown=shown,
        approver=await approver_beside(visit),
    )


def steps_of(bill: BillView, *, late: bool) -> tuple[tuple[str, ...], int]:
    """The way of a month and how far it is: who is late no longer confirms, but chooses a day (A23)."""
    if late:
        slip = bill.slip
        chosen = slip is not None and slip.sort is SlipSort.ARREARS and slip.state is SlipState.VALID
        return LATE_STEPS, 3 if chosen else 1
    steps = LATE_STEPS if bill.state is BillState.SETTLED and bill.confirmed_at is None else STEPS
    return steps, _STEP[bill.state]


@router.get("/bill/{month}/lines")
async def lines(visit: Visitor, month: str, kind: Kind, page: Annotated[int, Query(ge=1)] = 1) -> Response:
    """The person lines of one kind, each with its explanation."""
    query: CallQuery = {"kind": kind.value, "page": page}
    found = await visit.calls.get("billing", f"/bills/{_month(month)}/lines", LinePage, query)
    people = await part(_names(visit, tuple(line.person_no for line in found.rows)))
    return visit.page(
        "bill/lines.html", list=found, month=_month(month), kind=kind, people=people.value or {}
    )


@router.post("/bill/{month}/confirm")
async def confirm(
    visit: Visitor,
    month: str,
    version: Annotated[int, Form()],
    total: Annotated[int, Form()],
    key: Annotated[str, Form()] = "",
) -> Response:
    """Confirm exactly what was on the page."""
    await require_approver(visit)
    command = ConfirmBill(version=max(version, 1), total=max(total, 0))
    found = _month(month)
    await visit.calls.post("billing", f"/bills/{found}/confirm", SlipView, command, key=key)
    return visit.go(f"/bill/{found}?said=confirmed")


async def _names(visit: Visit, person_nos: tuple[str, ...]) -> dict[str, str]:
    """Names by number in calls of 5,000."""
    most = 5_000
    parts = [person_nos[start : start + most] for start in range(0, len(person_nos), most)]
    asked = (
        visit.calls.post("enrollment", "/persons/names", PersonNames, PersonNos(person_nos=one))
        for one in parts
    )
    return {row.person_no: row.name for answer in await asyncio.gather(*asked) for row in answer.rows}


async def _all_lines(visit: Visit, month: Month) -> list[LinePage]:
    first = await visit.calls.get("billing", f"/bills/{month}/lines", LinePage, {"page": 1})
    last = (first.total + first.size - 1) // first.size
    path = f"/bills/{month}/lines"
    rest = [await visit.calls.get("billing", path, LinePage, {"page": page}) for page in range(2, last + 1)]
    return [first, *rest]
