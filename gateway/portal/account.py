"""单位与账户: the register entry, the specialist, the password, what was applied for on paper."""

import asyncio

from fastapi import APIRouter
from starlette.responses import Response

from contracts.http.applications import ApplicationMatter, ApplicationPage
from contracts.http.registry import EmployerView, OpeningView, SpecialistView
from contracts.http.templates import PAPER_NAMES, Document, Paper
from gateway.holders import accounts_of
from gateway.pages import download
from gateway.parts import part
from gateway.print.application_form import NAMES, application_form, filled
from gateway.print.paper import paper_form
from gateway.print.typesetter import MEDIA_TYPE
from gateway.sessions.visit import PageRoute, Visitor

router = APIRouter(route_class=PageRoute, include_in_schema=False)


@router.get("/account")
async def account(visit: Visitor) -> Response:
    """What the agency has registered; changes are made at the counter (协议 二.7)."""
    own, calls = f"/employers/{visit.employer_no}", visit.calls
    entry, specialist, opening, applications, accounts = await asyncio.gather(
        part(calls.get("registry", own, EmployerView)),
        part(calls.get("registry", f"{own}/specialist", SpecialistView)),
        part(calls.get("registry", f"{own}/opening", OpeningView)),
        part(calls.get("registry", f"{own}/applications", ApplicationPage)),
        part(accounts_of(visit, visit.employer_no)),
    )
    return visit.page(
        "account.html",
        entry=entry.value,
        specialist=specialist.value,
        opening=opening.value,
        applications=applications.value,
        accounts=accounts.value,
    )


@router.get("/account/applications/{matter}.pdf")
async def form(visit: Visitor, matter: ApplicationMatter) -> Response:
    """A written application with the employer's own data, to be sealed and signed (三(六))."""
    own = f"/employers/{visit.employer_no}"
    entry = await visit.calls.get("registry", own, EmployerView)
    person = await visit.calls.get("registry", f"{own}/specialist", SpecialistView)
    content = await application_form(filled(matter, entry, person.name))
    return download(content, MEDIA_TYPE, f"{NAMES[matter]}.pdf", inline=True)


@router.post("/account/papers/{paper}")
async def own_paper(visit: Visitor, paper: Paper) -> Response:
    """协议书 or 授权书 with the employer's own data; the print is recorded."""
    found = await visit.calls.post("registry", f"/employers/{visit.employer_no}/papers/{paper}", Document)
    return download(await paper_form(found), MEDIA_TYPE, f"{PAPER_NAMES[paper]}.pdf", inline=True)
