"""Replay of a parked message, in order of its subject."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, unquote_to_bytes

from aiokafka import ConsumerRecord
from sqlalchemy import text

from services.chassis.clocks import wall_now
from services.chassis.failures import is_infrastructure
from services.chassis.identity import SYSTEM
from services.chassis.reading import Message, read, said
from services.chassis.runtime import Chassis
from services.chassis.work import INBOX_CHANNEL, work_scope

_EARLIER = text(
    "SELECT count(*) FROM dead_letters WHERE resolved_at IS NULL AND subject = :subject AND id < :id"
)


async def replay_parked(chassis: Chassis, letter_id: int) -> str:
    """Handle a parked message again, in order of its subject; returns an error text or an empty one."""
    try:
        return await _replay(chassis, letter_id)
    except Exception as error:
        if is_infrastructure(error):
            raise
        return said(error)


async def _replay(chassis: Chassis, letter_id: int) -> str:
    table = chassis.service.tables.dead_letters
    async with work_scope(chassis, SYSTEM, notify=INBOX_CHANNEL) as work:
        row = await work.session.get(table, letter_id, with_for_update=True)
        if row is None or row.resolved_at is not None:
            return ""
        if row.subject and await work.session.scalar(_EARLIER, {"subject": row.subject, "id": letter_id}):
            return "an earlier message of the same subject is still parked"
        message = _message(row)
        if message.received is None:
            return message.error or "unknown type"
        if handler := chassis.service.consumers.handler(type(message.received.event)):
            await handler(work, [message.received])
        row.resolved_at = wall_now()
        work.session.add(row)
    return ""


def _message(row: Any) -> Message:
    headers = tuple((unquote(name), unquote_to_bytes(value)) for name, value in row.headers)
    return read(ConsumerRecord(row.topic, 0, 0, 0, 0, row.key, row.value, None, 0, 0, headers))
