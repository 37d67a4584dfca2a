"""增员 as sent: the list, one of them, and 《人员增加表》 to print and keep."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Form, Query
from starlette.responses import Response

from contracts.errors import gateway as refusals
from contracts.http.enrollment import IncreasePage, IncreaseState, IncreaseView, Printed, PrintedCount
from gateway.live.follow import following
from gateway.pages import download
from gateway.portal.increase_form import STEPS
from gateway.print.increase_table import MOST, TableHead, increase_table
from gateway.print.typesetter import MEDIA_TYPE
from gateway.sessions.visit import PageRoute, Visit, Visitor
from services.chassis.problems import Problem

router = APIRouter(route_class=PageRoute, include_in_schema=False)
SHOWN_STATES = (
    IncreaseState.AWAITING_COUNTER,
    IncreaseState.CONFIRMED_AUTO,
    IncreaseState.CONFIRMED_COUNTER,
    IncreaseState.RETURNED,
    IncreaseState.VOIDED,
)


@router.get("/increase")
async def increases(
    visit: Visitor, state: IncreaseState | None = None, page: Annotated[int, Query(ge=1)] = 1
) -> Response:
    """The increases of this employer, newest first, perhaps of one state."""
    await following(visit)
    query = {"state": state.value if state else None, "page": page}
    found = await visit.calls.get("enrollment", "/increases", IncreasePage, query)
    return visit.page("increase/list.html", list=found, state=state, states=SHOWN_STATES)


@router.get("/increase/table.pdf")
async def table(visit: Visitor, no: Annotated[list[str], Query(max_length=MOST)] = []) -> Response:  # noqa: B006  # FastAPI copies it
    """《人员增加表》 of the chosen increases, with full numbers; the print is recorded (协议 二.8)."""
    if not no:
        raise Problem(refusals.NOBODY_CHOSEN)
    asked = (
        visit.calls.get("enrollment", f"/increases/{one}", IncreaseView, {"clear": "true"}) for one in no
    )
    found = await asyncio.gather(*asked)
    content = await increase_table(head_of(visit), sorted(found, key=lambda one: one.submission_no))
    await visit.calls.post(
        "enrollment", "/increases/printed", PrintedCount, Printed(submission_nos=tuple(no))
    )
    return download(content, MEDIA_TYPE, "人员增加表.pdf", inline=True)


@router.get("/increase/{submission_no}")
async def increase(visit: Visitor, submission_no: str) -> Response:
    """One increase: what became of it, and what to print and keep."""
    await following(visit)
    found = await visit.calls.get("enrollment", f"/increases/{submission_no}", IncreaseView)
    return visit.page("increase/one.html", one=found, steps=STEPS)


@router.post("/increase/{submission_no}/withdraw")
async def withdraw(visit: Visitor, submission_no: str, key: Annotated[str, Form()] = "") -> Response:
    """Take back what still awaits the counter, to send it anew (domain 1.4)."""
    await visit.calls.post("enrollment", f"/increases/{submission_no}/withdraw", IncreaseView, key=key)
    return visit.go(f"/increase/{submission_no}?said=increase_withdrawn")


def head_of(visit: Visit) -> TableHead:
    """Whose table it is and who prints it."""
    return TableHead(
        employer_name=visit.session.employer_name,
        employer_no=visit.employer_no,
        specialist=visit.session.display_name,
        printed_at=visit.chassis.business.now(),
    )
