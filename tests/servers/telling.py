"""A service tells its states again, as recovery asks it to."""

from __future__ import annotations

from typing import Any

from services.chassis.identity import SYSTEM
from tests.servers.bare_service import BareService


async def republished(service: BareService) -> list[tuple[str, dict[str, Any]]]:
    """Type and body of every event that the service tells again, in order."""
    before, after = len(await service.events()), ""
    while after is not None:
        answer = await service.post("/outbox/republish", SYSTEM, {"after": after})
        assert answer.status_code == 200, answer.text
        after = answer.json()["after"]
    rows = await service.rows("SELECT type, body FROM outbox ORDER BY id")
    return [(row["type"], row["body"]) for row in rows[before:]]
