"""Intake of a batch: inbox, effects and outbox in one transaction; then message by message; then parking."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, TypeAlias

from aiokafka import ConsumerRecord
from pydantic import ValidationError
from sqlalchemy import insert, select, text

from contracts.events.base import Envelope
from contracts.events.catalogue import EVENTS
from services.chassis.clocks import wall_now
from services.chassis.consumers import Received
from services.chassis.failures import is_infrastructure
from services.chassis.identity import SYSTEM
from services.chassis.runtime import Chassis
from services.chassis.work import INBOX_CHANNEL, UnitOfWork, day_of, work_scope

log = logging.getLogger(__name__)
TRIES = 3
if TYPE_CHECKING:
    Record: TypeAlias = ConsumerRecord[bytes | None, bytes | None]
_ENTER = text(
    "INSERT INTO inbox (day, event_id, topic) "
    "SELECT * FROM unnest(CAST(:days AS date[]), CAST(:ids AS uuid[]), CAST(:topics AS varchar[])) "
    "ON CONFLICT DO NOTHING RETURNING event_id"
)


@dataclass(frozen=True)
class Message:
    """A record with its event, or with the error that keeps it from being one."""

    record: Record
    received: Received[Any] | None
    error: str = ""
    foreign: bool = False
    """A type this process does not know: noted in the inbox and passed over."""

    @property
    def subject(self) -> str:
        """The aggregate, as far as it is known."""
        return self.received.subject if self.received else ""


def read(record: Record) -> Message:
    """Read one record; what cannot be read becomes a message with an error, never an exception."""
    try:
        envelope = Envelope.from_headers({name: value.decode() for name, value in record.headers})
        model = EVENTS.get(envelope.type)
        if model is None:
            return Message(record, None, foreign=True)
        event = model.model_validate_json(record.value or b"")
    except (ValidationError, ValueError) as error:
        return Message(record, None, f"{type(error).__name__}: {error}"[:2000])
    return Message(
        record,
        Received(event, envelope.id, envelope.subject, envelope.source, envelope.time, record.topic),
    )


class Intake:
    """Takes batches for one process."""

    def __init__(self, chassis: Chassis) -> None:
        self._chassis = chassis

    async def take(self, records: Sequence[Record]) -> None:
        """Take a batch whole, or else each message alone; infrastructure failures pass to the caller."""
        messages = [message for message in map(read, records) if not message.foreign]
        if not messages:
            return
        try:
            await self._take_together(messages)
        except Exception as error:
            if is_infrastructure(error):
                raise
            log.warning("batch is taken one by one", extra={"cause": type(error).__name__})
            self._chassis.metrics.retries.labels(type(error).__name__).inc()
            for message in messages:
                await self._take_alone(message)

    async def _take_together(self, messages: Sequence[Message]) -> None:
        if any(message.error for message in messages):
            raise ValueError("unreadable message in batch")
        async with work_scope(self._chassis, SYSTEM, notify=INBOX_CHANNEL) as work:
            fresh = await self._enter([m.received for m in messages if m.received], work)
            if waiting := await self._behind(fresh, work):
                raise ValueError(f"{len(waiting)} messages stand behind parked ones")
            await self._apply(fresh, work)
        self._count(fresh, len(messages))

    async def _enter(self, received: Sequence[Received[Any]], work: UnitOfWork) -> list[Received[Any]]:
        """Enter ids in the inbox; only those not met before come back, in order."""
        first = {item.id: item for item in reversed(received)}
        ids = sorted(first)
        values = {"days": [day_of(i) for i in ids], "ids": ids, "topics": [first[i].topic for i in ids]}
        entered = set((await work.session.execute(_ENTER, values)).scalars())
        return [item for item in reversed(first.values()) if item.id in entered]

    async def _behind(self, received: Sequence[Received[Any]], work: UnitOfWork) -> list[Received[Any]]:
        """Those whose subject has an open parked message and that do not replace it by full state."""
        letters = self._chassis.service.tables.dead_letters
        subjects = {item.subject for item in received}
        query = select(letters.subject).where(letters.resolved_at.is_(None), letters.subject.in_(subjects))  # type: ignore[union-attr, attr-defined, call-overload]  # SQLModel types columns as their values
        parked = set((await work.session.execute(query)).scalars())
        return [item for item in received if item.subject in parked and not item.event.FULL_STATE]

    async def _apply(self, received: Sequence[Received[Any]], work: UnitOfWork) -> None:
        for model, run in groupby(received, key=lambda item: type(item.event)):
            if handler := self._chassis.service.consumers.handler(model):
                await handler(work, list(run))

    async def _take_alone(self, message: Message) -> None:
        """Try one message three times, then park it; what stands behind a parked one is parked at once."""
        error = message.error
        for attempt in range(1, TRIES + 1):
            if message.received is None:
                break
            try:
                await self._take_together([message])
                return
            except Exception as failure:
                if is_infrastructure(failure):
                    raise
                error = f"{type(failure).__name__}: {failure}"[:2000]
                log.warning("message fails", extra={"cause": type(failure).__name__, "attempt": attempt})
        await self._park(message, error)

    async def _park(self, message: Message, error: str) -> None:
        record, received = message.record, message.received
        async with work_scope(self._chassis, SYSTEM, notify=INBOX_CHANNEL) as work:
            if received and not await self._enter([received], work):
                return
            await work.session.execute(
                insert(self._chassis.service.tables.dead_letters).values(
                    event_id=received.id if received else None,
                    topic=record.topic,
                    type=type(received.event).type_name() if received else "",
                    subject=message.subject,
                    key=record.key,
                    value=record.value,
                    headers=[[name, value.decode("latin-1")] for name, value in record.headers],
                    error=error,
                    tries=TRIES if received else 1,
                    parked_at=wall_now(),
                )
            )
        self._chassis.metrics.parked.labels(record.topic).inc()

    def _count(self, fresh: Sequence[Received[Any]], met: int) -> None:
        metrics, now = self._chassis.metrics, wall_now()
        metrics.repeated.inc(met - len(fresh))
        for item in fresh:
            metrics.consumed.labels(type(item.event).type_name()).inc()
            metrics.lag_seconds.observe(max((now - item.time).total_seconds(), 0))


async def replay_parked(chassis: Chassis, letter_id: int) -> str:
    """Handle a parked message again, in order of its subject; returns an error text or an empty one."""
    table = chassis.service.tables.dead_letters
    async with work_scope(chassis, SYSTEM, notify=INBOX_CHANNEL) as work:
        row = await work.session.get(table, letter_id, with_for_update=True)
        if row is None or row.resolved_at is not None:
            return ""
        earlier = await work.session.scalar(
            text("SELECT count(*) FROM dead_letters WHERE resolved_at IS NULL AND subject = :s AND id < :i"),
            {"s": row.subject, "i": letter_id},
        )
        if earlier and row.subject:
            return "an earlier message of the same subject is still parked"
        headers = [(str(name), str(value).encode("latin-1")) for name, value in row.headers]
        message = read(_record(row.topic, row.key, row.value, headers))
        if message.received is None:
            return message.error or "unknown type"
        if handler := chassis.service.consumers.handler(type(message.received.event)):
            await handler(work, [message.received])
        row.resolved_at = wall_now()
        work.session.add(row)
    return ""


def _record(
    topic: str, key: bytes | None, value: bytes | None, headers: Sequence[tuple[str, bytes]]
) -> Record:
    return ConsumerRecord(topic, 0, 0, 0, 0, key, value, None, 0, 0, tuple(headers))
