"""HTTP of register entries, openings, districts and coverage."""

from typing import Annotated

from fastapi import APIRouter, Query

from contracts.http.paging import PAGE_SIZE
from contracts.http.registry import (
    CoverageReport,
    Districts,
    EmployerPage,
    EmployerView,
    OpeningReceipt,
    OpeningView,
    OpenService,
    RegisterEmployer,
    SpecialistView,
)
from contracts.values import EmployerNo
from services.chassis.http import Work, WorkRoute
from services.registry.api.parameters import PageNo, Size, Text
from services.registry.commands import opening as openings
from services.registry.commands import register as registration
from services.registry.queries import employers as queries

router = APIRouter(route_class=WorkRoute)
Opened = Annotated[bool | None, Query()]


@router.post("/employers")
async def register(work: Work, asked: RegisterEmployer) -> EmployerView:
    """社会保险登记."""
    return await registration.register_employer(work, asked)


@router.get("/employers")
async def employers(
    work: Work, text: Text = "", page: PageNo = 1, size: Size = PAGE_SIZE, opened: Opened = None
) -> EmployerPage:
    """Search in the officer's district."""
    return await queries.employers(work, text=text, page=page, size=size, opened=opened)


@router.get("/employers/{employer_no}")
async def employer(work: Work, employer_no: EmployerNo) -> EmployerView:
    """One register entry."""
    return await queries.employer(work, employer_no)


@router.post("/employers/{employer_no}/opening")
async def open_service(work: Work, employer_no: EmployerNo, asked: OpenService) -> OpeningReceipt:
    """Open the online service."""
    return await openings.open_service(work, employer_no, asked)


@router.get("/employers/{employer_no}/opening")
async def opening(work: Work, employer_no: EmployerNo) -> OpeningView:
    """The opening as recorded."""
    return await queries.opening(work, employer_no)


@router.get("/employers/{employer_no}/specialist")
async def specialist(work: Work, employer_no: EmployerNo) -> SpecialistView:
    """The current specialist."""
    return await queries.specialist(work, employer_no)


@router.get("/districts")
async def districts(work: Work) -> Districts:
    """Districts in force today."""
    return await queries.districts(work)


@router.get("/coverage")
async def coverage(work: Work) -> CoverageReport:
    """Registered against opened, by district."""
    return await queries.coverage(work)
