"""柜台确认: increases that the counter confirms or returns before they become void (clause 三(一))."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Request
from starlette.responses import Response

from contracts.http.enrollment import CounterConfirm, CounterReturn, IncreasePage, IncreaseState, IncreaseView
from contracts.http.registry import EmployerView
from gateway import menu
from gateway.desk.answers import names, post_for
from gateway.desk.board import by_limit
from gateway.desk.sections import router_of, show
from gateway.forms import Entry, sent
from gateway.parts import part
from gateway.sessions.visit import Visit, Visitor
from services.chassis.problems import Problem

router = router_of(menu.COUNTER)
PAPERS = ("filing_materials", "staff_register", "two_tables")
STATES = (
    IncreaseState.AWAITING_COUNTER,
    IncreaseState.CONFIRMED_COUNTER,
    IncreaseState.RETURNED,
    IncreaseState.VOIDED,
)
CASE = "/desk/counter/{submission_no}"


@router.get("/desk/counter")
async def cases(
    visit: Visitor,
    state: Annotated[IncreaseState, Query()] = IncreaseState.AWAITING_COUNTER,
    page: Annotated[int, Query(ge=1)] = 1,
) -> Response:
    """The work list; what must be done first stands first."""
    query: dict[str, str | int | None] = {"state": state.value, "page": page}
    found = await visit.calls.get("enrollment", "/increases", IncreasePage, query)
    rows = by_limit(found.rows) if state is IncreaseState.AWAITING_COUNTER else list(found.rows)
    known = await names(visit, (row.employer_no for row in rows))
    return show(
        visit, menu.COUNTER, "counter.html", found=found, rows=rows, names=known, state=state, states=STATES
    )


@router.get(CASE)
async def case(visit: Visitor, submission_no: str) -> Response:
    """One case: facts, why the counter must confirm, papers, decision."""
    return await _case(visit, submission_no)


@router.post(f"{CASE}/confirm")
async def confirm(visit: Visitor, request: Request, submission_no: str) -> Response:
    """Confirm after the papers were seen."""
    entry = await sent(request)
    seen = {paper: bool(entry.text(paper)) for paper in PAPERS}
    try:
        command = entry.build(CounterConfirm, {**seen, "note": entry.text("note")})
        await _decide(visit, submission_no, "confirm", command, entry.text("key"))
    except Problem as problem:
        return await _case(visit, submission_no, entry, problem)
    return visit.go("/desk/counter?said=increase_confirmed")


@router.post(f"{CASE}/return")
async def give_back(visit: Visitor, request: Request, submission_no: str) -> Response:
    """Return with a reason, which the employer reads as the result."""
    entry = await sent(request)
    try:
        command = entry.build(CounterReturn, {"reason": entry.text("reason")})
        await _decide(visit, submission_no, "return", command, entry.text("key"))
    except Problem as problem:
        return await _case(visit, submission_no, entry, problem)
    return visit.go("/desk/counter?said=increase_returned")


async def _decide(
    visit: Visit, submission_no: str, act: str, command: CounterConfirm | CounterReturn, key: str
) -> None:
    increase = await _load(visit, submission_no)
    path = f"/increases/{submission_no}/{act}"
    await post_for(visit, increase.employer_no, "enrollment", path, IncreaseView, command, key=key)


async def _load(visit: Visit, submission_no: str) -> IncreaseView:
    return await visit.calls.get("enrollment", f"/increases/{submission_no}", IncreaseView)


async def _case(
    visit: Visit, submission_no: str, entry: Entry | None = None, problem: Problem | None = None
) -> Response:
    increase = await _load(visit, submission_no)
    employer = await part(visit.calls.get("registry", f"/employers/{increase.employer_no}", EmployerView))
    body = problem.body if problem else None
    return show(
        visit,
        menu.COUNTER,
        "case.html",
        body.status if body else 200,
        increase=increase,
        employer=employer.value,
        entry=entry or Entry({}),
        problem=body,
    )
