"""Scans by the JSON API: the file is the body, and the answer of a download is the file."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from contracts.http.materials import RequestView
from gateway import scans
from gateway.api.access import ApiCaller, calls_as

router = APIRouter()
ONE = "/material-requests/{request_no}"


@router.post(
    f"{ONE}/files",
    tags=["registry"],
    summary="上传扫描件",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                media_type: {"schema": {"type": "string", "format": "binary"}}
                for media_type in ("application/pdf", "image/jpeg", "image/png")
            },
        }
    },
)
async def upload(
    request: Request, caller: ApiCaller, request_no: str, name: Annotated[str, Query(max_length=400)] = ""
) -> RequestView:
    """A PDF, JPEG or PNG as body, told by its bytes."""
    content = await scans.body_of(request)
    path = f"/material-requests/{request_no}/files?{urlencode({'name': name})}"
    return await calls_as(request, caller).upload("registry", path, RequestView, content)


@router.get(f"{ONE}/files/{{file_id}}", tags=["registry"], summary="一个扫描件")
async def download(request: Request, caller: ApiCaller, request_no: str, file_id: UUID) -> Response:
    """The scan."""
    calls = calls_as(request, caller)
    found = await calls.get("registry", f"/material-requests/{request_no}", RequestView)
    return await scans.give_out(calls, found, file_id)
