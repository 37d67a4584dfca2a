"""HTTP of written applications: the paths of contracts/http/applications.py."""

from typing import Annotated

from fastapi import APIRouter, Query

from contracts.http.applications import (
    AccountReceipt,
    ApplicationNo,
    ApplicationPage,
    ApplicationState,
    ApplicationView,
    CheckApplication,
    ReceiveApplication,
    ReturnApplication,
)
from contracts.http.paging import PAGE_SIZE
from contracts.values import EmployerNo
from services.chassis.http import Work, WorkRoute
from services.registry.api.parameters import PageNo, Size, Text
from services.registry.commands import applications as commands
from services.registry.commands import finishing
from services.registry.queries import applications as queries

router = APIRouter(route_class=WorkRoute)
State = Annotated[ApplicationState | None, Query()]


@router.post("/employers/{employer_no}/applications")
async def receive(work: Work, employer_no: EmployerNo, asked: ReceiveApplication) -> ApplicationView:
    """Receive a written application."""
    return await commands.receive(work, employer_no, asked)


@router.get("/employers/{employer_no}/applications")
async def of_employer(
    work: Work, employer_no: EmployerNo, page: PageNo = 1, size: Size = PAGE_SIZE
) -> ApplicationPage:
    """An employer's own applications."""
    return await queries.of_employer(work, employer_no, page=page, size=size)


@router.get("/applications")
async def applications(
    work: Work, state: State = None, text: Text = "", page: PageNo = 1, size: Size = PAGE_SIZE
) -> ApplicationPage:
    """The officer's list."""
    return await queries.applications(work, state=state, text=text, page=page, size=size)


@router.get("/applications/{application_no}")
async def application(work: Work, application_no: ApplicationNo) -> ApplicationView:
    """One application."""
    return await queries.application(work, application_no)


@router.post("/applications/{application_no}/check")
async def check(work: Work, application_no: ApplicationNo, asked: CheckApplication) -> ApplicationView:
    """The materials are in order."""
    return await commands.check(work, application_no, asked)


@router.post("/applications/{application_no}/return")
async def give_back(work: Work, application_no: ApplicationNo, asked: ReturnApplication) -> ApplicationView:
    """The materials are not in order."""
    return await commands.give_back(work, application_no, asked)


@router.post("/applications/{application_no}/finish")
async def finish(work: Work, application_no: ApplicationNo) -> AccountReceipt:
    """Do what was applied for."""
    return await finishing.finish(work, application_no)
