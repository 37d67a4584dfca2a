"""开通: five materials, agreement, specialist; the slip with the initial password is printed once (clause 二)."""

from __future__ import annotations

from fastapi import Depends, Request
from starlette.responses import Response

from contracts.errors import chassis as codes
from contracts.errors.code import ProblemBody
from contracts.http.openings import OpeningCase, ReceiveOpening, ServiceView
from contracts.http.registry import EmployerView, Material, OpeningReceipt, OpenService
from contracts.values import Role
from gateway import menu
from gateway.desk import once
from gateway.desk.sections import Only, router_of, show
from gateway.forms import Entry, sent
from gateway.pages import download
from gateway.print.account_slip import account_slip
from gateway.print.typesetter import MEDIA_TYPE
from gateway.sessions.visit import Visit, Visitor
from services.chassis.problems import Problem

router = router_of(menu.EMPLOYERS)
ONE = "/desk/employers/{employer_no}/opening"
COUNTER = [Depends(Only(Role.COUNTER))]


@router.get(ONE, dependencies=COUNTER)
async def opening(visit: Visitor, employer_no: str) -> Response:
    """The opening case: checklist, agreement, specialist."""
    service = await _service(visit, employer_no)
    if service.case_no:
        return visit.go(f"/desk/employers/openings/{service.case_no}")
    today = visit.chassis.business.today().isoformat()
    return await _form(visit, employer_no, Entry({"agreement_signed_on": today}))


@router.post(ONE, dependencies=COUNTER)
async def open_service(visit: Visitor, request: Request, employer_no: str) -> Response:
    """Open. No idempotency key goes along, because the answer carries a password that nobody may store."""
    entry = await sent(request)
    try:
        receipt = await visit.calls.post(
            "registry", f"/employers/{employer_no}/opening", OpeningReceipt, _command(entry)
        )
    except Problem as problem:
        return await _form(visit, employer_no, entry, problem.body)
    sealed = once.seal(visit, receipt)
    return show(visit, menu.EMPLOYERS, "opened.html", receipt=receipt, sealed=sealed)


@router.post(f"{ONE}/receive", dependencies=COUNTER)
async def receive(visit: Visitor, request: Request, employer_no: str) -> Response:
    """Begin a case with the materials there are; it is opened once the rest has come."""
    entry = await sent(request)
    try:
        path, values = f"/employers/{employer_no}/opening-cases", _values(entry)
        command = entry.build(ReceiveOpening, values)
        made = await visit.calls.post("registry", path, OpeningCase, command, key=entry.text("key"))
    except Problem as problem:
        return await _form(visit, employer_no, entry, problem.body)
    return visit.go(f"/desk/employers/openings/{made.case_no}?said=opening_received")


@router.post(f"{ONE}/slip", dependencies=COUNTER)
async def slip(visit: Visitor, request: Request, employer_no: str) -> Response:
    """The opening slip as PDF, once."""
    entry = await sent(request)
    receipt = await once.redeem(visit, entry.text("sealed"))
    return download(await account_slip(receipt), MEDIA_TYPE, f"开通单{employer_no}.pdf", inline=True)


def _command(entry: Entry) -> OpenService:
    return entry.build(
        OpenService, _values(entry) | {"agreement_signed_on": entry.day("agreement_signed_on")}
    )


def _values(entry: Entry) -> dict[str, object]:
    seen = set(entry.chosen("materials"))
    specialist = {
        name: entry.text(f"specialist.{name}") for name in ("name", "id_number", "office_phone", "mobile")
    }
    return {
        "materials": [material for material in Material if material in seen],
        "employer_handler": entry.text("employer_handler"),
        "specialist": specialist,
    }


async def _service(visit: Visit, employer_no: str) -> ServiceView:
    return await visit.calls.get("registry", f"/employers/{employer_no}/service", ServiceView)


async def _form(visit: Visit, employer_no: str, entry: Entry, problem: ProblemBody | None = None) -> Response:
    employer = await visit.calls.get("registry", f"/employers/{employer_no}", EmployerView)
    return show(
        visit,
        menu.EMPLOYERS,
        "opening.html",
        problem.status if problem else 200,
        employer=employer,
        service=await _service(visit, employer_no),
        entry=entry,
        problem=problem,
        missing=_missing(problem, entry),
    )


def _missing(problem: ProblemBody | None, entry: Entry) -> frozenset[str]:
    """The materials without a tick, where the form as a whole or the materials are refused."""
    if problem is None or entry.text("way") == "receive" or not _about_materials(problem):
        return frozenset()
    return frozenset(material.value for material in Material) - frozenset(entry.chosen("materials"))


def _about_materials(problem: ProblemBody) -> bool:
    return problem.code == codes.BAD_INPUT.code or problem.field == "materials"
