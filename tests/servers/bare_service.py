"""One service on PostgreSQL, called over HTTP in this process and fed with records, without a broker."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

import httpx
from aiokafka import ConsumerRecord
from fastapi import FastAPI
from pydantic import BaseModel, SecretStr
from sqlalchemy import text
from starlette.routing import BaseRoute

from contracts.events.base import Envelope, Event
from contracts.events.catalogue import TOPICS
from contracts.identity import Caller
from services.chassis.clocks import SHANGHAI, wall_now
from services.chassis.days import Ticker
from services.chassis.identity import sign
from services.chassis.intake import Intake
from services.chassis.keeper import Keeper
from services.chassis.runtime import Chassis
from services.chassis.settings import Settings
from services.chassis.work import new_id
from tests.servers.documents import Sent, departures, named
from tests.servers.postgres import Databases, OwnClock
from tests.servers.stub_gateway import StubGateway, stub_gateway

KEY = bytes(range(32))
_PREPARED: dict[int, BaseRoute] = {}


@dataclass
class BareService:
    """A service whose answers, events and rows a test reads."""

    app: FastAPI
    client: httpx.AsyncClient
    clock: OwnClock
    banks: StubGateway

    @property
    def chassis(self) -> Chassis:
        """What the process holds."""
        found: Chassis = self.app.state.chassis
        return found

    async def get(self, path: str, caller: Caller) -> httpx.Response:
        """A signed GET."""
        target = httpx.URL(path).raw_path.decode()
        return await self.client.get(target, headers=sign(KEY, "GET", target, caller))

    async def post(
        self, path: str, caller: Caller, body: BaseModel | dict[str, Any] | None = None, **headers: str
    ) -> httpx.Response:
        """A signed POST."""
        content = body.model_dump(mode="json") if isinstance(body, BaseModel) else body
        signed = sign(KEY, "POST", path, caller) | headers
        return await self.client.post(path, json=content, headers=signed)

    async def events(self) -> list[tuple[str, str]]:
        """The whole outbox: (type, subject) in order."""
        return [
            (row["type"], row["subject"])
            for row in await self.rows("SELECT type, subject FROM outbox ORDER BY id")
        ]

    async def sent(self) -> list[Sent]:
        """The outbox as it goes to Kafka."""
        return [Sent(**row) for row in await self.rows("SELECT topic, type, body FROM outbox")]

    async def rows(self, query: str, **values: Any) -> list[dict[str, Any]]:
        """Rows as the service's own role sees them."""
        async with self.chassis.sessions() as session:
            return [dict(row._mapping) for row in await session.execute(text(query), values)]

    async def at(self, day: date, hour: int = 9) -> None:
        """Set the business clock."""
        moment = datetime(day.year, day.month, day.day, hour, tzinfo=SHANGHAI)
        self.clock.set(round((moment - wall_now()) / timedelta(seconds=1)))
        await self.chassis.business.refresh()

    async def run_days(self) -> None:
        """Run the day jobs that are due, as the ticker does."""
        keeper = Keeper(self.chassis.settings.dsn)
        await Ticker(self.chassis, keeper).catch_up(self.chassis.business.today())
        await keeper.close()

    async def take(self, *events: Event, ids: tuple[UUID, ...] = ()) -> None:
        """Take events as one batch through inbox and handlers."""
        read = {topic for topic, _ in named(self.chassis.service.name, "receive")}
        assert {event.topic() for event in events} <= read
        chosen = ids or tuple(new_id() for _ in events)
        await Intake(self.chassis).take([_record(event, i) for event, i in zip(events, chosen, strict=True)])


def _record(event: Event, event_id: UUID) -> ConsumerRecord[bytes | None, bytes | None]:
    source = TOPICS[event.topic()][0]
    envelope = Envelope(
        id=event_id, type=event.type_name(), source=source, subject=event.subject(), time=wall_now()
    )
    body = event.model_dump_json().encode()
    headers = tuple(envelope.headers())
    return ConsumerRecord(event.topic(), 0, 0, 0, 0, event.key().encode(), body, None, 0, len(body), headers)


@asynccontextmanager
async def _scans() -> AsyncIterator[str]:
    """A place for uploaded scans, gone with the service."""
    with TemporaryDirectory() as place:
        yield place


@asynccontextmanager
async def bare_service(
    databases: Databases, name: str, create: Callable[[Settings], FastAPI], day: date
) -> AsyncIterator[BareService]:
    """A service on a fresh clone of its migrated database, at nine o'clock of a business day."""
    dsn, owner = databases.fresh(name)
    clock = databases.fresh_clock()
    keys = {"1": KEY}
    async with stub_gateway(KEY) as banks, _scans() as scans:
        app = create(
            Settings(
                dsn=dsn,
                clock_dsn=clock.reader,
                caller_key=SecretStr(KEY.hex()),
                data_keys=keys,
                lookup_keys=keys,
                gateway_url=banks.url,
                files=Path(scans),
            )
        )
        transport = httpx.ASGITransport(app=_prepared(app))
        async with httpx.AsyncClient(transport=transport, base_url="http://service") as client:
            service = BareService(app, client, clock, banks)
            await service.at(day)
            try:
                yield service
                assert departures(name, await service.sent()) == []
            finally:
                await service.chassis.business.close()
                await service.chassis.engine.dispose()
    await asyncio.to_thread(clock.drop)
    await asyncio.to_thread(databases.drop, owner)


def _prepared(app: FastAPI) -> FastAPI:
    """The app with routes that it shares with every earlier app of the same routers.

    FastAPI works a route out when it is first looked up, 0.1 s for a gateway's. Routes keep no state: all of it
    hangs on `app.state`.
    """
    for place, route in enumerate(app.router.routes):
        if router := getattr(route, "original_router", None):
            app.router.routes[place] = _PREPARED.setdefault(id(router), route)
    return app
