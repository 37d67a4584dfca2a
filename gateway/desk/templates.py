"""文书文本: 协议书 and 授权书 read from a text file, previewed, released by a second officer (annexes 1, 2; 1.5)."""

from __future__ import annotations

from uuid import UUID

from fastapi import Request, UploadFile
from starlette.responses import Response

from contracts.errors.code import ProblemBody
from contracts.http.templates import (
    FIELDS,
    MOST_LETTERS,
    PAPER_NAMES,
    ImportTemplate,
    Paper,
    Templates,
    TemplateText,
    TemplateView,
)
from gateway import menu
from gateway.desk.sections import router_of, show
from gateway.forms import Entry, sent
from gateway.pages import download
from gateway.print.paper import paper_form
from gateway.print.typesetter import MEDIA_TYPE
from gateway.sessions.visit import Visit, Visitor
from services.chassis.problems import Problem

router = router_of(menu.POLICY)
HOME = "/desk/policy/templates"
ONE = f"{HOME}/{{template_id}}"
_MOST_BYTES = MOST_LETTERS * 4


@router.get(HOME)
async def templates(visit: Visitor) -> Response:
    """All versions, and the form that imports one."""
    return await _home(visit, Entry({"paper": Paper.AGREEMENT.value}))


@router.post(HOME)
async def import_template(visit: Visitor, request: Request, file: UploadFile | None = None) -> Response:
    """Import a text file, or say line by line what is wrong with it."""
    entry = await sent(request)
    try:
        values: dict[str, object] = {name: entry.text(name) for name in ("paper", "name")}
        values |= {"effective_on": entry.day("effective_on"), "text": await _text(file, entry)}
        command = entry.build(ImportTemplate, values)
        made = await visit.calls.post("registry", "/templates", TemplateText, command, key=entry.text("key"))
    except Problem as problem:
        return await _home(visit, entry, problem.body)
    return visit.go(f"{HOME}/{made.id}?said=template_imported")


@router.get(ONE)
async def template(visit: Visitor, template_id: UUID) -> Response:
    """One version: its text, its look, its release."""
    return await _one(visit, template_id)


@router.get(f"{ONE}/preview.pdf")
async def preview(visit: Visitor, template_id: UUID) -> Response:
    """The paper with each field by its name."""
    found = await visit.calls.get("registry", f"/templates/{template_id}", TemplateText)
    return download(await paper_form(found.preview), MEDIA_TYPE, f"{found.name}.pdf", inline=True)


@router.post(f"{ONE}/release")
async def release(visit: Visitor, request: Request, template_id: UUID) -> Response:
    """Release as the second officer."""
    entry = await sent(request)
    path = f"/templates/{template_id}/release"
    try:
        await visit.calls.post("registry", path, TemplateView, key=entry.text("key"))
    except Problem as problem:
        return await _one(visit, template_id, problem.body)
    return visit.go(f"{HOME}?said=policy_released")


async def _text(file: UploadFile | None, entry: Entry) -> str | None:
    """The content of the file; a fault of the form where it is none, too large, or not UTF-8."""
    content = await file.read(_MOST_BYTES + 1) if file else b""
    if not content:
        entry.wrong("file", "请选择文本文件")
    elif len(content) > _MOST_BYTES:
        entry.wrong("file", f"文本最多{MOST_LETTERS}字")
    else:
        try:
            return content.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError:
            entry.wrong("file", "文本文件应为 UTF-8 编码")
    return None


async def _home(visit: Visit, entry: Entry, problem: ProblemBody | None = None) -> Response:
    return show(
        visit,
        menu.POLICY,
        "templates.html",
        problem.status if problem else 200,
        found=await visit.calls.get("registry", "/templates", Templates),
        entry=entry,
        problem=problem,
        papers=[(paper.value, f"《{name}》") for paper, name in PAPER_NAMES.items()],
        fields=FIELDS,
    )


async def _one(visit: Visit, template_id: UUID, problem: ProblemBody | None = None) -> Response:
    return show(
        visit,
        menu.POLICY,
        "template.html",
        problem.status if problem else 200,
        found=await visit.calls.get("registry", f"/templates/{template_id}", TemplateText),
        problem=problem,
    )
