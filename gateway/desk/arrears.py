"""At the counter on behalf of an employer (协议 五): what it owes on a day, and its slips."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import Depends, Query, Request
from starlette.responses import Response

from contracts.errors.code import ProblemBody
from contracts.http.billing import ArrearsSlip, ArrearsView, BillPage, SlipView
from contracts.values import Role
from gateway import menu
from gateway.desk.answers import employer_of, post_for
from gateway.desk.sections import Only, router_of, show
from gateway.forms import sent
from gateway.pages import download
from gateway.parts import Part, part
from gateway.print.slip import slip_form
from gateway.print.typesetter import MEDIA_TYPE
from gateway.sessions.visit import Visit, Visitor
from services.chassis.problems import Problem

router = router_of(menu.EMPLOYERS)
ONE = "/desk/employers/{employer_no}"
MONEY = [Depends(Only(Role.COUNTER, Role.COLLECTION, Role.FINANCE))]


@router.get(f"{ONE}/arrears", dependencies=MONEY)
async def arrears(visit: Visitor, employer_no: str, on: Annotated[date | None, Query()] = None) -> Response:
    """What is owed if paid on a day, and the bills of the last months."""
    return await _arrears(visit, employer_no, on or visit.chassis.business.today())


@router.post(f"{ONE}/arrears/slip", dependencies=MONEY)
async def arrears_slip(visit: Visitor, request: Request, employer_no: str) -> Response:
    """A slip for all arrears, valid on the chosen day (A23)."""
    await employer_of(visit, employer_no)
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
    employer = await employer_of(visit, employer_no)
    calls = visit.on_behalf(employer_no)
    owed: Part[ArrearsView] = await part(
        calls.get("billing", "/arrears", ArrearsView, {"on": day.isoformat()})
    )
    bills = await part(calls.get("billing", "/bills", BillPage, {"slips": "true"}))
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
    employer = await employer_of(visit, employer_no)
    found = await visit.on_behalf(employer_no).get("billing", f"/slips/{slip_no}", SlipView)
    return show(visit, menu.EMPLOYERS, "slip.html", employer=employer, slip=found)


@router.get(f"{ONE}/slips/{{slip_no}}/pdf", dependencies=MONEY)
async def slip_pdf(visit: Visitor, employer_no: str, slip_no: str) -> Response:
    """《社会保险费缴费单》 for print."""
    await employer_of(visit, employer_no)
    found = await visit.on_behalf(employer_no).get("billing", f"/slips/{slip_no}", SlipView)
    return download(await slip_form(found), MEDIA_TYPE, f"缴费单{slip_no}.pdf", inline=True)
