"""办理提醒."""

from typing import Annotated

from fastapi import APIRouter, Query

from contracts.http.notices import ReadReminders, Reminders, Unread
from contracts.http.paging import PAGE_SIZE
from services.chassis.http import Work, WorkRoute
from services.notices.commands.reminders import read_reminders
from services.notices.queries import board, reminders

router = APIRouter(route_class=WorkRoute)


@router.get("/reminders")
async def reminders_of(
    work: Work, page: Annotated[int, Query(ge=1)] = 1, size: Annotated[int, Query(ge=1, le=1000)] = PAGE_SIZE
) -> Reminders:
    """Reminders, newest first."""
    return await reminders.reminders(work, page=page, size=size)


@router.post("/reminders/read")
async def read(work: Work, asked: ReadReminders) -> Unread:
    """These have been shown to the employer; answers what is still unread."""
    await read_reminders(work, asked.ids)
    return await board.unread(work)
