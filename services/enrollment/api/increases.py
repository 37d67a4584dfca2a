"""增员 and its counter."""

from typing import Annotated

from fastapi import APIRouter, Query

from contracts.http.enrollment import (
    CounterConfirm,
    CounterReturn,
    IncreaseBatch,
    IncreasePage,
    IncreaseResult,
    IncreaseState,
    IncreaseView,
    Preview,
    Printed,
    PrintedCount,
    RawRows,
)
from contracts.http.paging import PAGE_SIZE
from services.chassis.http import Work, WorkRoute
from services.enrollment.api.parameters import Flag, OfEmployer, PageNo, Size
from services.enrollment.commands import counter, withdrawing
from services.enrollment.commands import increases as submission
from services.enrollment.commands import printed as prints
from services.enrollment.queries import examination
from services.enrollment.queries import increases as lists
from services.enrollment.reach import acting_employer

router = APIRouter(route_class=WorkRoute)
State = Annotated[IncreaseState | None, Query()]


@router.post("/increases/preview")
async def preview(work: Work, asked: RawRows) -> Preview:
    """A sheet computed; nothing is stored."""
    return await examination.preview(work, await acting_employer(work, lock=False), asked.rows)


@router.post("/increases/printed")
async def printed(work: Work, asked: Printed) -> PrintedCount:
    """增加表 printed."""
    return await prints.printed(work, asked)


@router.post("/increases")
async def submit(work: Work, asked: IncreaseBatch) -> IncreaseResult:
    """Send increases."""
    return await submission.submit(work, asked)


@router.get("/increases")
async def increases(
    work: Work,
    state: State = None,
    page: PageNo = 1,
    size: Size = PAGE_SIZE,
    unprinted: Flag = False,  # noqa: FBT002  # a query parameter by its name
    clear: Flag = False,  # noqa: FBT002  # as above
    employer_no: OfEmployer = "",
) -> IncreasePage:
    """Increases of one employer or of an officer's district."""
    return await lists.increases(
        work, state=state, unprinted=unprinted, employer_no=employer_no, page=page, size=size, clear=clear
    )


@router.get("/increases/{submission_no}")
async def increase(
    work: Work,
    submission_no: str,
    clear: Flag = False,  # noqa: FBT002  # a query parameter by its name
) -> IncreaseView:
    """One increase."""
    return await lists.increase(work, submission_no, clear=clear)


@router.post("/increases/{submission_no}/confirm")
async def confirm(work: Work, submission_no: str, asked: CounterConfirm) -> IncreaseView:
    """柜台确认."""
    return await counter.confirm(work, submission_no, asked)


@router.post("/increases/{submission_no}/return")
async def give_back(work: Work, submission_no: str, asked: CounterReturn) -> IncreaseView:
    """退回."""
    return await counter.give_back(work, submission_no, asked)


@router.post("/increases/{submission_no}/withdraw")
async def withdraw(work: Work, submission_no: str) -> IncreaseView:
    """撤销."""
    return await withdrawing.withdraw(work, submission_no)
