"""Spreadsheets by the JSON API: the same sheet that the portal takes."""

from typing import Annotated

from fastapi import APIRouter, Header, Request, Response

from contracts.http.enrollment import Choices, IncreaseBatch, IncreaseResult
from gateway.api.access import ApiCaller, calls_as, for_employer
from gateway.sheets.read import read_increases
from services.chassis.http import KEY
from services.chassis.rendezvous import EVENT_IDS

router = APIRouter()
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@router.post(
    "/employers/{employer_no}/increases/sheet",
    tags=["enrollment"],
    summary="上传增员表",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {SHEET: {"schema": {"type": "string", "format": "binary"}}},
        }
    },
)
async def upload(
    request: Request,
    response: Response,
    caller: ApiCaller,
    employer_no: str,
    *,
    partial: bool = False,
    key: Annotated[str, Header(alias=KEY)] = "",
) -> IncreaseResult:
    """An xlsx file as body: all rows or none, or with `partial` those without faults."""
    calls = calls_as(request, for_employer(caller, employer_no))
    columns = (await calls.get("enrollment", "/choices", Choices)).columns
    batch = IncreaseBatch(rows=await read_increases(await request.body(), columns), partial=partial)
    before = calls.after
    answer = await calls.post("enrollment", "/increases", IncreaseResult, batch, key=key)
    if made := calls.after[len(before) :].strip():
        response.headers[EVENT_IDS] = made
    return answer
