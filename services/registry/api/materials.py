"""HTTP of material requests: the paths of contracts/http/materials.py."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from contracts.errors import registry as codes
from contracts.http.materials import (
    MOST_BYTES,
    AnswerRequest,
    AskAgain,
    RequestedMaterials,
    RequestMaterials,
    RequestNo,
    RequestPage,
    RequestSort,
    RequestState,
    RequestView,
)
from contracts.http.paging import PAGE_SIZE
from contracts.values import EmployerNo
from services.chassis.http import Work, WorkRoute
from services.chassis.problems import Problem
from services.registry import scans
from services.registry.api.parameters import PageNo, Size, Text
from services.registry.commands import materials as commands
from services.registry.commands import uploads
from services.registry.queries import materials as queries

router = APIRouter(route_class=WorkRoute)
State = Annotated[RequestState | None, Query()]
Sort = Annotated[RequestSort | None, Query()]
Overdue = Annotated[bool, Query()]
Name = Annotated[str, Query(max_length=400)]


@router.post("/material-requests")
async def request(work: Work, asked: RequestMaterials) -> RequestedMaterials:
    """Ask employers for materials, or order a correction."""
    return await commands.request(work, asked)


@router.get("/material-requests")
async def requests(  # a list's filters
    work: Work,
    state: State = None,
    sort: Sort = None,
    overdue: Overdue = False,  # noqa: FBT002  # a query parameter
    text: Text = "",
    page: PageNo = 1,
    size: Size = PAGE_SIZE,
) -> RequestPage:
    """The officer's list."""
    return await queries.requests(
        work, state=state, sort=sort, overdue=overdue, text=text, page=page, size=size
    )


@router.get("/employers/{employer_no}/material-requests")
async def of_employer(
    work: Work, employer_no: EmployerNo, page: PageNo = 1, size: Size = PAGE_SIZE
) -> RequestPage:
    """What one employer is asked for."""
    return await queries.of_employer(work, employer_no, page=page, size=size)


@router.get("/material-requests/{request_no}")
async def one(work: Work, request_no: RequestNo) -> RequestView:
    """One request."""
    return await queries.one(work, request_no)


@router.post("/material-requests/{request_no}/files")
async def upload(work: Work, request: Request, request_no: RequestNo, name: Name = "") -> RequestView:
    """A scan as the body; nothing beyond the limit is read."""
    return await uploads.upload(work, request_no, name, await _content(request))


@router.get("/material-requests/{request_no}/files/{file_id}")
async def file(work: Work, request_no: RequestNo, file_id: UUID) -> Response:
    """The content of a scan."""
    found = await queries.file(work, request_no, file_id)
    return Response(await scans.read(work.chassis, file_id), media_type=found.media_type)


@router.post("/material-requests/{request_no}/files/{file_id}/remove")
async def remove(work: Work, request_no: RequestNo, file_id: UUID) -> RequestView:
    """Take a scan back."""
    return await uploads.remove(work, request_no, file_id)


@router.post("/material-requests/{request_no}/answer")
async def answer(work: Work, request_no: RequestNo, asked: AnswerRequest) -> RequestView:
    """Hand in."""
    return await commands.answer(work, request_no, asked)


@router.post("/material-requests/{request_no}/accept")
async def accept(work: Work, request_no: RequestNo) -> RequestView:
    """It suffices."""
    return await commands.accept(work, request_no)


@router.post("/material-requests/{request_no}/again")
async def ask_again(work: Work, request_no: RequestNo, asked: AskAgain) -> RequestView:
    """Something is missing."""
    return await commands.ask_again(work, request_no, asked)


async def _content(request: Request) -> bytes:
    content = bytearray()
    async for piece in request.stream():
        content += piece
        if len(content) > MOST_BYTES:
            raise Problem(codes.FILE_TOO_LARGE, field="file", megabytes=MOST_BYTES // 1024 // 1024)
    return bytes(content)
