"""书面申请: password reset and change of specialist, received, checked and finished (clause 三(六), A32)."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import Query, Request
from starlette.responses import Response

from contracts.errors.code import ProblemBody
from contracts.http.applications import (
    AccountReceipt,
    ApplicationMatter,
    ApplicationPage,
    ApplicationState,
    ApplicationView,
    CheckApplication,
    ReceiveApplication,
    ReturnApplication,
)
from gateway import menu
from gateway.desk import once
from gateway.desk.answers import employer_of
from gateway.desk.sections import router_of, show
from gateway.forms import Entry, sent
from gateway.holders import accounts_of
from gateway.pages import download
from gateway.parts import part
from gateway.print.account_slip import account_slip
from gateway.print.typesetter import MEDIA_TYPE
from gateway.sessions.visit import Visit, Visitor
from services.chassis.problems import Problem

router = router_of(menu.APPLICATIONS)
LIST = "/desk/applications"
NEW = f"{LIST}/new/{{employer_no}}"
ONE = f"{LIST}/{{application_no}}"
ALWAYS = (ApplicationMatter.PASSWORD, ApplicationMatter.SPECIALIST, ApplicationMatter.APPROVER)
"""What any employer may apply for; the rest is about an approver that it has."""
PERSON = ("name", "id_number", "office_phone", "mobile")


@router.get(LIST)
async def applications(
    visit: Visitor,
    state: Annotated[ApplicationState, Query()] = ApplicationState.RECEIVED,
    text: Annotated[str, Query(max_length=200)] = "",
    page: Annotated[int, Query(ge=1)] = 1,
) -> Response:
    """The work list: the longest waiting first, overdue ones marked."""
    query: dict[str, str | int | None] = {"state": state.value, "text": text, "page": page}
    found = await visit.calls.get("registry", "/applications", ApplicationPage, query)
    return show(
        visit,
        menu.APPLICATIONS,
        "applications.html",
        found=found,
        state=state,
        text=text,
        states=tuple(ApplicationState),
    )


@router.get(NEW)
async def new(
    visit: Visitor,
    employer_no: str,
    matter: Annotated[ApplicationMatter, Query()] = ApplicationMatter.PASSWORD,
) -> Response:
    """The form that receives an application."""
    return await _form(visit, employer_no, Entry({"matter": matter.value}))


@router.post(NEW)
async def receive(visit: Visitor, request: Request, employer_no: str) -> Response:
    """Receive it; the case opens with its materials to check."""
    entry = await sent(request)
    try:
        command = entry.build(ReceiveApplication, _values(entry))
        made = await visit.calls.post(
            "registry",
            f"/employers/{employer_no}/applications",
            ApplicationView,
            command,
            key=entry.text("key"),
        )
    except Problem as problem:
        return await _form(visit, employer_no, entry, problem.body)
    return visit.go(f"{LIST}/{made.application_no}?said=application_received")


@router.get(ONE)
async def application(visit: Visitor, application_no: str) -> Response:
    """One case: what is asked, its clock, its materials."""
    return await _case(visit, application_no)


@router.post(f"{ONE}/check")
async def check(visit: Visitor, request: Request, application_no: str) -> Response:
    """All materials are in order."""
    entry = await sent(request)
    try:
        command = entry.build(CheckApplication, {"materials": entry.chosen("materials")})
        await visit.calls.post(
            "registry",
            f"/applications/{application_no}/check",
            ApplicationView,
            command,
            key=entry.text("key"),
        )
    except Problem as problem:
        return await _case(visit, application_no, entry, problem.body)
    return visit.go(f"{LIST}/{application_no}?said=application_checked")


@router.post(f"{ONE}/return")
async def give_back(visit: Visitor, request: Request, application_no: str) -> Response:
    """Return it with a reason, which the employer reads as the result."""
    entry = await sent(request)
    try:
        command = entry.build(ReturnApplication, {"reason": entry.text("reason") or None})
        path = f"/applications/{application_no}/return"
        await visit.calls.post("registry", path, ApplicationView, command, key=entry.text("key"))
    except Problem as problem:
        return await _case(visit, application_no, entry, problem.body)
    return visit.go(f"{LIST}?said=application_returned")


@router.post(f"{ONE}/finish")
async def finish(visit: Visitor, application_no: str) -> Response:
    """Finish. No idempotency key goes along, because the answer carries a password that nobody may store."""
    try:
        receipt = await visit.calls.post("registry", f"/applications/{application_no}/finish", AccountReceipt)
    except Problem as problem:
        return await _case(visit, application_no, problem=problem.body)
    sealed = once.seal(visit, receipt)
    return show(visit, menu.APPLICATIONS, "application_done.html", receipt=receipt, sealed=sealed)


@router.post(f"{ONE}/slip")
async def slip(visit: Visitor, request: Request, application_no: str) -> Response:
    """The slip with the new initial password, once."""
    entry = await sent(request)
    receipt = await once.redeem(visit, entry.text("sealed"))
    return download(await account_slip(receipt), MEDIA_TYPE, f"账户单{application_no}.pdf", inline=True)


def _matter(entry: Entry) -> ApplicationMatter:
    """What the form is about; where it does not say, the first of its tabs."""
    known = {one.value: one for one in ApplicationMatter}
    return known.get(entry.text("matter"), ApplicationMatter.PASSWORD)


def _names_a_person(entry: Entry) -> bool:
    return _matter(entry) in (ApplicationMatter.SPECIALIST, ApplicationMatter.APPROVER)


def _values(entry: Entry) -> dict[str, object]:
    person = {name: entry.text(f"specialist.{name}") for name in PERSON}
    return {
        "matter": entry.text("matter"),
        "reason": entry.text("reason"),
        "specialist": person if _names_a_person(entry) else None,
    }


async def _form(visit: Visit, employer_no: str, entry: Entry, problem: ProblemBody | None = None) -> Response:
    employer, found = await asyncio.gather(
        employer_of(visit, employer_no), part(accounts_of(visit, employer_no))
    )
    separate = found.value is not None and found.value.approver is not None
    return show(
        visit,
        menu.APPLICATIONS,
        "application_new.html",
        problem.status if problem else 200,
        employer=employer,
        entry=entry,
        problem=problem,
        matter=_matter(entry),
        matters=tuple(ApplicationMatter) if separate else ALWAYS,
        names_a_person=_names_a_person(entry),
    )


async def _case(
    visit: Visit, application_no: str, entry: Entry | None = None, problem: ProblemBody | None = None
) -> Response:
    return show(
        visit,
        menu.APPLICATIONS,
        "application.html",
        problem.status if problem else 200,
        case=await visit.calls.get("registry", f"/applications/{application_no}", ApplicationView),
        entry=entry or Entry({}),
        problem=problem,
        missing={fault.field.partition(".")[2] for fault in problem.faults} if problem else set(),
    )
