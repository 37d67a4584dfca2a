"""Scans between a browser and registry: read up to the limit, sent on, and given out so that no browser runs them."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from fastapi import Request, UploadFile
from starlette.responses import Response

from contracts.errors import chassis as codes
from contracts.http.materials import MOST_BYTES, RequestView
from gateway.pages import download
from services.chassis.calls import CallsAs
from services.chassis.problems import Problem


async def body_of(request: Request) -> bytes:
    """The body of a request as far as beyond the limit, so that registry refuses the file itself."""
    content = bytearray()
    async for piece in request.stream():
        content += piece
        if len(content) > MOST_BYTES:
            break
    return bytes(content)


async def send_on(calls: CallsAs, request_no: str, scan: UploadFile | None) -> RequestView:
    """Upload one scan; Problem for a file that is none."""
    content = await scan.read(MOST_BYTES + 1) if scan else b""
    query = urlencode({"name": (scan.filename or "") if scan else ""})
    path = f"/material-requests/{request_no}/files?{query}"
    return await calls.upload("registry", path, RequestView, content)


async def give_out(calls: CallsAs, request: RequestView, file_id: UUID) -> Response:
    """A scan of a request as a download; Problem NOT_FOUND for a file that is not its own."""
    found = next((file for file in request.files if file.id == file_id), None)
    if found is None:
        raise Problem(codes.NOT_FOUND)
    path = f"/material-requests/{request.request_no}/files/{file_id}"
    content, media_type = await calls.download("registry", path)
    return download(content, media_type, found.name)
