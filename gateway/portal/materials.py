"""材料调取 and 责令改正 on the employer's side: what is asked, uploaded, handed in (四(一), 协议 三)."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, File, Form, UploadFile
from starlette.responses import Response

from contracts.errors.code import ProblemBody
from contracts.http.materials import AnswerRequest, RequestPage, RequestView
from gateway import scans
from gateway.sessions.visit import PageRoute, Visit, Visitor
from services.chassis.problems import Problem

router = APIRouter(route_class=PageRoute, include_in_schema=False)
LIST = "/materials"
ONE = f"{LIST}/{{request_no}}"


@router.get(LIST)
async def requests(visit: Visitor) -> Response:
    """What the agency asks for, the nearest deadline first."""
    path = f"/employers/{visit.employer_no}/material-requests"
    return visit.page("materials/list.html", found=await visit.calls.get("registry", path, RequestPage))


@router.get(ONE)
async def request(visit: Visitor, request_no: str) -> Response:
    """One request with its files."""
    return await _page(visit, request_no)


@router.post(f"{ONE}/files")
async def upload(
    visit: Visitor, request_no: str, scan: Annotated[UploadFile | None, File()] = None
) -> Response:
    """Upload a scan."""
    try:
        await scans.send_on(visit.calls, request_no, scan)
    except Problem as problem:
        return await _page(visit, request_no, problem.body)
    return visit.go(f"{LIST}/{request_no}?said=scan_uploaded")


@router.get(f"{ONE}/files/{{file_id}}")
async def file(visit: Visitor, request_no: str, file_id: UUID) -> Response:
    """A scan as it was uploaded."""
    return await scans.give_out(visit.calls, await _load(visit, request_no), file_id)


@router.post(f"{ONE}/files/{{file_id}}/remove")
async def remove(visit: Visitor, request_no: str, file_id: UUID) -> Response:
    """Take a scan back."""
    path = f"/material-requests/{request_no}/files/{file_id}/remove"
    await visit.calls.post("registry", path, RequestView)
    return visit.go(f"{LIST}/{request_no}?said=scan_removed")


@router.post(f"{ONE}/answer")
async def answer(
    visit: Visitor,
    request_no: str,
    note: Annotated[str, Form(max_length=1000)] = "",
    key: Annotated[str, Form()] = "",
) -> Response:
    """Hand in."""
    try:
        path = f"/material-requests/{request_no}/answer"
        await visit.calls.post("registry", path, RequestView, AnswerRequest(note=note), key=key)
    except Problem as problem:
        return await _page(visit, request_no, problem.body)
    return visit.go(f"{LIST}?said=materials_answered")


async def _load(visit: Visit, request_no: str) -> RequestView:
    return await visit.calls.get("registry", f"/material-requests/{request_no}", RequestView)


async def _page(visit: Visit, request_no: str, problem: ProblemBody | None = None) -> Response:
    return visit.page(
        "materials/one.html",
        problem.status if problem else 200,
        case=await _load(visit, request_no),
        problem=problem,
    )
