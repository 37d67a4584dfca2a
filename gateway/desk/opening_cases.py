"""开通受理: the list, one case with its papers, checklist and decision (clause 二; statuses of domain 1.4)."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Query, Request
from starlette.responses import Response

from contracts.errors.code import ProblemBody
from contracts.http.openings import FinishOpening, OpeningCase, OpeningCasePage, OpeningReason, OpeningState
from contracts.http.registry import Material, OpeningReceipt
from contracts.values import Role
from gateway import menu
from gateway.desk import once
from gateway.desk.sections import Only, router_of, show
from gateway.forms import EMPTY, Entry, sent
from gateway.sessions.visit import Visit, Visitor
from services.chassis.problems import Problem

router = router_of(menu.EMPLOYERS)
LIST = "/desk/employers/openings"
ONE = f"{LIST}/{{case_no}}"
COUNTER = [Depends(Only(Role.COUNTER))]


@router.get(LIST, dependencies=COUNTER)
async def cases(
    visit: Visitor,
    state: Annotated[OpeningState, Query()] = OpeningState.RECEIVED,
    text: Annotated[str, Query(max_length=200)] = "",
    page: Annotated[int, Query(ge=1)] = 1,
) -> Response:
    """The work list, the longest waiting first."""
    query: dict[str, str | int | None] = {"state": state.value, "text": text, "page": page}
    found = await visit.calls.get("registry", "/opening-cases", OpeningCasePage, query)
    states = tuple(OpeningState)
    return show(visit, menu.EMPLOYERS, "openings.html", found=found, state=state, text=text, states=states)


@router.get(ONE, dependencies=COUNTER)
async def case(visit: Visitor, case_no: str) -> Response:
    """One case."""
    return await _case(visit, case_no)


@router.post(f"{ONE}/open", dependencies=COUNTER)
async def open_case(visit: Visitor, request: Request, case_no: str) -> Response:
    """Open. No idempotency key goes along, because the answer carries a password that nobody may store."""
    entry = await sent(request)
    try:
        seen = set(entry.chosen("materials"))
        values = {
            "materials": [material for material in Material if material in seen],
            "agreement_signed_on": entry.day("agreement_signed_on"),
        }
        command = entry.build(FinishOpening, values)
        receipt = await visit.calls.post(
            "registry", f"/opening-cases/{case_no}/open", OpeningReceipt, command
        )
    except Problem as problem:
        return await _case(visit, case_no, entry, problem.body)
    sealed = once.seal(visit, receipt)
    return show(visit, menu.EMPLOYERS, "opened.html", receipt=receipt, sealed=sealed)


@router.post(f"{ONE}/again", dependencies=COUNTER)
async def ask_again(visit: Visitor, request: Request, case_no: str) -> Response:
    """Something is to be put right."""
    return await _with_reason(visit, request, case_no, "again", "again_for")


@router.post(f"{ONE}/refuse", dependencies=COUNTER)
async def refuse(visit: Visitor, request: Request, case_no: str) -> Response:
    """The service is not opened."""
    return await _with_reason(visit, request, case_no, "refuse", "refused_for")


async def _with_reason(visit: Visit, request: Request, case_no: str, act: str, field: str) -> Response:
    entry = await sent(request)
    try:
        if not entry.text(field):
            entry.wrong(field, EMPTY)
        command = entry.build(OpeningReason, {"reason": entry.text(field) or EMPTY})
        path = f"/opening-cases/{case_no}/{act}"
        await visit.calls.post("registry", path, OpeningCase, command, key=entry.text("key"))
    except Problem as problem:
        return await _case(visit, case_no, entry, problem.body)
    return visit.go(f"{LIST}/{case_no}?said=opening_{act}")


async def _case(
    visit: Visit, case_no: str, entry: Entry | None = None, problem: ProblemBody | None = None
) -> Response:
    found = await visit.calls.get("registry", f"/opening-cases/{case_no}", OpeningCase)
    today = visit.chassis.business.today().isoformat()
    first = Entry({"agreement_signed_on": today}, {"materials": tuple(sorted(found.materials))})
    return show(
        visit,
        menu.EMPLOYERS,
        "opening_case.html",
        problem.status if problem else 200,
        case=found,
        entry=entry or first,
        problem=problem,
        missing={fault.field.partition(".")[2] for fault in problem.faults} if problem else set(),
    )
