"""缴费基数申报: the year's round, filled in on the page or by a sheet, checked, sent, signed and posted (三(三)1)."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, File, Form, Query, Request, UploadFile
from starlette.responses import Response

from contracts.errors import gateway as refusals
from contracts.errors.code import ProblemBody
from contracts.http.enrollment import (
    BasePreview,
    BaseRound,
    BaseRow,
    BasesDeclared,
    DeclareBases,
    DeclaredWage,
    PostBases,
    SignBases,
)
from contracts.http.paging import PAGE_SIZE
from gateway.forms import Entry, sent
from gateway.pages import download
from gateway.portal.increase_list import head_of
from gateway.portal.packed import BASES
from gateway.print.bases_table import bases_table
from gateway.print.typesetter import MEDIA_TYPE
from gateway.sessions.visit import PageRoute, Visit, Visitor
from gateway.sheets import write
from gateway.sheets.bases_sheet import bases_sheet, read_bases
from gateway.sheets.opening import MOST_BYTES
from services.chassis.calls import Query as CallQuery
from services.chassis.problems import Problem

router = APIRouter(route_class=PageRoute, include_in_schema=False)
STEPS = ("填写", "核对", "提交", "打印签字")
SHOWN, AT_ONCE = 100, 1_000
NOBODY = "请至少填写一人的工资总额"
MONTHS_WANTED = "请填写1至12的整数"
MONTHS = frozenset(str(month) for month in range(1, 13))


@router.get("/bases")
async def bases(visit: Visitor, page: Annotated[int, Query(ge=1)] = 1) -> Response:
    """The round of this year, persons to be declared first."""
    return _show(visit, await _page(visit, page))


@router.post("/bases/check")
async def check(visit: Visitor, request: Request, page: Annotated[int, Form(ge=1)] = 1) -> Response:
    """Step 2: the bases that follow from the wages typed on the page; empty lines are left for later."""
    entry = await sent(request)
    shown = await _page(visit, page)
    rows = [row for one in shown.rows if (row := _typed(entry, one))]
    if not rows:
        entry.wrong("rows", NOBODY)
    try:
        asked = entry.build(DeclareBases, {"year": shown.year, "rows": rows})
    except Problem as problem:
        return _show(visit, shown, problem.body, entry)
    return await _preview(visit, asked)


@router.post("/bases/send")
async def send(
    visit: Visitor, packed: Annotated[str, Form()] = "", key: Annotated[str, Form()] = ""
) -> Response:
    """Step 3: declare."""
    await visit.calls.post("enrollment", "/bases", BasesDeclared, BASES.unpack(packed), key=key)
    return visit.go("/bases?said=bases_declared")


@router.get("/bases/template.xlsx")
async def template(visit: Visitor) -> Response:
    """Everybody of the round, to be filled in."""
    return download(bases_sheet(await _everybody(visit)), write.MEDIA_TYPE, "缴费基数申报.xlsx")


@router.post("/bases/sheet")
async def upload(visit: Visitor, sheet: Annotated[UploadFile | None, File()] = None) -> Response:
    """The filled sheet computed; nothing is stored."""
    content = await sheet.read(MOST_BYTES + 1) if sheet else b""
    people = {row.person_no: row.enrollment_id for row in await _everybody(visit)}
    try:
        asked = await read_bases(content, _year(visit), people)
    except Problem as problem:
        return _show(visit, await _page(visit, 1), problem.body)
    return await _preview(visit, asked)


@router.post("/bases/signed")
async def sign(
    visit: Visitor,
    signed_on: Annotated[date, Form()],
    who: Annotated[list[UUID], Form()] = [],  # noqa: B006  # FastAPI copies it
    everybody: Annotated[bool, Form()] = False,  # noqa: FBT002  # a form field by its name
    key: Annotated[str, Form()] = "",
) -> Response:
    """Who has signed the 确认表 on paper."""
    if everybody:
        who = [row.enrollment_id for row in await _everybody(visit) if row.declared_wage is not None]
    if not who:
        raise Problem(refusals.NOBODY_CHOSEN)
    asked = SignBases(year=_year(visit), enrollment_ids=tuple(who), signed_on=signed_on)
    await visit.calls.post("enrollment", "/bases/signed", BasesDeclared, asked, key=key)
    return visit.go("/bases?said=bases_signed")


@router.post("/bases/posted")
async def post(
    visit: Visitor,
    posted_from: Annotated[date, Form()],
    posted_to: Annotated[date, Form()],
    key: Annotated[str, Form()] = "",
) -> Response:
    """The days of posting."""
    asked = PostBases(year=_year(visit), posted_from=posted_from, posted_to=posted_to)
    await visit.calls.post("enrollment", "/bases/posted", BasesDeclared, asked, key=key)
    return visit.go("/bases?said=bases_posted")


@router.get("/bases/table.pdf")
async def table(visit: Visitor) -> Response:
    """《职工缴费基数申报确认表》, for everybody's signature."""
    head = await _page(visit, 1)
    declared = [row for row in await _everybody(visit) if row.declared_wage is not None]
    if not declared:
        raise Problem(refusals.NOBODY_CHOSEN)
    content = await bases_table(head_of(visit), head, declared)
    return download(content, MEDIA_TYPE, f"{head.year}年度职工缴费基数申报确认表.pdf", inline=True)


def _year(visit: Visit) -> int:
    return visit.chassis.business.today().year


async def _page(visit: Visit, page: int, size: int = PAGE_SIZE) -> BaseRound:
    query: CallQuery = {"year": _year(visit), "page": page, "size": size}
    return await visit.calls.get("enrollment", "/bases", BaseRound, query)


async def _everybody(visit: Visit) -> list[BaseRow]:
    """All persons of the round, by pinyin."""
    found = await _page(visit, 1, AT_ONCE)
    rows = list(found.rows)
    for page in range(2, -(-found.total // AT_ONCE) + 1):
        rows += (await _page(visit, page, AT_ONCE)).rows
    return rows


def _typed(entry: Entry, one: BaseRow) -> DeclaredWage | None:
    """What was typed for a person; nothing for an empty line, a fault noted for a wrong one."""
    total, months = f"total-{one.enrollment_id}", f"months-{one.enrollment_id}"
    if not entry.text(total):
        return None
    fen, count = entry.fen(total), entry.text(months)
    if count not in MONTHS:
        entry.wrong(months, MONTHS_WANTED)
        return None
    return DeclaredWage(enrollment_id=one.enrollment_id, wage_total=fen, months=int(count))


async def _preview(visit: Visit, asked: DeclareBases) -> Response:
    preview = await visit.calls.post("enrollment", "/bases/preview", BasePreview, asked)
    rows = sorted(preview.rows, key=lambda row: (not row.faults, not row.warnings))[:SHOWN]
    return visit.page("bases/preview.html", steps=STEPS, preview=preview, rows=rows, packed=BASES.pack(asked))


def _show(
    visit: Visit, shown: BaseRound, problem: ProblemBody | None = None, entry: Entry | None = None
) -> Response:
    return visit.page(
        "bases/round.html",
        problem.status if problem else 200,
        steps=STEPS,
        list=shown,
        problem=problem,
        entry=entry,
        today=visit.chassis.business.today(),
    )
