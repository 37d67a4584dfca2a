"""登记变更: the worklist, the decision, and a change filed at the counter (协议 二.7, 五)."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Query, Request
from starlette.responses import Response

from contracts.errors.code import ProblemBody
from contracts.http.changes import ChangePage, ChangeState, ChangeView, EmployerHistory, RefuseChange
from contracts.http.registry import Districts
from contracts.identity import WHOLE_CITY
from contracts.values import Role
from gateway import changing, menu
from gateway.desk.answers import employer_of
from gateway.desk.sections import Only, router_of, show
from gateway.forms import Entry, sent
from gateway.sessions.visit import Visit, Visitor
from services.chassis.problems import Problem

router = router_of(menu.EMPLOYERS)
LIST = "/desk/employers/changes"
ONE = f"{LIST}/{{change_no}}"
OF = "/desk/employers/{employer_no}/changes"
COUNTER = [Depends(Only(Role.COUNTER))]


@router.get(LIST, dependencies=COUNTER)
async def changes(
    visit: Visitor,
    state: Annotated[ChangeState, Query()] = ChangeState.FILED,
    page: Annotated[int, Query(ge=1)] = 1,
) -> Response:
    """The work list, the oldest first."""
    query: dict[str, str | int | None] = {"state": state.value, "page": page}
    found = await visit.calls.get("registry", "/changes", ChangePage, query)
    return show(visit, menu.EMPLOYERS, "changes.html", found=found, state=state, states=tuple(ChangeState))


@router.get(ONE, dependencies=COUNTER)
async def change(visit: Visitor, change_no: str) -> Response:
    """One change: before and after, the decision."""
    return await _case(visit, change_no)


@router.post(f"{ONE}/accept", dependencies=COUNTER)
async def accept(visit: Visitor, request: Request, change_no: str) -> Response:
    """Accept it."""
    entry = await sent(request)
    await visit.calls.post("registry", f"/changes/{change_no}/accept", ChangeView, key=entry.text("key"))
    return visit.go(f"{LIST}?said=change_accepted")


@router.post(f"{ONE}/refuse", dependencies=COUNTER)
async def refuse(visit: Visitor, request: Request, change_no: str) -> Response:
    """Refuse it with a reason."""
    entry = await sent(request)
    try:
        asked = entry.build(RefuseChange, {"reason": entry.text("reason")})
        path = f"/changes/{change_no}/refuse"
        await visit.calls.post("registry", path, ChangeView, asked, key=entry.text("key"))
    except Problem as problem:
        return await _case(visit, change_no, entry, problem.body)
    return visit.go(f"{LIST}?said=change_refused")


@router.get(OF, dependencies=COUNTER)
async def of_employer(visit: Visitor, employer_no: str) -> Response:
    """Versions of one employer's entry, and the form at the counter."""
    return await _form(visit, employer_no)


@router.post(OF, dependencies=COUNTER)
async def file(visit: Visitor, request: Request, employer_no: str) -> Response:
    """File a change at the counter; it is decided like any other."""
    entry = await sent(request)
    employer = await employer_of(visit, employer_no)
    fields = (*changing.OWN, *changing.AGENCY)
    try:
        asked = changing.command(entry, changing.filled(employer, ""), fields)
        path = f"/employers/{employer_no}/changes"
        made = await visit.on_behalf(employer_no).post(
            "registry", path, ChangeView, asked, key=entry.text("key")
        )
    except Problem as problem:
        return await _form(visit, employer_no, entry, problem.body)
    return visit.go(f"{LIST}/{made.change_no}")


async def _case(
    visit: Visit, change_no: str, entry: Entry | None = None, problem: ProblemBody | None = None
) -> Response:
    return show(
        visit,
        menu.EMPLOYERS,
        "change.html",
        problem.status if problem else 200,
        case=await visit.calls.get("registry", f"/changes/{change_no}", ChangeView),
        entry=entry or Entry({}),
        problem=problem,
    )


async def _form(
    visit: Visit, employer_no: str, entry: Entry | None = None, problem: ProblemBody | None = None
) -> Response:
    employer = await employer_of(visit, employer_no)
    history = await visit.calls.get("registry", f"/employers/{employer_no}/history", EmployerHistory)
    districts = await visit.calls.get("registry", "/districts", Districts)
    today = visit.chassis.business.today().isoformat()
    return show(
        visit,
        menu.EMPLOYERS,
        "change_new.html",
        problem.status if problem else 200,
        employer=employer,
        history=history.rows,
        names={row.code: row.name for row in districts.rows},
        districts=[(row.code, row.name) for row in districts.rows if row.code != WHOLE_CITY],
        agencies=[(row.code, row.agency_name) for row in districts.rows],
        entry=entry or changing.filled(employer, today),
        problem=problem,
    )
