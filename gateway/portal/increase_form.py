"""增员 of one person: fill in, check what it will do, send, print (clause 三(一))."""

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from pydantic import ValidationError
from starlette.responses import Response

from contracts.errors import chassis as codes
from contracts.errors.code import Fault, ProblemBody
from contracts.http.enrollment import (
    Choices,
    IncreaseBatch,
    IncreaseResult,
    Path,
    Preview,
    RawIncrease,
    RawRows,
)
from gateway.portal.estimate import estimates_of
from gateway.portal.packed import INCREASES
from gateway.sessions.visit import PageRoute, Visit, Visitor
from services.chassis.problems import Problem

router = APIRouter(route_class=PageRoute, include_in_schema=False)
STEPS = ("填写", "核对", "提交", "打印留存")
TOO_LONG = "内容过长，请缩短"


@router.get("/increase/new")
async def new(visit: Visitor) -> Response:
    """Step 1: an empty form."""
    return await _form(visit, RawIncrease())


@router.post("/increase/edit")
async def edit(visit: Visitor, packed: Annotated[str, Form()] = "") -> Response:
    """Back from step 2 with everything that was filled in."""
    return await _form(visit, INCREASES.unpack(packed)[0])


@router.post("/increase/check")
async def check(visit: Visitor, request: Request) -> Response:
    """Step 2: what the row will do; a faulty one returns to the form with each fault at its field."""
    cells = {name: value.strip() for name, value in (await request.form()).items() if isinstance(value, str)}
    try:
        row = _row(cells)
    except Problem as problem:
        return await _form(visit, RawIncrease(), problem.body, cells)
    preview = await visit.calls.post("enrollment", "/increases/preview", Preview, RawRows(rows=(row,)))
    verdict = preview.rows[0]
    if verdict.path is Path.REFUSED:
        refusal = Problem(codes.BAD_INPUT, faults=verdict.faults).body
        return await _form(visit, row, refusal)
    choices = await visit.calls.get("enrollment", "/choices", Choices)
    return visit.page(
        "increase/check.html",
        steps=STEPS,
        row=row,
        columns=choices.columns,
        verdict=verdict,
        packed=INCREASES.pack((row,)),
        estimates=await estimates_of(visit, preview.rows),
    )


@router.post("/increase/send")
async def send(
    visit: Visitor,
    *,
    packed: Annotated[str, Form()] = "",
    key: Annotated[str, Form()] = "",
    partial: Annotated[bool, Query()] = False,  # a query parameter by its name
) -> Response:
    """Step 3: send; of a sheet those rows that have no fault."""
    batch = IncreaseBatch(rows=INCREASES.unpack(packed), partial=partial)
    result = await visit.calls.post("enrollment", "/increases", IncreaseResult, batch, key=key)
    if not result.accepted:
        faults = tuple(fault for row in result.refused for fault in row.faults)
        raise Problem(codes.BAD_INPUT, faults=faults)
    if len(result.accepted) == 1:
        return visit.go(f"/increase/{result.accepted[0].submission_no}?said=increase_sent")
    return visit.go("/increase?said=increases_sent")


def _row(cells: dict[str, str]) -> RawIncrease:
    """The form's cells as a row; Problem BAD_INPUT with the fields that are too long."""
    known = {
        name: value for name, value in cells.items() if name in RawIncrease.model_fields and name != "row"
    }
    try:
        return RawIncrease.model_validate(known)
    except ValidationError as error:
        names = [str(entry["loc"][0]) for entry in error.errors()]
        faults = tuple(Fault(field=name, code="too_long", message=TOO_LONG) for name in names)
        raise Problem(codes.BAD_INPUT, faults=faults) from error


async def _form(
    visit: Visit, row: RawIncrease, problem: ProblemBody | None = None, cells: dict[str, str] | None = None
) -> Response:
    choices = await visit.calls.get("enrollment", "/choices", Choices)
    return visit.page(
        "increase/form.html",
        problem.status if problem else 200,
        steps=STEPS,
        columns=choices.columns,
        given=cells or row.model_dump(),
        problem=problem,
    )
