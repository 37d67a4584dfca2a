"""Read your own writes: a command names its events, the next query waits until they have arrived here."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import func, select, tuple_

from services.chassis.work import day_of

if TYPE_CHECKING:
    from services.chassis.runtime import Chassis

EVENT_IDS, AFTER, CAUGHT_UP = "event-ids", "after-events", "caught-up"
PATIENCE_SECONDS = 1.0
MOST_IDS = 16


def write_ids(last: Mapping[tuple[str, str], UUID]) -> str:
    """Header value: `topic/id` of the last event of each key, at most 16 of them."""
    pairs = list(last.items())[-MOST_IDS:]
    return " ".join(f"{topic}/{identity}" for (topic, _), identity in pairs)


def _wanted(chassis: Chassis, header: str) -> set[UUID]:
    topics = chassis.service.consumers.topics()
    wanted = set()
    for pair in header.split()[:MOST_IDS]:
        topic, _, text = pair.partition("/")
        if topic in topics:
            with suppress(ValueError):  # a client's header; what is no id can never arrive
                wanted.add(_event_id(text))
    return wanted


def _event_id(text: str) -> UUID:
    """An event's id; ValueError for anything else."""
    found = UUID(text)
    day_of(found)
    return found


async def _missing(chassis: Chassis, wanted: set[UUID]) -> bool:
    inbox = chassis.service.tables.inbox
    keys = [(day_of(identity), identity) for identity in wanted]
    query = select(func.count()).where(tuple_(inbox.day, inbox.event_id).in_(keys))
    async with chassis.sessions() as session:
        found: int = (await session.execute(query)).scalar_one()
    return found < len(wanted)


async def catch_up(chassis: Chassis, header: str) -> bool:
    """Wait at most a second for the named events that this service subscribes to; False if some lack."""
    wanted = _wanted(chassis, header)
    if not wanted:
        return True
    deadline = asyncio.get_running_loop().time() + PATIENCE_SECONDS
    came = chassis.inbox_news.next()
    while await _missing(chassis, wanted):
        left = deadline - asyncio.get_running_loop().time()
        if left <= 0:
            return False
        await came.wait(min(left, 0.2))
        came = chassis.inbox_news.next()
    return True
