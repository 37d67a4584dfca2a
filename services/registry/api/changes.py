"""HTTP of changes of registration data: the paths of contracts/http/changes.py."""

from typing import Annotated

from fastapi import APIRouter, Query

from contracts.http.changes import (
    ChangeNo,
    ChangePage,
    ChangeState,
    ChangeView,
    EmployerHistory,
    FileChange,
    RefuseChange,
)
from contracts.http.paging import PAGE_SIZE
from contracts.values import EmployerNo
from services.chassis.http import Work, WorkRoute
from services.registry.api.parameters import PageNo, Size, Text
from services.registry.commands import changes as commands
from services.registry.queries import changes as queries

router = APIRouter(route_class=WorkRoute)
State = Annotated[ChangeState | None, Query()]


@router.post("/employers/{employer_no}/changes")
async def file(work: Work, employer_no: EmployerNo, asked: FileChange) -> ChangeView:
    """File a change."""
    return await commands.file(work, employer_no, asked)


@router.get("/employers/{employer_no}/changes")
async def of_employer(
    work: Work, employer_no: EmployerNo, page: PageNo = 1, size: Size = PAGE_SIZE
) -> ChangePage:
    """An employer's own changes."""
    return await queries.of_employer(work, employer_no, page=page, size=size)


@router.get("/employers/{employer_no}/history")
async def history(work: Work, employer_no: EmployerNo) -> EmployerHistory:
    """Versions of the entry."""
    return await queries.history(work, employer_no)


@router.get("/changes")
async def changes(
    work: Work, state: State = None, text: Text = "", page: PageNo = 1, size: Size = PAGE_SIZE
) -> ChangePage:
    """The officer's list."""
    return await queries.changes(work, state=state, text=text, page=page, size=size)


@router.get("/changes/{change_no}")
async def change(work: Work, change_no: ChangeNo) -> ChangeView:
    """One change."""
    return await queries.change(work, change_no)


@router.post("/changes/{change_no}/accept")
async def accept(work: Work, change_no: ChangeNo) -> ChangeView:
    """Accept."""
    return await commands.accept(work, change_no)


@router.post("/changes/{change_no}/refuse")
async def refuse(work: Work, change_no: ChangeNo, asked: RefuseChange) -> ChangeView:
    """Refuse."""
    return await commands.refuse(work, change_no, asked)


@router.post("/changes/{change_no}/withdraw")
async def withdraw(work: Work, change_no: ChangeNo) -> ChangeView:
    """Withdraw."""
    return await commands.withdraw(work, change_no)
