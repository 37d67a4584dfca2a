"""HTTP of opening cases: the paths of contracts/http/openings.py."""

from typing import Annotated

from fastapi import APIRouter, Query

from contracts.http.openings import (
    CaseNo,
    FinishOpening,
    OpeningCase,
    OpeningCasePage,
    OpeningReason,
    OpeningState,
    ReceiveOpening,
    ServiceView,
)
from contracts.http.paging import PAGE_SIZE
from contracts.http.registry import OpeningReceipt
from contracts.values import EmployerNo
from services.chassis.http import Work, WorkRoute
from services.registry.api.parameters import PageNo, Size, Text
from services.registry.commands import finishing_opening as finishing
from services.registry.commands import opening_cases as commands
from services.registry.queries import openings as queries

router = APIRouter(route_class=WorkRoute)
State = Annotated[OpeningState | None, Query()]


@router.post("/employers/{employer_no}/opening-cases")
async def receive(work: Work, employer_no: EmployerNo, asked: ReceiveOpening) -> OpeningCase:
    """Begin a case."""
    return await commands.receive(work, employer_no, asked)


@router.get("/opening-cases")
async def cases(
    work: Work, state: State = None, text: Text = "", page: PageNo = 1, size: Size = PAGE_SIZE
) -> OpeningCasePage:
    """The officer's list."""
    return await queries.cases(work, state=state, text=text, page=page, size=size)


@router.get("/opening-cases/{case_no}")
async def case(work: Work, case_no: CaseNo) -> OpeningCase:
    """One case."""
    return await queries.case(work, case_no)


@router.post("/opening-cases/{case_no}/again")
async def ask_again(work: Work, case_no: CaseNo, asked: OpeningReason) -> OpeningCase:
    """Something is to be put right."""
    return await commands.ask_again(work, case_no, asked)


@router.post("/opening-cases/{case_no}/refuse")
async def refuse(work: Work, case_no: CaseNo, asked: OpeningReason) -> OpeningCase:
    """The service is not opened."""
    return await commands.refuse(work, case_no, asked)


@router.post("/opening-cases/{case_no}/open")
async def open_case(work: Work, case_no: CaseNo, asked: FinishOpening) -> OpeningReceipt:
    """Open the service."""
    return await finishing.open_case(work, case_no, asked)


@router.get("/employers/{employer_no}/service")
async def service(work: Work, employer_no: EmployerNo) -> ServiceView:
    """Where the online service stands."""
    return await queries.service(work, employer_no)
