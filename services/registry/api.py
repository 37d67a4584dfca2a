"""HTTP of registry: the paths of contracts/http/registry.py."""

from typing import Annotated

from fastapi import APIRouter, Query, Request

from contracts.http.paging import PAGE_SIZE
from contracts.http.registry import (
    ChangePassword,
    CoverageReport,
    Districts,
    EmployerPage,
    EmployerView,
    LoggedIn,
    LogIn,
    NewAccount,
    NewOfficer,
    Officers,
    OpeningReceipt,
    OpeningView,
    OpenService,
    RegisterEmployer,
    SpecialistView,
)
from contracts.values import EmployerNo
from services.chassis.http import Work, WorkRoute, caller_of, chassis_of
from services.registry import queries
from services.registry.commands import log_in as log_ins
from services.registry.commands import officers as officer_accounts
from services.registry.commands import opening as openings
from services.registry.commands import password as passwords
from services.registry.commands import register as registration

router = APIRouter(route_class=WorkRoute)
passwords_router = APIRouter()
"""Routes that verify a password: they open their own short units of work around the slow hash."""
Text = Annotated[str, Query(max_length=200)]
PageNo = Annotated[int, Query(ge=1)]
Size = Annotated[int, Query(ge=1, le=1000)]
Opened = Annotated[bool | None, Query()]


@passwords_router.post("/log-in")
async def log_in(request: Request, asked: LogIn) -> LoggedIn:
    """Account and password."""
    chassis = chassis_of(request)
    return await log_ins.log_in(chassis, caller_of(request, chassis), asked)


@passwords_router.post("/password")
async def change_password(request: Request, asked: ChangePassword) -> LoggedIn:
    """A new password of one's own."""
    chassis = chassis_of(request)
    return await passwords.change_password(chassis, caller_of(request, chassis), asked)


@router.post("/officers")
async def create_officer(work: Work, asked: NewOfficer) -> NewAccount:
    """A new officer's account."""
    return await officer_accounts.create_officer(work, asked)


@router.get("/officers")
async def officers(work: Work) -> Officers:
    """The officers an administrator may see."""
    return await queries.officers(work)


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
