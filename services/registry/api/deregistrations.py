"""HTTP of 注销登记: the paths of contracts/http/deregistrations.py."""

from typing import Annotated

from fastapi import APIRouter, Query

from contracts.http.deregistrations import (
    DeregistrationNo,
    DeregistrationPage,
    DeregistrationState,
    DeregistrationView,
    FileDeregistration,
    RefuseDeregistration,
    StandingView,
)
from contracts.http.paging import PAGE_SIZE
from contracts.values import EmployerNo
from services.chassis.http import Work, WorkRoute
from services.registry.api.parameters import PageNo, Size, Text
from services.registry.commands import deregistrations as commands
from services.registry.queries import deregistrations as queries

router = APIRouter(route_class=WorkRoute)
State = Annotated[DeregistrationState | None, Query()]


@router.get("/employers/{employer_no}/standing")
async def standing(work: Work, employer_no: EmployerNo) -> StandingView:
    """What stands in the way."""
    return await queries.standing(work, employer_no)


@router.post("/employers/{employer_no}/deregistrations")
async def file(work: Work, employer_no: EmployerNo, asked: FileDeregistration) -> DeregistrationView:
    """File it."""
    return await commands.file(work, employer_no, asked)


@router.get("/employers/{employer_no}/deregistrations")
async def of_employer(
    work: Work, employer_no: EmployerNo, page: PageNo = 1, size: Size = PAGE_SIZE
) -> DeregistrationPage:
    """An employer's own."""
    return await queries.of_employer(work, employer_no, page=page, size=size)


@router.get("/deregistrations")
async def deregistrations(
    work: Work, state: State = None, text: Text = "", page: PageNo = 1, size: Size = PAGE_SIZE
) -> DeregistrationPage:
    """The officer's list."""
    return await queries.deregistrations(work, state=state, text=text, page=page, size=size)


@router.get("/deregistrations/{deregistration_no}")
async def deregistration(work: Work, deregistration_no: DeregistrationNo) -> DeregistrationView:
    """One case."""
    return await queries.deregistration(work, deregistration_no)


@router.post("/deregistrations/{deregistration_no}/accept")
async def accept(work: Work, deregistration_no: DeregistrationNo) -> DeregistrationView:
    """Accept."""
    return await commands.accept(work, deregistration_no)


@router.post("/deregistrations/{deregistration_no}/refuse")
async def refuse(
    work: Work, deregistration_no: DeregistrationNo, asked: RefuseDeregistration
) -> DeregistrationView:
    """Refuse."""
    return await commands.refuse(work, deregistration_no, asked)


@router.post("/deregistrations/{deregistration_no}/withdraw")
async def withdraw(work: Work, deregistration_no: DeregistrationNo) -> DeregistrationView:
    """Withdraw."""
    return await commands.withdraw(work, deregistration_no)
