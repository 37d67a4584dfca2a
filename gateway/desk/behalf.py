"""At the counter on behalf of an employer (协议 五): its roster, and 减员."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Form, Query, Request
from starlette.responses import Response

from contracts.errors.code import ProblemBody
from contracts.http.enrollment import Choices, Decrease, DecreasePage, DecreaseView, RosterPage, RosterRow
from contracts.values import Role
from gateway import menu
from gateway.desk.answers import employer_of, post_for
from gateway.desk.sections import Only, router_of, show
from gateway.forms import Entry, sent
from gateway.parts import part
from gateway.sessions.visit import Visit, Visitor
from services.chassis.problems import Problem

router = router_of(menu.EMPLOYERS)
ONE = "/desk/employers/{employer_no}"
COUNTER = [Depends(Only(Role.COUNTER))]


@router.get(f"{ONE}/roster", dependencies=COUNTER)
async def roster(visit: Visitor, employer_no: str, page: Annotated[int, Query(ge=1)] = 1) -> Response:
    """The employer's insured persons and its latest decreases."""
    return await _roster(visit, employer_no, "", page)


@router.post(f"{ONE}/roster", dependencies=COUNTER)
async def search(
    visit: Visitor,
    employer_no: str,
    text: Annotated[str, Form(max_length=100)] = "",
    page: Annotated[int, Form(ge=1)] = 1,
) -> Response:
    """Persons by name or number, which so stand in no address (PIPL 51)."""
    return await _roster(visit, employer_no, text, page)


async def _roster(visit: Visit, employer_no: str, text: str, page: int) -> Response:
    employer = await employer_of(visit, employer_no)
    calls = visit.on_behalf(employer_no)
    found = await calls.get("enrollment", "/roster", RosterPage, {"text": text, "page": page})
    decreases = await part(calls.get("enrollment", "/decreases", DecreasePage))
    return show(
        visit,
        menu.EMPLOYERS,
        "roster.html",
        employer=employer,
        found=found,
        text=text,
        decreases=decreases,
    )


@router.get(f"{ONE}/roster/{{enrollment_id}}/decrease", dependencies=COUNTER)
async def decrease_form(visit: Visitor, employer_no: str, enrollment_id: UUID) -> Response:
    """减员 of one person at the counter."""
    return await _decrease(visit, employer_no, enrollment_id, Entry({}))


@router.post(f"{ONE}/roster/{{enrollment_id}}/decrease", dependencies=COUNTER)
async def decrease(visit: Visitor, request: Request, employer_no: str, enrollment_id: UUID) -> Response:
    """End the relation for the employer, marked with the channel counter (A12)."""
    await employer_of(visit, employer_no)
    entry = await sent(request)
    try:
        command = entry.build(
            Decrease,
            {
                "enrollment_id": enrollment_id,
                "left_on": entry.day("left_on"),
                "reason": entry.text("reason"),
                "extra_date": entry.day("extra_date") if entry.text("extra_date") else None,
                "note": entry.text("note"),
            },
        )
        made = await post_for(
            visit, employer_no, "enrollment", "/decreases", DecreaseView, command, key=entry.text("key")
        )
    except Problem as problem:
        return await _decrease(visit, employer_no, enrollment_id, entry, problem.body)
    return visit.go(f"/desk/employers/{employer_no}/roster?said=decrease_{made.state}")


async def _decrease(
    visit: Visit, employer_no: str, enrollment_id: UUID, entry: Entry, problem: ProblemBody | None = None
) -> Response:
    employer = await employer_of(visit, employer_no)
    calls = visit.on_behalf(employer_no)
    person = await calls.get("enrollment", f"/roster/{enrollment_id}", RosterRow)
    choices = await calls.get("enrollment", "/choices", Choices)
    return show(
        visit,
        menu.EMPLOYERS,
        "decrease.html",
        problem.status if problem else 200,
        employer=employer,
        person=person,
        reasons=[(choice.code, f"{choice.code} {choice.name}") for choice in choices.decrease_reasons],
        dated=[choice for choice in choices.decrease_reasons if choice.extra_date],
        entry=entry,
        problem=problem,
    )
