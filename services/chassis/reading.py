"""A record of the broker read as an event, or as the error that keeps it from being one; never an exception."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias
from uuid import UUID

from aiokafka import ConsumerRecord

from contracts.events.base import Envelope
from contracts.events.catalogue import EVENTS
from services.chassis.consumers import Received
from services.chassis.work import day_of

if TYPE_CHECKING:
    Record: TypeAlias = ConsumerRecord[bytes | None, bytes | None]


@dataclass(frozen=True)
class Message:
    """A record with its event, or with the error that keeps it from being one."""

    record: Record
    received: Received[Any] | None
    error: str = ""
    foreign: UUID | None = None
    """Id of an event of a type this process does not know: noted in the inbox and passed over."""

    @property
    def subject(self) -> str:
        """The aggregate, as far as it is known."""
        return self.received.subject if self.received else ""


def _envelope(record: Record) -> Envelope:
    """The headers as an envelope; ValueError also for what PostgreSQL could not keep: a zero byte, an id of no day."""
    headers = {name: (value or b"").decode() for name, value in record.headers}
    if any("\0" in value for value in headers.values()):
        raise ValueError("a header holds a zero byte")
    envelope = Envelope.from_headers(headers)
    day_of(envelope.id)
    return envelope


def read(record: Record) -> Message:
    """Read one record; what cannot be read becomes a message with an error, never an exception."""
    try:
        envelope = _envelope(record)
        model = EVENTS.get(envelope.type)
        if model is None:
            return Message(record, None, foreign=envelope.id)
        event = model.model_validate_json(record.value or b"")
    except ValueError as error:
        return Message(record, None, said(error))
    return Message(
        record,
        Received(event, envelope.id, envelope.subject, envelope.source, envelope.time, record.topic),
    )


def said(error: Exception) -> str:
    """An error as it is kept with a parked message."""
    return f"{type(error).__name__}: {error}"[:2000].replace("\0", "")
