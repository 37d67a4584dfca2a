"""A small service of the tests' own on the chassis: one tally a command raises, and every event it hears noted."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import httpx
from fastapi import APIRouter, FastAPI
from pydantic import BaseModel, SecretStr
from sqlalchemy import text
from sqlalchemy.orm import registry
from sqlmodel import SQLModel

from contracts.errors import chassis as codes
from contracts.events.base import Event
from contracts.events.registry import MaterialsRequested, SpecialistChanged
from contracts.identity import Caller
from contracts.values import Fen, Role
from services.chassis.app import create_app
from services.chassis.columns import new_metadata
from services.chassis.consumers import Consumers, Received
from services.chassis.days import Jobs
from services.chassis.http import Work, WorkRoute
from services.chassis.identity import sign
from services.chassis.policy import MissingPolicy
from services.chassis.problems import Problem
from services.chassis.runtime import Chassis, Service
from services.chassis.settings import Settings
from services.chassis.tables import tables_on
from services.chassis.work import UnitOfWork

KEY = bytes(range(32))
TABLES_OF_ITS_OWN = """
CREATE TABLE tallies (employer_no varchar PRIMARY KEY, total bigint NOT NULL, version integer NOT NULL);
CREATE TABLE effects (no bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, event_id uuid NOT NULL,
    employer_no varchar NOT NULL, version integer NOT NULL);
CREATE TABLE runs (no bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, day date NOT NULL, job varchar NOT NULL);
"""
"""No unique index on effects and runs: what happens twice stands there twice."""
RAISE = text(
    "INSERT INTO tallies VALUES (:employer, :amount, 1) ON CONFLICT (employer_no) "
    "DO UPDATE SET total = tallies.total + :amount, version = tallies.version + 1 RETURNING total, version"
)
EFFECT = text("INSERT INTO effects (event_id, employer_no, version) VALUES (:event_id, :employer, :version)")
PREPARER = Caller(account="3706000001", roles=frozenset({Role.PREPARER}), employer_no="3706000001")
ADMIN = Caller(account="guan.li", roles=frozenset({Role.SYSTEM_ADMIN}), district="370600")
AUDITOR = Caller(account="shen.ji", roles=frozenset({Role.AUDIT_ADMIN}), district="370600")
MOMENT = datetime(2016, 9, 7, 1, 0, tzinfo=UTC)


class Base(SQLModel, registry=registry(metadata=new_metadata())):
    pass


TABLES = tables_on(Base)


class Amount(BaseModel):
    amount: Fen
    employer_no: str = "3706000001"


class Tally(BaseModel):
    total: int


def changed(employer_no: str, version: int) -> SpecialistChanged:
    """A fact that does not carry the whole state of its subject, the employer's specialist."""
    return SpecialistChanged(
        employer_no=employer_no, version=version, old_account=None, new_account=employer_no, changed_at=MOMENT
    )


def requested(employer_no: str, version: int, number: str = "1") -> MaterialsRequested:
    """A fact with a finer subject."""
    return MaterialsRequested(
        employer_no=employer_no, version=version, request_no=number, what="工资表", deadline=date(2016, 9, 20)
    )


async def raise_tally(work: UnitOfWork, employer_no: str, amount: int) -> int:
    row = (await work.session.execute(RAISE, {"employer": employer_no, "amount": amount})).one()
    work.publish(changed(employer_no, row.version))
    work.audit("tally_raised", employer_no, employer_no=employer_no)
    return int(row.total)


def routes() -> APIRouter:
    router = APIRouter(route_class=WorkRoute)

    @router.post("/tally")
    async def tally(work: Work, asked: Amount) -> Tally:
        if asked.amount < 0:
            raise Problem(codes.CONFLICT, field="amount")
        return Tally(total=await raise_tally(work, asked.employer_no, asked.amount))

    @router.post("/other")
    async def other(work: Work, asked: Amount) -> Tally:
        return Tally(total=await raise_tally(work, asked.employer_no, asked.amount))

    @router.get("/effects")
    async def effects(work: Work) -> Tally:
        return Tally(total=(await work.session.execute(text("SELECT count(*) FROM effects"))).scalar_one())

    @router.get("/rates")
    async def rates(work: Work) -> Tally:
        del work
        raise MissingPolicy("费率", "2016-10")

    return router


Gate = Callable[[Received[Any]], Any]


@dataclass
class Hearing:
    """What the probe does with each event it hears, after its effect and before the commit."""

    gate: Gate | None = None
    tries: int = 0

    async def hear(self, work: UnitOfWork, received: Sequence[Received[Any]]) -> None:
        for item in received:
            self.tries += 1
            values = {"event_id": item.id, "employer": item.event.key(), "version": item.event.version}
            await work.session.execute(EFFECT, values)
            if self.gate is not None:
                await self.gate(item)


@dataclass
class Probe:
    """One replica: its app, its client, and what a test reads of it."""

    app: FastAPI
    client: httpx.AsyncClient
    owner_dsn: str
    hearing: Hearing = field(default_factory=Hearing)

    @property
    def chassis(self) -> Chassis:
        found: Chassis = self.app.state.chassis
        return found

    async def get(self, path: str, caller: Caller = PREPARER, *, after: str = "") -> httpx.Response:
        headers = sign(KEY, "GET", path, caller) | {"after-events": after}
        return await self.client.get(path, headers=headers)

    async def post(self, path: str, body: Any, caller: Caller = PREPARER, *, key: str = "") -> httpx.Response:
        headers = sign(KEY, "POST", path, caller) | ({"idempotency-key": key} if key else {})
        return await self.client.post(path, json=body, headers=headers)

    async def rows(self, query: str, **values: Any) -> list[tuple[Any, ...]]:
        async with self.chassis.sessions() as session:
            return [tuple(row) for row in await session.execute(text(query), values)]

    async def value(self, query: str, **values: Any) -> Any:
        return (await self.rows(query, **values))[0][0]

    async def effects(self) -> list[tuple[str, int]]:
        """(employer, version) of every effect, in order."""
        return [(n, v) for n, v in await self.rows("SELECT employer_no, version FROM effects ORDER BY no")]


def service(name: str, hearing: Hearing, hears: Sequence[type[Event]], jobs: Jobs | None = None) -> Service:
    consumers = Consumers()
    consumers.on(*hears)(hearing.hear)
    return Service(name, TABLES, (routes(),), consumers, jobs or Jobs())


def settings(dsn: str, **given: Any) -> Settings:
    plain = {"tick_seconds": 0.05, "seal_seconds": 0.05, "pool_size": 8, "kafka_idempotent": False}
    keys = {"1": KEY}
    return Settings(
        **plain | given, dsn=dsn, caller_key=SecretStr(KEY.hex()), data_keys=keys, lookup_keys=keys
    )


@asynccontextmanager
async def replica(
    made: Service, given: Settings, owner_dsn: str, hearing: Hearing, *, runs: bool
) -> AsyncIterator[Probe]:
    """One replica; `runs`: with relay, consumer, ticker and sealer, else only its HTTP and its database."""
    app = create_app(made, given)
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://probe") as client:
        probe = Probe(app, client, owner_dsn, hearing)
        if runs:
            async with app.router.lifespan_context(app):
                yield probe
            return
        try:
            yield probe
        finally:
            await probe.chassis.business.close()
            await probe.chassis.engine.dispose()
