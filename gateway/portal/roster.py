"""查询: the employer's own insured persons (clause 三(五))."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import Response

from contracts.http.enrollment import RosterPage, RosterRow
from gateway.live.follow import following
from gateway.sessions.visit import PageRoute, Visitor
from services.chassis.calls import Query as CallQuery

router = APIRouter(route_class=PageRoute, include_in_schema=False)


@router.get("/roster")
async def roster(
    visit: Visitor,
    *,
    text: str = "",
    ended: Annotated[bool, Query()] = False,
    page: Annotated[int, Query(ge=1)] = 1,
) -> Response:
    """The roster by pinyin; numbers and telephones are masked."""
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
