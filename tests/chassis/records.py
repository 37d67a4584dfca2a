"""Records as a broker would hand them over, good and bad."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from aiokafka import ConsumerRecord

from contracts.events.base import Envelope, Event
from services.chassis.clocks import wall_now
from services.chassis.work import new_id

if TYPE_CHECKING:
    from services.chassis.reading import Record

Headers = list[tuple[str, bytes]]
TOPIC = "registry.employers"


def headers_of(event: Event, event_id: UUID | None = None, **changes: bytes) -> Headers:
    """An event's headers, some of them changed."""
    envelope = Envelope(
        id=event_id or new_id(),
        type=event.type_name(),
        source="registry",
        subject=event.subject(),
        time=wall_now(),
    )
    return [(name, changes.get(name, value)) for name, value in envelope.headers()]


def body_of(event: Event) -> bytes:
    return event.model_dump_json().encode()


def record(
    event: Event, event_id: UUID | None = None, *, body: bytes | None = None, **changes: bytes
) -> Record:
    """An event's record, with another body or other headers where they are given."""
    value = body_of(event) if body is None else body
    headers = headers_of(event, event_id, **changes)
    return ConsumerRecord(TOPIC, 0, 0, 0, 0, event.key().encode(), value, None, 0, len(value), tuple(headers))
