"""HTTP of the working-day table: the paths of contracts/http/calendar.py."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from contracts.http.calendar import CalendarYear, NewWorkingDays, WorkingDaysDraft
from services.chassis.http import Work, WorkRoute
from services.registry.commands import calendar as commands
from services.registry.queries import calendar as queries

router = APIRouter(route_class=WorkRoute)
Year = Annotated[int, Query(ge=2000, le=2100)]


@router.get("/working-days")
async def calendar(work: Work, year: Year) -> CalendarYear:
    """A year of the table."""
    return await queries.calendar(work, year)


@router.post("/working-days")
async def draft(work: Work, asked: NewWorkingDays) -> WorkingDaysDraft:
    """Enter a year."""
    return await commands.draft(work, asked)


@router.post("/working-days/{draft_id}/release")
async def release(work: Work, draft_id: UUID) -> WorkingDaysDraft:
    """Release it."""
    return await commands.release(work, draft_id)
