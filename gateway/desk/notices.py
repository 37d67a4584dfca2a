"""通知公告: what is on the board, and a new notice."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Request
from starlette.responses import Response

from contracts.errors.code import ProblemBody
from contracts.http.notices import Board, NewNotice, NoticeView
from gateway import menu
from gateway.desk.sections import router_of, show
from gateway.forms import Entry, sent
from gateway.sessions.visit import Visit, Visitor
from services.chassis.problems import Problem

router = router_of(menu.NOTICES)


@router.get("/desk/notices")
async def board(visit: Visitor, page: Annotated[int, Query(ge=1)] = 1) -> Response:
    """The board, newest first, with the form of a new notice."""
    return await _page(visit, Entry({}), page=page)


@router.post("/desk/notices")
async def post(visit: Visitor, request: Request) -> Response:
    """Post a notice to all employers."""
    entry = await sent(request)
    try:
        values = {"title": entry.text("title"), "body": entry.text("body")}
        if not values["body"]:
            entry.wrong("body", "请填写")
        command = entry.build(NewNotice, values)
        await visit.calls.post("notices", "/board", NoticeView, command, key=entry.text("key"))
    except Problem as problem:
        return await _page(visit, entry, problem.body)
    return visit.go("/desk/notices?said=notice_posted")


async def _page(visit: Visit, entry: Entry, problem: ProblemBody | None = None, page: int = 1) -> Response:
    found = await visit.calls.get("notices", "/board", Board, {"page": page})
    status = problem.status if problem else 200
    return show(visit, menu.NOTICES, "notices.html", status, found=found, entry=entry, problem=problem)
