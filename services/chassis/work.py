"""The unit of work: the only place that commits. State, audit rows, outbox and inbox go in one transaction."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

import uuid_utils
from asyncpg.pgproto.pgproto import UUID as DriverUUID  # noqa: N811  # the library's name
from pydantic import BaseModel
from sqlalchemy import insert, text
from sqlalchemy.ext.asyncio import AsyncSession

from contracts.events.base import Event
from contracts.identity import Caller
from services.chassis.bulk import MANY, copy_rows
from services.chassis.clocks import at_midnight, wall_now

if TYPE_CHECKING:
    from services.chassis.runtime import Chassis

OUTBOX_CHANNEL, INBOX_CHANNEL = "outbox", "inbox"
# All events of a unit of work in one statement, which also wakes the relay: at thousands a second they are the load.
TELL = f"""
    WITH told AS (
        INSERT INTO outbox (day, event_id, topic, key, type, subject, time, body)
        SELECT day, event_id, topic, key, type, subject, time, CAST(body AS json)
        FROM unnest($1::date[], $2::uuid[], $3::varchar[], $4::varchar[], $5::varchar[], $6::varchar[],
                    $7::timestamptz[], $8::text[])
             WITH ORDINALITY n(day, event_id, topic, key, type, subject, time, body, place)
        ORDER BY place
    ) SELECT pg_notify('{OUTBOX_CHANNEL}', '')
"""  # noqa: S608  # built of our own names alone
_WAKE = text(f"SELECT pg_notify('{OUTBOX_CHANNEL}', '')")


def new_id() -> UUID:
    """A UUID of version 7: ordered by wall time, so that its day is known from itself.

    It is the database driver's own kind of UUID: made and written in a sixth of the time.
    """
    made: UUID = DriverUUID(uuid_utils.uuid7().bytes)
    return made


def day_of(event_id: UUID) -> date:
    """The UTC day inside a version-7 id: the partition of inbox and outbox."""
    return datetime.fromtimestamp((event_id.int >> 80) / 1000, UTC).date()


class _Fact(NamedTuple):
    """An outbox row, in the order of the statement's arrays."""

    day: date
    event_id: UUID
    topic: str
    key: str
    type: str
    subject: str
    time: datetime
    body: str


@dataclass(kw_only=True)
class Facts:
    """What a unit of work has to tell when it commits."""

    _events: list[_Fact] = field(default_factory=list)
    last_events: dict[tuple[str, str], UUID] = field(default_factory=dict)

    def publish(self, event: Event, *, event_id: UUID | None = None) -> UUID:
        """Add a fact to the outbox; lock the aggregate's row first, so that id order is commit order."""
        identity = event_id or new_id()
        topic, key = event.topic(), event.key()
        self.last_events[topic, key] = identity
        self._events.append(
            _Fact(
                day_of(identity),
                identity,
                topic,
                key,
                event.type_name(),
                event.subject(),
                wall_now(),
                event.model_dump_json(),
            )
        )
        return identity

    def told(self) -> list[list[Any]]:
        """The arrays of TELL."""
        return [list(column) for column in zip(*self._events, strict=True)]


@dataclass
class UnitOfWork(Facts):
    """One open transaction with its caller and its business time; commands take it and never commit."""

    chassis: Chassis
    session: AsyncSession
    caller: Caller
    now: datetime
    _acts: list[dict[str, Any]] = field(default_factory=list)
    wake_relay: bool = False

    @property
    def today(self) -> date:
        """The business date of this work."""
        return self.now.date()

    def audit(
        self,
        act: str,
        subject: str,
        *,
        employer_no: str | None = None,
        before: BaseModel | None = None,
        after: BaseModel | None = None,
    ) -> None:
        """Record an act of the caller; `before` and `after` must hold no personal data in clear."""
        self._acts.append(
            {
                "at": wall_now(),
                "business_at": self.now,
                "account": self.caller.account,
                "roles": ",".join(sorted(self.caller.roles)),
                "channel": self.caller.channel.value,
                "employer_no": employer_no or self.caller.employer_no,
                "act": act,
                "subject": subject,
                "before": before.model_dump(mode="json") if before else None,
                "after": after.model_dump(mode="json") if after else None,
            }
        )

    async def complete(self) -> None:
        """Write outbox and audit rows and wake the relay; called once by the chassis, just before the commit."""
        await self.session.flush()
        if self._acts:
            await self.session.execute(insert(self.chassis.service.tables.audit), self._acts)
        if len(self._events) >= MANY:
            await self.session.execute(_WAKE)
            await copy_rows(self.session, "outbox", _Fact._fields, self._events)
        elif self._events:
            await (await self.session.connection()).exec_driver_sql(TELL, tuple(self.told()))
        elif self.wake_relay:
            await self.session.execute(_WAKE)


@asynccontextmanager
async def work_scope(
    chassis: Chassis, caller: Caller, *, day: date | None = None, notify: str = ""
) -> AsyncIterator[UnitOfWork]:
    """Open a unit of work and commit it at the end; any exception rolls everything back.

    `day` makes it the work of that business day (day jobs); `notify` names a channel told at commit.
    """
    now = at_midnight(day) if day else chassis.business.now()
    async with chassis.sessions() as session:
        work = UnitOfWork(chassis, session, caller, now)
        yield work
        await work.complete()
        if notify:
            await session.execute(text("SELECT pg_notify(:channel, '')"), {"channel": notify})
        await session.commit()


@asynccontextmanager
async def read_scope(chassis: Chassis, caller: Caller) -> AsyncIterator[UnitOfWork]:
    """Open a read-only transaction that is rolled back at the end."""
    async with chassis.sessions() as session:
        await session.execute(text("SET TRANSACTION READ ONLY"))
        yield UnitOfWork(chassis, session, caller, chassis.business.now())
