"""单位: search, register entry, registration, coverage (clause 一(一))."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import Depends, Query, Request
from starlette.responses import Response

from contracts.errors.code import ProblemBody
from contracts.http.accounts import IdlePage
from contracts.http.billing import AccountView
from contracts.http.changes import EmployerHistory
from contracts.http.materials import RequestPage
from contracts.http.openings import ServiceView
from contracts.http.registry import (
    CoverageReport,
    Districts,
    EmployerPage,
    EmployerView,
    OpeningView,
    RegisterEmployer,
    SpecialistView,
)
from contracts.identity import WHOLE_CITY
from contracts.values import Role
from gateway import menu
from gateway.desk.sections import Only, router_of, show
from gateway.forms import Entry, sent
from gateway.holders import accounts_of
from gateway.pages import download
from gateway.parts import part
from gateway.sessions.visit import Visit, Visitor
from gateway.sheets.coverage_sheet import coverage_sheet
from gateway.sheets.write import MEDIA_TYPE
from services.chassis.problems import Problem

router = router_of(menu.EMPLOYERS)
ONE = "/desk/employers/{employer_no}"
INJURY_CLASSES = tuple(range(1, 9))
IDLE_DAYS, LATEST = 30, 5
FLOATS = (50, 80, 100, 120, 150)
COUNTER = [Depends(Only(Role.COUNTER))]
_PLACE = re.compile(r"第(\d+)位")
_FIELDS = (
    "name", "credit_code", "kind", "scheme", "district", "address", "postcode", "legal_representative",
    "insured_from", "injury_class", "injury_float_percent",
)  # fmt: skip


@router.get("/desk/employers")
async def employers(
    visit: Visitor,
    text: Annotated[str, Query(max_length=200)] = "",
    opened: Annotated[str, Query()] = "",
    page: Annotated[int, Query(ge=1)] = 1,
) -> Response:
    """Search by name, number or credit code."""
    wanted = {"yes": "true", "no": "false"}.get(opened)
    query: dict[str, str | int | None] = {"text": text, "opened": wanted, "page": page}
    found = await visit.calls.get("registry", "/employers", EmployerPage, query)
    return show(visit, menu.EMPLOYERS, "employers.html", found=found, text=text, opened=opened)


@router.get("/desk/employers/coverage")
async def coverage(visit: Visitor) -> Response:
    """Registered against opened, by district; least opened first."""
    report = await visit.calls.get("registry", "/coverage", CoverageReport)
    rows = sorted(report.rows, key=lambda row: (row.opened / max(row.registered, 1), row.district))
    return show(visit, menu.EMPLOYERS, "coverage.html", rows=rows)


@router.get("/desk/employers/coverage.xlsx")
async def coverage_file(visit: Visitor) -> Response:
    """The same figures as a sheet."""
    report = await visit.calls.get("registry", "/coverage", CoverageReport)
    today = visit.chassis.business.today()
    return download(coverage_sheet(report.rows, today), MEDIA_TYPE, f"网上服务开通情况{today:%Y%m%d}.xlsx")


@router.get("/desk/employers/idle")
async def idle(
    visit: Visitor,
    days: Annotated[int, Query(ge=1, le=3660)] = IDLE_DAYS,
    page: Annotated[int, Query(ge=1)] = 1,
) -> Response:
    """Employers nobody has logged in for since so many days (clause 三: daily, without a penalty)."""
    query: dict[str, str | int | None] = {"days": days, "page": page}
    found = await visit.calls.get("registry", "/idle-employers", IdlePage, query)
    return show(visit, menu.EMPLOYERS, "idle.html", found=found)


@router.get("/desk/employers/new", dependencies=COUNTER)
async def new(visit: Visitor) -> Response:
    """The form of 社会保险登记."""
    district = "" if visit.session.district == WHOLE_CITY else visit.session.district or ""
    now = visit.chassis.business.today()
    first = {"district": district, "insured_from": f"{now:%Y-%m}", "scheme": "enterprise"}
    return await _form(visit, Entry({**first, "injury_float_percent": "100"}))


@router.post("/desk/employers/new", dependencies=COUNTER)
async def register(visit: Visitor, request: Request) -> Response:
    """Register, or show the form with the fault at its field."""
    entry = await sent(request)
    try:
        command = entry.build(RegisterEmployer, {field: entry.text(field) or None for field in _FIELDS})
        made = await visit.calls.post("registry", "/employers", EmployerView, command, key=entry.text("key"))
    except Problem as problem:
        return await _form(visit, entry, problem.body)
    return visit.go(f"/desk/employers/{made.employer_no}?said=employer_registered")


async def _form(visit: Visit, entry: Entry, problem: ProblemBody | None = None) -> Response:
    districts = await visit.calls.get("registry", "/districts", Districts)
    own = [row for row in districts.rows if visit.caller.sees_district(row.code)]
    return show(
        visit,
        menu.EMPLOYERS,
        "register.html",
        problem.status if problem else 200,
        entry=entry,
        problem=problem,
        districts=[(row.code, row.name) for row in own if row.code != WHOLE_CITY],
        classes=[(str(number), f"第 {number} 类") for number in INJURY_CLASSES],
        floats=[(str(step), f"{step}%") for step in FLOATS],
        code_cells=code_cells(entry.text("credit_code"), problem),
    )


def code_cells(code: str, problem: ProblemBody | None) -> list[tuple[str, bool]]:
    """The typed credit code character by character, the faulty one marked; empty where the code is not at fault."""
    if problem is None or problem.code != "employer.credit_code":
        return []
    found = _PLACE.search(problem.detail)
    place = int(found[1]) if found else 0
    typed = "".join(code.split()).upper()
    return [(letter, number == place) for number, letter in enumerate(typed, start=1)]


@router.get(ONE)
async def employer(visit: Visitor, employer_no: str) -> Response:
    """The register entry, its opening, its account, and what can be done for it at the counter."""
    calls = visit.calls
    entry = await calls.get("registry", f"/employers/{employer_no}", EmployerView)
    opening = specialist = accounts = requests = None
    if entry.opened_on:
        opening = await part(calls.get("registry", f"/employers/{employer_no}/opening", OpeningView))
        specialist = await part(calls.get("registry", f"/employers/{employer_no}/specialist", SpecialistView))
        accounts = await part(accounts_of(visit, employer_no))
        asked_for = f"/employers/{employer_no}/material-requests"
        requests = await part(calls.get("registry", asked_for, RequestPage, {"size": LATEST}))
    service = await part(calls.get("registry", f"/employers/{employer_no}/service", ServiceView))
    history = await part(calls.get("registry", f"/employers/{employer_no}/history", EmployerHistory))
    districts = await calls.get("registry", "/districts", Districts)
    account = await part(calls.get("billing", f"/employers/{employer_no}/account", AccountView))
    return show(
        visit,
        menu.EMPLOYERS,
        "employer.html",
        employer=entry,
        opening=opening,
        service=service,
        specialist=specialist,
        accounts=accounts,
        requests=requests,
        account=account,
        history=history.value.rows if history.value else (),
        names={row.code: row.name for row in districts.rows},
    )
