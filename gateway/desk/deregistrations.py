"""注销登记: the worklist, the decision, and a case filed at the counter (A20, 协议 五)."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Query, Request
from starlette.responses import Response

from contracts.errors.code import ProblemBody
from contracts.http.deregistrations import (
    DeregistrationPage,
    DeregistrationState,
    DeregistrationView,
    RefuseDeregistration,
    StandingView,
)
from contracts.values import Role
from gateway import ending, menu
from gateway.desk.answers import employer_of
from gateway.desk.sections import Only, router_of, show
from gateway.forms import Entry, sent
from gateway.sessions.visit import Visit, Visitor
from services.chassis.problems import Problem

router = router_of(menu.EMPLOYERS)
LIST = "/desk/employers/deregistrations"
ONE = f"{LIST}/{{deregistration_no}}"
OF = "/desk/employers/{employer_no}/deregistration"
COUNTER = [Depends(Only(Role.COUNTER))]


@router.get(LIST, dependencies=COUNTER)
async def deregistrations(
    visit: Visitor,
    state: Annotated[DeregistrationState, Query()] = DeregistrationState.FILED,
    page: Annotated[int, Query(ge=1)] = 1,
) -> Response:
    """The work list, the oldest first."""
    query: dict[str, str | int | None] = {"state": state.value, "page": page}
    found = await visit.calls.get("registry", "/deregistrations", DeregistrationPage, query)
    states = tuple(DeregistrationState)
    return show(visit, menu.EMPLOYERS, "deregistrations.html", found=found, state=state, states=states)


@router.get(ONE, dependencies=COUNTER)
async def deregistration(visit: Visitor, deregistration_no: str) -> Response:
    """One case with what stands in its way today."""
    return await _case(visit, deregistration_no)


@router.post(f"{ONE}/accept", dependencies=COUNTER)
async def accept(visit: Visitor, request: Request, deregistration_no: str) -> Response:
    """Deregister the employer."""
    entry = await sent(request)
    try:
        path = f"/deregistrations/{deregistration_no}/accept"
        await visit.calls.post("registry", path, DeregistrationView, key=entry.text("key"))
    except Problem as problem:
        return await _case(visit, deregistration_no, entry, problem.body)
    return visit.go(f"{LIST}?said=deregistration_accepted")


@router.post(f"{ONE}/refuse", dependencies=COUNTER)
async def refuse(visit: Visitor, request: Request, deregistration_no: str) -> Response:
    """Refuse it with a reason."""
    entry = await sent(request)
    try:
        asked = entry.build(RefuseDeregistration, {"reason": entry.text("reason")})
        path = f"/deregistrations/{deregistration_no}/refuse"
        await visit.calls.post("registry", path, DeregistrationView, asked, key=entry.text("key"))
    except Problem as problem:
        return await _case(visit, deregistration_no, entry, problem.body)
    return visit.go(f"{LIST}?said=deregistration_refused")


@router.get(OF, dependencies=COUNTER)
async def of_employer(visit: Visitor, employer_no: str) -> Response:
    """What stands in the way, and the form at the counter."""
    return await _form(visit, employer_no)


@router.post(OF, dependencies=COUNTER)
async def file(visit: Visitor, request: Request, employer_no: str) -> Response:
    """File it at the counter; it is decided like any other."""
    entry = await sent(request)
    try:
        asked = ending.command(entry)
        path = f"/employers/{employer_no}/deregistrations"
        acting = visit.on_behalf(employer_no)
        made = await acting.post("registry", path, DeregistrationView, asked, key=entry.text("key"))
    except Problem as problem:
        return await _form(visit, employer_no, entry, problem.body)
    return visit.go(f"{LIST}/{made.deregistration_no}")


async def _case(
    visit: Visit, number: str, entry: Entry | None = None, problem: ProblemBody | None = None
) -> Response:
    case = await visit.calls.get("registry", f"/deregistrations/{number}", DeregistrationView)
    standing = await visit.calls.get("registry", f"/employers/{case.employer_no}/standing", StandingView)
    return show(
        visit,
        menu.EMPLOYERS,
        "deregistration.html",
        problem.status if problem else 200,
        case=case,
        standing=standing,
        entry=entry or Entry({}),
        problem=problem,
    )


async def _form(
    visit: Visit, employer_no: str, entry: Entry | None = None, problem: ProblemBody | None = None
) -> Response:
    employer = await employer_of(visit, employer_no)
    own = f"/employers/{employer_no}"
    return show(
        visit,
        menu.EMPLOYERS,
        "deregistration_new.html",
        problem.status if problem else 200,
        employer=employer,
        standing=await visit.calls.get("registry", f"{own}/standing", StandingView),
        found=await visit.calls.get("registry", f"{own}/deregistrations", DeregistrationPage),
        entry=entry or Entry({}),
        problem=problem,
    )
