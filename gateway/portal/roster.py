"""查询: the employer's own insured persons (clause 三(五))."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Query
from starlette.responses import Response

from contracts.http.enrollment import RosterPage, RosterRow
from gateway.live.follow import following
from gateway.sessions.visit import PageRoute, Visit, Visitor
from services.chassis.calls import Query as CallQuery

router = APIRouter(route_class=PageRoute, include_in_schema=False)


@router.get("/roster")
async def roster(
    visit: Visitor, *, ended: Annotated[bool, Query()] = False, page: Annotated[int, Query(ge=1)] = 1
) -> Response:
    """The roster by pinyin; numbers and telephones are masked."""
    return await _page(visit, "", ended=ended, page=page)


@router.post("/roster")
async def search(
    visit: Visitor,
    *,
    text: Annotated[str, Form()] = "",
    ended: Annotated[bool, Form()] = False,
    page: Annotated[int, Form(ge=1)] = 1,
) -> Response:
    """Persons by name or number, which so stand in no address and no history of a browser (PIPL 51)."""
    return await _page(visit, text, ended=ended, page=page)


async def _page(visit: Visit, text: str, *, ended: bool, page: int) -> Response:
    await following(visit)
    query: CallQuery = {"text": text[:200], "page": page, "ended": "true" if ended else None}
    found = await visit.calls.get("enrollment", "/roster", RosterPage, query)
    return visit.page("roster.html", list=found, text=text, ended=ended)


@router.get("/roster/{enrollment_id}")
async def person(visit: Visitor, enrollment_id: UUID) -> Response:
    """One insured person."""
    await following(visit)
    found = await visit.calls.get("enrollment", f"/roster/{enrollment_id}", RosterRow)
    return visit.page("person.html", person=found)
