"""减员."""

from typing import Annotated

from fastapi import APIRouter, Query

from contracts.http.enrollment import (
    Decrease,
    DecreasePage,
    DecreaseState,
    DecreaseTable,
    DecreaseView,
    ForceDecrease,
    Printed,
)
from contracts.http.paging import PAGE_SIZE
from services.chassis.http import Work, WorkRoute
from services.enrollment.api.parameters import OfEmployer, PageNo, Size
from services.enrollment.commands import decrease_table, ending
from services.enrollment.commands import decreases as submission
from services.enrollment.queries import decreases as lists

router = APIRouter(route_class=WorkRoute)
State = Annotated[DecreaseState | None, Query()]


@router.post("/decreases")
async def decrease(work: Work, asked: Decrease) -> DecreaseView:
    """One decrease."""
    return await submission.decrease(work, asked)


@router.get("/decreases")
async def decreases(
    work: Work,
    state: State = None,
    page: PageNo = 1,
    size: Size = PAGE_SIZE,
    employer_no: OfEmployer = "",
) -> DecreasePage:
    """Decreases of one employer or of an officer's district."""
    return await lists.decreases(work, state=state, employer_no=employer_no, page=page, size=size)


@router.post("/decreases/table")
async def table(work: Work, asked: Printed) -> DecreaseTable:
    """减少表 for print, with numbers in clear."""
    return await decrease_table.table(work, asked)


@router.post("/decreases/{submission_no}/withdraw")
async def withdraw(work: Work, submission_no: str) -> DecreaseView:
    """Take back a 预约."""
    return await submission.withdraw(work, submission_no)


@router.post("/decreases/{submission_no}/force")
async def propose_force(work: Work, submission_no: str, asked: ForceDecrease) -> DecreaseView:
    """Propose to accept it without payment."""
    return await ending.propose_force(work, submission_no, asked)


@router.post("/decreases/{submission_no}/force/release")
async def release_force(work: Work, submission_no: str) -> DecreaseView:
    """The second officer's word."""
    return await ending.release_force(work, submission_no)
