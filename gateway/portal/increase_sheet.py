"""增员 by spreadsheet: template, upload, checked preview, error file by row, send."""

from typing import Annotated

from fastapi import APIRouter, File, Form, UploadFile
from starlette.responses import Response

from contracts.errors.code import ProblemBody
from contracts.http.enrollment import Choices, Path, Preview, RawIncrease, RawRows
from gateway.pages import download
from gateway.portal.estimate import estimates_of
from gateway.portal.increase_form import STEPS
from gateway.portal.packed import INCREASES
from gateway.sessions.visit import PageRoute, Visit, Visitor
from gateway.sheets import read, write
from gateway.sheets.opening import MOST_BYTES
from services.chassis.problems import Problem

router = APIRouter(route_class=PageRoute, include_in_schema=False)
SHOWN = 100


@router.get("/increase/sheet")
async def sheet_page(visit: Visitor) -> Response:
    """Where the template is fetched and the filled sheet is sent."""
    return _upload(visit, None)


@router.get("/increase/template.xlsx")
async def template(visit: Visitor) -> Response:
    """The empty sheet with the columns and lists that enrollment's rules know."""
    choices = await visit.calls.get("enrollment", "/choices", Choices)
    return download(write.template(choices.columns), write.MEDIA_TYPE, "增员模板.xlsx")


@router.post("/increase/sheet")
async def upload(visit: Visitor, sheet: Annotated[UploadFile | None, File()] = None) -> Response:
    """The whole sheet computed; nothing is stored."""
    choices = await visit.calls.get("enrollment", "/choices", Choices)
    content = await sheet.read(MOST_BYTES + 1) if sheet else b""
    try:
        rows = await read.read_increases(content, choices.columns)
    except Problem as problem:
        return _upload(visit, problem.body)
    return await _preview(visit, rows)


@router.post("/increase/errors.xlsx")
async def errors(visit: Visitor, packed: Annotated[str, Form()] = "") -> Response:
    """The faulty rows as they came, with the faulty cells marked."""
    rows = INCREASES.unpack(packed)
    choices = await visit.calls.get("enrollment", "/choices", Choices)
    preview = await visit.calls.post("enrollment", "/increases/preview", Preview, RawRows(rows=rows))
    content = write.error_file(choices.columns, rows, preview.rows)
    return download(content, write.MEDIA_TYPE, "增员需修改的行.xlsx")


def _upload(visit: Visit, problem: ProblemBody | None) -> Response:
    return visit.page(
        "increase/sheet.html",
        problem.status if problem else 200,
        steps=STEPS,
        problem=problem,
        most=read.MOST_ROWS,
    )


async def _preview(visit: Visit, rows: tuple[RawIncrease, ...]) -> Response:
    preview = await visit.calls.post("enrollment", "/increases/preview", Preview, RawRows(rows=rows))
    order = (Path.REFUSED, Path.COUNTER, Path.AUTO)
    return visit.page(
        "increase/preview.html",
        steps=STEPS,
        preview=preview,
        rows=sorted(preview.rows, key=lambda row: (order.index(row.path), row.row))[:SHOWN],
        packed=INCREASES.pack(rows),
        estimates=await estimates_of(visit, preview.rows),
    )
