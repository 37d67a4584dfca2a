"""材料调取 and 责令改正 at the desk: asked, followed, judged (四(一), 协议 三)."""

from __future__ import annotations

import re
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Query, Request
from starlette.responses import Response

from contracts.errors.code import ProblemBody
from contracts.http.materials import (
    AskAgain,
    RequestedMaterials,
    RequestMaterials,
    RequestPage,
    RequestSort,
    RequestState,
    RequestView,
)
from gateway import menu, scans
from gateway.desk.sections import router_of, show
from gateway.forms import Entry, sent
from gateway.sessions.visit import Visit, Visitor
from services.chassis.problems import Problem

router = router_of(menu.MATERIALS)
LIST = "/desk/materials"
OVERDUE = "overdue"
ONE = f"{LIST}/{{request_no}}"
_NUMBER = re.compile(r"[^\s,，、;；]+")


@router.get(LIST)
async def requests(
    visit: Visitor,
    state: Annotated[RequestState | Literal["overdue"], Query()] = RequestState.ANSWERED,
    sort: Annotated[RequestSort | Literal[""], Query()] = "",
    text: Annotated[str, Query(max_length=200)] = "",
    page: Annotated[int, Query(ge=1)] = 1,
) -> Response:
    """The work list; what was handed in stands first, what is overdue has a list of its own."""
    which = {"overdue": "true"} if state == OVERDUE else {"state": str(state)}
    query: dict[str, str | int | None] = {**which, "sort": sort or None, "text": text, "page": page}
    found = await visit.calls.get("registry", "/material-requests", RequestPage, query)
    return show(
        visit,
        menu.MATERIALS,
        "materials.html",
        found=found,
        state=state,
        sort=sort,
        text=text,
        states=tuple(RequestState),
    )


@router.get(f"{LIST}/new")
async def new(
    visit: Visitor,
    employer_no: Annotated[str, Query(max_length=20)] = "",
    sort: Annotated[RequestSort, Query()] = RequestSort.MATERIALS,
) -> Response:
    """The form: to whom, what, until when."""
    return _form(visit, Entry({"employer_nos": employer_no, "sort": sort.value}))


@router.post(f"{LIST}/new")
async def request(visit: Visitor, request: Request) -> Response:
    """Ask every employer named, or none."""
    entry = await sent(request)
    try:
        command = entry.build(
            RequestMaterials,
            {
                "sort": entry.text("sort"),
                "employer_nos": _NUMBER.findall(entry.text("employer_nos")),
                "what": entry.text("what"),
                "ground": entry.text("ground"),
                "deadline": entry.day("deadline"),
            },
        )
        path = "/material-requests"
        await visit.calls.post("registry", path, RequestedMaterials, command, key=entry.text("key"))
    except Problem as problem:
        return _form(visit, entry, problem.body)
    return visit.go(f"{LIST}?state=sent&said=materials_requested")


@router.get(ONE)
async def case(visit: Visitor, request_no: str) -> Response:
    """One request: what is asked, what was handed in, the judgement."""
    return await _case(visit, request_no)


@router.get(f"{ONE}/files/{{file_id}}")
async def file(visit: Visitor, request_no: str, file_id: UUID) -> Response:
    """A scan."""
    return await scans.give_out(visit.calls, await _load(visit, request_no), file_id)


@router.post(f"{ONE}/accept")
async def accept(visit: Visitor, request: Request, request_no: str) -> Response:
    """It suffices."""
    entry = await sent(request)
    path = f"/material-requests/{request_no}/accept"
    await visit.calls.post("registry", path, RequestView, key=entry.text("key"))
    return visit.go(f"{LIST}?said=materials_accepted")


@router.post(f"{ONE}/again")
async def ask_again(visit: Visitor, request: Request, request_no: str) -> Response:
    """Something is missing."""
    entry = await sent(request)
    try:
        command = entry.build(AskAgain, {"reason": entry.text("reason"), "deadline": entry.day("deadline")})
        path = f"/material-requests/{request_no}/again"
        await visit.calls.post("registry", path, RequestView, command, key=entry.text("key"))
    except Problem as problem:
        return await _case(visit, request_no, entry, problem.body)
    return visit.go(f"{LIST}?said=materials_again")


async def _load(visit: Visit, request_no: str) -> RequestView:
    return await visit.calls.get("registry", f"/material-requests/{request_no}", RequestView)


async def _case(
    visit: Visit, request_no: str, entry: Entry | None = None, problem: ProblemBody | None = None
) -> Response:
    return show(
        visit,
        menu.MATERIALS,
        "material.html",
        problem.status if problem else 200,
        case=await _load(visit, request_no),
        entry=entry or Entry({}),
        problem=problem,
    )


def _form(visit: Visit, entry: Entry, problem: ProblemBody | None = None) -> Response:
    status = problem.status if problem else 200
    return show(visit, menu.MATERIALS, "material_new.html", status, entry=entry, problem=problem)
