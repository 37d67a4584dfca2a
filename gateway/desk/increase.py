"""增员 at the counter on behalf of an employer (协议 五): one person, for whom the papers lie on the desk."""

from __future__ import annotations

from fastapi import Depends, Request
from starlette.responses import Response

from contracts.errors.code import ProblemBody
from contracts.http.enrollment import (
    Choices,
    IncreaseBatch,
    IncreaseResult,
    IncreaseState,
    RawIncrease,
)
from contracts.values import Role
from gateway import menu
from gateway.desk.answers import employer_of, post_for
from gateway.desk.sections import Only, router_of, show
from gateway.forms import Entry, sent
from gateway.sessions.visit import Visit, Visitor
from services.chassis.problems import Problem

router = router_of(menu.EMPLOYERS)
ONE = "/desk/employers/{employer_no}/increase"
COUNTER = [Depends(Only(Role.COUNTER))]
_CELLS = tuple(name for name in RawIncrease.model_fields if name != "row")


@router.get(ONE, dependencies=COUNTER)
async def new(visit: Visitor, employer_no: str) -> Response:
    """The form; its columns and lists are enrollment's own."""
    return await _form(visit, employer_no, Entry({}))


@router.post(ONE, dependencies=COUNTER)
async def send(visit: Visitor, request: Request, employer_no: str) -> Response:
    """Send; one that the counter must confirm leads to its case, where the papers are ticked."""
    await employer_of(visit, employer_no)
    entry = await sent(request)
    try:
        row = entry.build(RawIncrease, {name: entry.text(name) for name in _CELLS})
        batch = IncreaseBatch(rows=(row,))
        result = await post_for(
            visit, employer_no, "enrollment", "/increases", IncreaseResult, batch, key=entry.text("key")
        )
    except Problem as problem:
        return await _form(visit, employer_no, entry, problem.body)
    made = result.accepted[0]
    if made.state is IncreaseState.AWAITING_COUNTER:
        return visit.go(f"/desk/counter/{made.submission_no}?said=increase_awaits")
    return visit.go(f"/desk/employers/{employer_no}/roster?said=increase_confirmed")


async def _form(visit: Visit, employer_no: str, entry: Entry, problem: ProblemBody | None = None) -> Response:
    employer = await employer_of(visit, employer_no)
    choices = await visit.on_behalf(employer_no).get("enrollment", "/choices", Choices)
    return show(
        visit,
        menu.EMPLOYERS,
        "increase.html",
        problem.status if problem else 200,
        employer=employer,
        columns=choices.columns,
        entry=entry,
        problem=problem,
    )
