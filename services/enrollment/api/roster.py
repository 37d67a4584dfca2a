"""Roster, names, to-do and the lists a clerk chooses from."""

from uuid import UUID

from fastapi import APIRouter

from contracts.http.enrollment import Choices, PersonNames, PersonNos, RosterPage, RosterRow, ToDo
from contracts.http.paging import PAGE_SIZE
from services.chassis.http import Work, WorkRoute
from services.enrollment.api.parameters import Flag, OfEmployer, PageNo, Size, Text
from services.enrollment.choices import choices as all_choices
from services.enrollment.queries import roster as lists
from services.enrollment.queries import to_do as tasks
from services.enrollment.reach import require_reader

router = APIRouter(route_class=WorkRoute)


@router.get("/roster")
async def roster(
    work: Work,
    text: Text = "",
    page: PageNo = 1,
    size: Size = PAGE_SIZE,
    ended: Flag = False,  # noqa: FBT002  # a query parameter by its name
    employer_no: OfEmployer = "",
) -> RosterPage:
    """Insured persons by pinyin."""
    return await lists.roster(work, text=text, ended=ended, employer_no=employer_no, page=page, size=size)


@router.get("/roster/{enrollment_id}")
async def roster_row(work: Work, enrollment_id: UUID) -> RosterRow:
    """One insured person."""
    return await lists.roster_row(work, enrollment_id)


@router.post("/persons/names")
async def names(work: Work, asked: PersonNos) -> PersonNames:
    """Names in bulk."""
    return await lists.names(work, asked)


@router.get("/to-do")
async def to_do(work: Work) -> ToDo:
    """What an employer has to do."""
    return await tasks.to_do(work)


@router.get("/choices")
async def choices(work: Work) -> Choices:
    """Columns of the sheet and lists."""
    require_reader(work.caller)
    return all_choices()
