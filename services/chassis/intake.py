"""Intake of a batch: inbox, effects and outbox in one transaction; then message by message; then parking."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, quote_from_bytes
from uuid import UUID

from sqlalchemy import insert, text

from services.chassis.clocks import wall_now
from services.chassis.consumers import Received
from services.chassis.failures import is_infrastructure
from services.chassis.identity import SYSTEM
from services.chassis.reading import Message, read, said
from services.chassis.runtime import Chassis
from services.chassis.work import INBOX_CHANNEL, UnitOfWork, day_of, work_scope

if TYPE_CHECKING:
    from services.chassis.reading import Record

log = logging.getLogger(__name__)
TRIES = 3
_ENTER = text(
    "INSERT INTO inbox (day, event_id, topic) "
    "SELECT * FROM unnest(CAST(:days AS date[]), CAST(:ids AS uuid[]), CAST(:topics AS varchar[])) "
    "ON CONFLICT DO NOTHING RETURNING event_id"
)
_PARKED = text(
    "SELECT subject FROM dead_letters "
    "WHERE resolved_at IS NULL AND subject = ANY(CAST(:subjects AS varchar[]))"
)


class Intake:
    """Takes batches for one process."""

    def __init__(self, chassis: Chassis) -> None:
        self._chassis = chassis

    async def take(self, records: Sequence[Record]) -> None:
        """Take a batch whole, or else each message alone; infrastructure failures pass to the caller."""
        messages = [read(record) for record in records]
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
            await self._note_foreign([m for m in messages if m.foreign], work)
            fresh = await self._enter([m.received for m in messages if m.received], work)
            if waiting := await self._behind(fresh, work):
                raise ValueError(f"{len(waiting)} messages stand behind parked ones")
            await self._apply(fresh, work)
        self._count(fresh, len(messages))

    async def _note_foreign(self, messages: Sequence[Message], work: UnitOfWork) -> None:
        """Enter what is passed over, or recovery would send it for ever."""
        ids = {m.foreign: m.record.topic for m in messages if m.foreign}
        if ids:
            values = {"days": [day_of(i) for i in ids], "ids": list(ids), "topics": list(ids.values())}
            await work.session.execute(_ENTER, values)

    async def _enter(self, received: Sequence[Received[Any]], work: UnitOfWork) -> list[Received[Any]]:
        """Enter ids in the inbox; only those not met before come back, in order."""
        first: dict[UUID, Received[Any]] = {}
        for item in received:
            first.setdefault(item.id, item)
        ids = sorted(first)
        values = {"days": [day_of(i) for i in ids], "ids": ids, "topics": [first[i].topic for i in ids]}
        entered = set((await work.session.execute(_ENTER, values)).scalars())
        return [item for item in first.values() if item.id in entered]

    async def _behind(self, received: Sequence[Received[Any]], work: UnitOfWork) -> list[Received[Any]]:
        """Those whose subject has an open parked message and that do not replace it by full state."""
        subjects = {"subjects": list({item.subject for item in received})}
        parked = set((await work.session.execute(_PARKED, subjects)).scalars())
        return [item for item in received if item.subject in parked and not item.event.FULL_STATE]

    async def _apply(self, received: Sequence[Received[Any]], work: UnitOfWork) -> None:
        await self._chassis.service.consumers.lock_batch(work, received)
        for model, run in groupby(received, key=lambda item: type(item.event)):
            if handler := self._chassis.service.consumers.handler(model):
                await handler(work, list(run))

    async def _take_alone(self, message: Message) -> None:
        """Try one message three times, then park it; what stands behind a parked one is parked at once."""
        error = message.error
        for attempt in range(1, TRIES + 1):
            if message.error:
                break
            try:
                await self._take_together([message])
                return
            except Exception as failure:
                if is_infrastructure(failure):
                    raise
                error = said(failure)
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
                    headers=[[quote(name), quote_from_bytes(value or b"")] for name, value in record.headers],
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
