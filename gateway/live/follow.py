"""What an employer's pages have to catch up with: the events that last changed their parts."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from gateway.live.hub import EVERYBODY
from gateway.sessions.visit import Visit
from gateway.tables import LiveState
from services.chassis.clocks import wall_now

YOUNG = timedelta(seconds=30)
"""Older events have arrived everywhere, or somebody is down and the page must not wait for him."""


def _age(event_id: str) -> timedelta:
    """Age of an event by the time inside its version-7 id."""
    return wall_now() - datetime.fromtimestamp((UUID(event_id).int >> 80) / 1000, UTC)


async def states_of(visit: Visit) -> tuple[str, dict[str, str]]:
    """The version of what concerns this employer, and for each part the event that changed it last."""
    async with visit.chassis.sessions() as database:
        rows = [await database.get(LiveState, name) for name in (visit.session.employer_no or "", EVERYBODY)]
    version = ".".join(str(row.version if row else 0) for row in rows)
    return version, {name: str(fact["after"]) for row in rows if row for name, fact in row.facts.items()}


async def following(visit: Visit) -> None:
    """Let this visit's answers have seen the events that woke the page, and note the version it shows."""
    visit.live, facts = await states_of(visit)
    young = [after for after in facts.values() if _age(after.rpartition("/")[2]) < YOUNG]
    visit.calls.after = " ".join(dict.fromkeys([*visit.calls.after.split(), *young]))
