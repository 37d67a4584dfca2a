"""存量导入: the existing register from a file with its control totals, released by a second officer (domain 1.5)."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Request, UploadFile
from starlette.responses import Response

from contracts.errors.code import ProblemBody
from contracts.http.register_imports import (
    COLUMNS,
    MOST_ROWS,
    DistrictTotal,
    FaultyRows,
    NewRegisterImport,
    RegisterImportPage,
    RegisterImportView,
)
from contracts.http.registry import Districts
from contracts.values import Role
from gateway import menu
from gateway.desk.sections import Only, router_of, show
from gateway.forms import Entry, sent
from gateway.pages import download
from gateway.sessions.visit import Visit, Visitor
from gateway.sheets.register_file import MOST_BYTES, read_register, register_sheet
from gateway.sheets.write import MEDIA_TYPE
from services.chassis.problems import Problem

router = router_of(menu.EMPLOYERS)
LIST = "/desk/employers/imports"
ONE = f"{LIST}/{{import_id}}"
COUNTER = [Depends(Only(Role.COUNTER))]
SHOWN = 100


@router.get(LIST, dependencies=COUNTER)
async def imports(visit: Visitor, page: Annotated[int, Query(ge=1)] = 1) -> Response:
    """Imports so far, and the form for a file."""
    return await _list(visit, Entry({}), page=page)


@router.post(LIST, dependencies=COUNTER)
async def upload(visit: Visitor, request: Request, file: UploadFile | None = None) -> Response:
    """Check a file; nothing is registered yet."""
    entry = await sent(request)
    try:
        content = await file.read(MOST_BYTES + 1) if file else b""
        rows = await read_register(content) if content else None
        if rows is None:
            entry.wrong("file", "请选择文件")
        districts = [
            DistrictTotal(district=code, rows=count)
            for code, _ in await _districts(visit)
            if (count := _count(entry, f"district_{code}"))
        ]
        values = {"title": entry.text("title"), "total": _count(entry, "total"), "districts": districts}
        asked = entry.build(NewRegisterImport, {**values, "rows": rows})
        made = await visit.calls.post(
            "registry", "/register-imports", RegisterImportView, asked, key=entry.text("key")
        )
    except Problem as problem:
        return await _list(visit, entry, problem.body)
    return visit.go(f"{LIST}/{made.id}?said=register_staged")


@router.get(f"{LIST}/template.xlsx", dependencies=COUNTER)
async def template(visit: Visitor) -> Response:
    """The empty sheet."""
    del visit
    return download(register_sheet(()), MEDIA_TYPE, "存量单位模板.xlsx")


@router.get(ONE, dependencies=COUNTER)
async def one(visit: Visitor, import_id: UUID) -> Response:
    """Totals, the rows that are left out, and the release."""
    return await _one(visit, import_id)


@router.get(f"{ONE}/faults.xlsx", dependencies=COUNTER)
async def faults(visit: Visitor, import_id: UUID) -> Response:
    """The rows that are left out, each faulty cell marked, to be corrected and sent again."""
    found = await visit.calls.get("registry", f"/register-imports/{import_id}/faults", FaultyRows)
    return download(register_sheet(found.rows), MEDIA_TYPE, "存量单位需修改的行.xlsx")


@router.post(f"{ONE}/release", dependencies=COUNTER)
async def release(visit: Visitor, request: Request, import_id: UUID) -> Response:
    """Release it as the second officer."""
    entry = await sent(request)
    try:
        path = f"/register-imports/{import_id}/release"
        await visit.calls.post("registry", path, RegisterImportView, key=entry.text("key"))
    except Problem as problem:
        return await _one(visit, import_id, problem.body)
    return visit.go(f"{LIST}/{import_id}?said=register_released")


def _count(entry: Entry, field: str) -> int | None:
    text = entry.text(field)
    if text and not (text.isascii() and text.isdigit()):
        entry.wrong(field, "应为整数")
        return None
    return int(text) if text else None


async def _districts(visit: Visit) -> list[tuple[str, str]]:
    """The districts an officer may register in."""
    found = await visit.calls.get("registry", "/districts", Districts)
    return [(row.code, row.name) for row in found.rows if visit.caller.sees_district(row.code)]


async def _list(visit: Visit, entry: Entry, problem: ProblemBody | None = None, *, page: int = 1) -> Response:
    return show(
        visit,
        menu.EMPLOYERS,
        "register_imports.html",
        problem.status if problem else 200,
        found=await visit.calls.get("registry", "/register-imports", RegisterImportPage, {"page": page}),
        districts=await _districts(visit),
        columns=COLUMNS,
        most=MOST_ROWS,
        entry=entry,
        problem=problem,
    )


async def _one(visit: Visit, import_id: UUID, problem: ProblemBody | None = None) -> Response:
    path = f"/register-imports/{import_id}"
    found = await visit.calls.get("registry", path, RegisterImportView)
    left_out = await visit.calls.get("registry", f"{path}/faults", FaultyRows)
    districts = await visit.calls.get("registry", "/districts", Districts)
    return show(
        visit,
        menu.EMPLOYERS,
        "register_import.html",
        problem.status if problem else 200,
        found=found,
        left_out=left_out.rows[:SHOWN],
        names={row.code: row.name for row in districts.rows},
        problem=problem,
    )
