"""注销登记: what stands in its way, the form, and what became of it (A20)."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from contracts.errors.code import ProblemBody
from contracts.http.deregistrations import DeregistrationPage, DeregistrationView, StandingView
from gateway import ending
from gateway.forms import Entry, sent
from gateway.sessions.visit import PageRoute, Visit, Visitor
from services.chassis.problems import Problem

router = APIRouter(route_class=PageRoute, include_in_schema=False)
PAGE = "/account/deregistration"


@router.get(PAGE)
async def deregistration(visit: Visitor) -> Response:
    """The form where nothing stands in the way, and all that was filed."""
    return await _page(visit)


@router.post(PAGE)
async def file(visit: Visitor, request: Request) -> Response:
    """File it."""
    entry = await sent(request)
    try:
        path = f"/employers/{visit.employer_no}/deregistrations"
        asked = ending.command(entry)
        await visit.calls.post("registry", path, DeregistrationView, asked, key=entry.text("key"))
    except Problem as problem:
        return await _page(visit, entry, problem.body)
    return visit.go(f"{PAGE}?said=deregistration_filed")


@router.post(f"{PAGE}/{{deregistration_no}}/withdraw")
async def withdraw(visit: Visitor, deregistration_no: str) -> Response:
    """Take it back before it is decided."""
    await visit.calls.post("registry", f"/deregistrations/{deregistration_no}/withdraw", DeregistrationView)
    return visit.go(f"{PAGE}?said=deregistration_withdrawn")


async def _page(visit: Visit, entry: Entry | None = None, problem: ProblemBody | None = None) -> Response:
    own = f"/employers/{visit.employer_no}"
    return visit.page(
        "deregistration.html",
        problem.status if problem else 200,
        standing=await visit.calls.get("registry", f"{own}/standing", StandingView),
        found=await visit.calls.get("registry", f"{own}/deregistrations", DeregistrationPage),
        entry=entry or Entry({}),
        problem=problem,
    )
