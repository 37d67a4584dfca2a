"""登记事项变更: the employer files a change of its registration data and follows it (协议 二.7)."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from contracts.errors.code import ProblemBody
from contracts.http.changes import ChangePage, ChangeView
from contracts.http.registry import EmployerView
from gateway import changing
from gateway.forms import Entry, sent
from gateway.sessions.visit import PageRoute, Visit, Visitor
from services.chassis.problems import Problem

router = APIRouter(route_class=PageRoute, include_in_schema=False)
LIST = "/account/changes"


@router.get(LIST)
async def changes(visit: Visitor) -> Response:
    """What was filed and what became of it."""
    path = f"/employers/{visit.employer_no}/changes"
    return visit.page("changes/list.html", found=await visit.calls.get("registry", path, ChangePage))


@router.get(f"{LIST}/new")
async def form(visit: Visitor) -> Response:
    """The entry as it stands, to be overwritten where it changes."""
    return await _form(visit)


@router.post(f"{LIST}/new")
async def file(visit: Visitor, request: Request) -> Response:
    """File what differs."""
    entry = await sent(request)
    employer = await _employer(visit)
    try:
        asked = changing.command(entry, changing.filled(employer, ""), changing.OWN)
        path = f"/employers/{employer.employer_no}/changes"
        await visit.calls.post("registry", path, ChangeView, asked, key=entry.text("key"))
    except Problem as problem:
        return await _form(visit, entry, problem.body)
    return visit.go(f"{LIST}?said=change_filed")


@router.post(f"{LIST}/{{change_no}}/withdraw")
async def withdraw(visit: Visitor, change_no: str) -> Response:
    """Take it back before it is decided."""
    await visit.calls.post("registry", f"/changes/{change_no}/withdraw", ChangeView)
    return visit.go(f"{LIST}?said=change_withdrawn")


async def _employer(visit: Visit) -> EmployerView:
    return await visit.calls.get("registry", f"/employers/{visit.employer_no}", EmployerView)


async def _form(visit: Visit, entry: Entry | None = None, problem: ProblemBody | None = None) -> Response:
    employer = await _employer(visit)
    today = visit.chassis.business.today().isoformat()
    return visit.page(
        "changes/form.html",
        problem.status if problem else 200,
        employer=employer,
        entry=entry or changing.filled(employer, today),
        problem=problem,
    )
