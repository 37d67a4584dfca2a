"""减员: pick a person, give reason and date, see whether it takes effect at once or waits (clause 三(二), A11)."""

import asyncio
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Query
from starlette.responses import Response

from contracts.errors import chassis as codes
from contracts.errors import gateway as refusals
from contracts.errors.code import Fault, ProblemBody
from contracts.http.enrollment import (
    Choice,
    Choices,
    Decrease,
    DecreasePage,
    DecreaseTable,
    DecreaseView,
    Printed,
    RosterPage,
    RosterRow,
)
from gateway.live.follow import following
from gateway.pages import download
from gateway.portal.increase_list import head_of
from gateway.print.decrease_table import decrease_table
from gateway.print.increase_table import MOST
from gateway.print.typesetter import MEDIA_TYPE
from gateway.sessions.visit import PageRoute, Visit, Visitor
from services.chassis.calls import Query as CallQuery
from services.chassis.problems import Problem

router = APIRouter(route_class=PageRoute, include_in_schema=False)
STEPS = ("选择人员", "填写原因和日期", "提交", "结果")
NO_DAY, NO_REASON, NO_EXTRA, NO_NOTE = (
    "请填写日期，如 2016-09-07",
    "请选择减员原因",
    "请填写{name}",
    "请说明原因",
)
FIELDS = ("left_on", "reason", "extra_date", "note")
_NOTE = 400


@router.get("/decrease")
async def decreases(visit: Visitor, page: Annotated[int, Query(ge=1)] = 1) -> Response:
    """The decreases of this employer, newest first."""
    await following(visit)
    found = await visit.calls.get("enrollment", "/decreases", DecreasePage, {"page": page})
    return visit.page("decrease/list.html", list=found)


@router.get("/decrease/table.pdf")
async def table(visit: Visitor, no: Annotated[list[str], Query(max_length=MOST)] = []) -> Response:  # noqa: B006  # FastAPI copies it
    """《人员减少表》 of the chosen decreases, with full numbers; the print is recorded (协议 二.8)."""
    if not no:
        raise Problem(refusals.NOBODY_CHOSEN)
    asked = Printed(submission_nos=tuple(sorted(no)))
    found = await visit.calls.post("enrollment", "/decreases/table", DecreaseTable, asked)
    content = await decrease_table(head_of(visit), found.rows)
    return download(content, MEDIA_TYPE, "人员减少表.pdf", inline=True)


@router.get("/decrease/new")
async def pick(visit: Visitor, page: Annotated[int, Query(ge=1)] = 1) -> Response:
    """Step 1: the roster."""
    return await _pick(visit, "", page)


@router.post("/decrease/new")
async def search(
    visit: Visitor, text: Annotated[str, Form()] = "", page: Annotated[int, Form(ge=1)] = 1
) -> Response:
    """Step 1: the roster, searched by name or number, which so stand in no address (PIPL 51)."""
    return await _pick(visit, text, page)


async def _pick(visit: Visit, text: str, page: int) -> Response:
    query: CallQuery = {"text": text[:200], "page": page}
    found = await visit.calls.get("enrollment", "/roster", RosterPage, query)
    return visit.page("decrease/pick.html", steps=STEPS, list=found, text=text)


@router.get("/decrease/new/{enrollment_id}")
async def fill(visit: Visitor, enrollment_id: UUID) -> Response:
    """Step 2: reason, date, and what the decrease will do."""
    return await _form(visit, enrollment_id, dict.fromkeys(FIELDS, ""), None)


@router.post("/decrease/new/{enrollment_id}")
async def send(
    visit: Visitor,
    enrollment_id: UUID,
    left_on: Annotated[str, Form()] = "",
    reason: Annotated[str, Form()] = "",
    extra_date: Annotated[str, Form()] = "",
    note: Annotated[str, Form()] = "",
    key: Annotated[str, Form()] = "",
) -> Response:
    """Step 3: send it; a refusal returns to the form."""
    given = {"left_on": left_on, "reason": reason, "extra_date": extra_date, "note": note}
    try:
        choices = await visit.calls.get("enrollment", "/choices", Choices)
        command = _command(enrollment_id, given, choices.decrease_reasons)
        made = await visit.calls.post("enrollment", "/decreases", DecreaseView, command, key=key)
    except Problem as problem:
        if problem.body.status in (codes.NOT_FOUND.status, codes.UNAVAILABLE.status):
            raise
        return await _form(visit, enrollment_id, given, problem.body)
    return visit.go(f"/decrease?said=own_decrease_{made.state.value}")


@router.post("/decrease/{submission_no}/withdraw")
async def withdraw(visit: Visitor, submission_no: str, key: Annotated[str, Form()] = "") -> Response:
    """Take back a 预约."""
    await visit.calls.post("enrollment", f"/decreases/{submission_no}/withdraw", DecreaseView, key=key)
    return visit.go("/decrease?said=own_decrease_withdrawn")


def _command(enrollment_id: UUID, given: dict[str, str], reasons: tuple[Choice, ...]) -> Decrease:
    """What was typed; Problem BAD_INPUT with every fault at its field."""
    faults: list[Fault] = []
    chosen = next((one for one in reasons if one.code == given["reason"]), None)
    if chosen is None:
        faults.append(Fault(field="reason", code="form", message=NO_REASON))
    left_on = _day(given, "left_on", NO_DAY, faults)
    extra = None
    if given["extra_date"] or (chosen and chosen.extra_date):
        extra = _day(
            given,
            "extra_date",
            NO_EXTRA.format(name=chosen.extra_date or "日期") if chosen else NO_DAY,
            faults,
        )
    if chosen and chosen.note_required and not given["note"].strip():
        faults.append(Fault(field="note", code="form", message=NO_NOTE))
    if faults or chosen is None or left_on is None:
        raise Problem(codes.BAD_INPUT, faults=tuple(faults))
    note = given["note"].strip()[:_NOTE]
    return Decrease(
        enrollment_id=enrollment_id, left_on=left_on, reason=chosen.code, extra_date=extra, note=note
    )


def _day(given: dict[str, str], field: str, message: str, faults: list[Fault]) -> date | None:
    try:
        return date.fromisoformat(given[field].strip())
    except ValueError:
        faults.append(Fault(field=field, code="form", message=message, value=given[field][:20]))
        return None


async def _form(
    visit: Visit, enrollment_id: UUID, given: dict[str, str], problem: ProblemBody | None
) -> Response:
    choices, person = await asyncio.gather(
        visit.calls.get("enrollment", "/choices", Choices),
        visit.calls.get("enrollment", f"/roster/{enrollment_id}", RosterRow),
    )
    return visit.page(
        "decrease/form.html",
        problem.status if problem else 200,
        steps=STEPS,
        reasons=choices.decrease_reasons,
        person=person,
        given=given,
        problem=problem,
        today=visit.chassis.business.today(),
    )
