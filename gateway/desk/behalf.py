"""At the counter on behalf of an employer (协议 五): roster, decrease, arrears of a day, slips."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Request
from starlette.responses import Response

from contracts.errors.code import ProblemBody
from contracts.http.billing import ArrearsSlip, ArrearsView, BillPage, SlipView
from contracts.http.enrollment import Choices, Decrease, DecreasePage, DecreaseView, RosterPage, RosterRow
from contracts.http.registry import EmployerView
from contracts.values import Role
from gateway import menu
from gateway.desk.answers import post_for
from gateway.desk.forms import Entry, sent
from gateway.desk.sections import Only, router_of, show
from gateway.pages import download
from gateway.parts import Part, part
from gateway.print.slip import slip_form
from gateway.print.typesetter import MEDIA_TYPE
from gateway.sessions.visit import Visit, Visitor
from services.chassis.problems import Problem

router = router_of(menu.EMPLOYERS)
ONE = "/desk/employers/{employer_no}"
COUNTER = [Depends(Only(Role.COUNTER))]
MONEY = [Depends(Only(Role.COUNTER, Role.COLLECTION, Role.FINANCE))]


async def _employer(visit: Visit, employer_no: str) -> EmployerView:
    """The employer, within the officer's reach; so no page acts for a foreign one."""
    return await visit.calls.get("registry", f"/employers/{employer_no}", EmployerView)


@router.get(f"{ONE}/roster", dependencies=COUNTER)
async def roster(
    visit: Visitor,
    employer_no: str,
    text: Annotated[str, Query(max_length=100)] = "",
    page: Annotated[int, Query(ge=1)] = 1,
) -> Response:
    """The employer's insured persons and its latest decreases."""
    employer = await _employer(visit, employer_no)
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
    today = visit.chassis.business.today().isoformat()
    return await _decrease(visit, employer_no, enrollment_id, Entry({"left_on": today}))


@router.post(f"{ONE}/roster/{{enrollment_id}}/decrease", dependencies=COUNTER)
async def decrease(visit: Visitor, request: Request, employer_no: str, enrollment_id: UUID) -> Response:
    """End the relation for the employer, marked with the channel counter (A12)."""
    await _employer(visit, employer_no)
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
    employer = await _employer(visit, employer_no)
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


@router.get(f"{ONE}/arrears", dependencies=MONEY)
async def arrears(visit: Visitor, employer_no: str, on: Annotated[date | None, Query()] = None) -> Response:
    """What is owed if paid on a day, and the bills of the last months."""
    return await _arrears(visit, employer_no, on or visit.chassis.business.today())


@router.post(f"{ONE}/arrears/slip", dependencies=MONEY)
async def arrears_slip(visit: Visitor, request: Request, employer_no: str) -> Response:
    """A slip for all arrears, valid on the chosen day (A23)."""
    await _employer(visit, employer_no)
    entry = await sent(request)
    day = visit.chassis.business.today()
    try:
        day = entry.day("pay_on") or day
        command = entry.build(ArrearsSlip, {"pay_on": day})
        made = await post_for(
            visit, employer_no, "billing", "/arrears/slips", SlipView, command, key=entry.text("key")
        )
    except Problem as problem:
        return await _arrears(visit, employer_no, day, problem.body)
    return visit.go(f"/desk/employers/{employer_no}/slips/{made.slip_no}?said=slip_issued")


async def _arrears(visit: Visit, employer_no: str, day: date, problem: ProblemBody | None = None) -> Response:
    employer = await _employer(visit, employer_no)
    calls = visit.on_behalf(employer_no)
    owed: Part[ArrearsView] = await part(
        calls.get("billing", "/arrears", ArrearsView, {"on": day.isoformat()})
    )
    bills = await part(calls.get("billing", "/bills", BillPage))
    status = problem.status if problem else 200
    return show(
        visit,
        menu.EMPLOYERS,
        "arrears.html",
        status,
        employer=employer,
        day=day,
        owed=owed,
        bills=bills,
        problem=problem,
    )


@router.get(f"{ONE}/slips/{{slip_no}}", dependencies=MONEY)
async def slip(visit: Visitor, employer_no: str, slip_no: str) -> Response:
    """One slip, to be shown or printed at the counter."""
    employer = await _employer(visit, employer_no)
    found = await visit.on_behalf(employer_no).get("billing", f"/slips/{slip_no}", SlipView)
    return show(visit, menu.EMPLOYERS, "slip.html", employer=employer, slip=found)


@router.get(f"{ONE}/slips/{{slip_no}}/pdf", dependencies=MONEY)
async def slip_pdf(visit: Visitor, employer_no: str, slip_no: str) -> Response:
    """《社会保险费缴费单》 for print."""
    await _employer(visit, employer_no)
    found = await visit.on_behalf(employer_no).get("billing", f"/slips/{slip_no}", SlipView)
    return download(await slip_form(found), MEDIA_TYPE, f"缴费单{slip_no}.pdf", inline=True)
