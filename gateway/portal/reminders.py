"""办理提醒: what is due soon, each with the page where it is done; what is shown counts as read."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from contracts.http.notices import ReadReminders, Reminders, ReminderView, Unread
from gateway.parts import part
from gateway.sessions.visit import PageRoute, Visitor

router = APIRouter(route_class=PageRoute, include_in_schema=False)
PLACES = {
    "bill": "/bill/{}",
    "increase": "/increase/{}",
    "materials": "/materials/{}",
    "correction_order": "/materials/{}",
}
"""Matter → the page where it is done, by the reminder's reference."""


@router.get("/reminders")
async def reminders(visit: Visitor, page: Annotated[int, Query(ge=1)] = 1) -> Response:
    """Reminders, newest first."""
    found = await visit.calls.get("notices", "/reminders", Reminders, {"page": page})
    fresh = tuple(one.id for one in found.rows if not one.read)
    if fresh:
        await part(visit.calls.post("notices", "/reminders/read", Unread, ReadReminders(ids=fresh)))
    places = {one.id: place_of(one) for one in found.rows}
    return visit.page("notices/reminders.html", list=found, here="/reminders", places=places)


def place_of(reminder: ReminderView) -> str:
    """Where it is done; nothing where there is no page for it."""
    return PLACES.get(reminder.matter, "").format(reminder.reference)
