"""Replicas of the probe, each test on a database of its own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import pytest

from contracts.events.base import PARTITIONS, Event
from contracts.events.registry import EmployerChanged, MaterialsRequested, SpecialistChanged
from deploy.local.databases import ensure_database
from deploy.local.postgres import OWNER, Cluster
from services.chassis import chassis_schema
from services.chassis.days import Jobs
from tests.chassis.log import Log, until
from tests.chassis.probe import TABLES_OF_ITS_OWN, Hearing, Probe, replica, service, settings
from tests.servers.postgres import Databases

ROLE = "probe_app"
HEARS = (SpecialistChanged, EmployerChanged, MaterialsRequested)
NUMBERS = count(1)


@dataclass
class Scripts:
    """Runs the chassis's own DDL as the owner of a database."""

    cluster: Cluster
    database: str

    def execute(self, sqltext: str, /) -> None:
        self.cluster.sql(f"SET ROLE {OWNER}; {sqltext}", self.database)


@pytest.fixture(scope="session")
def probe_template(postgres_server: Cluster) -> str:
    postgres_server.sql(f"CREATE ROLE {ROLE} LOGIN")
    ensure_database(postgres_server, "probe", ROLE)
    scripts = Scripts(postgres_server, "probe")
    chassis_schema.create(scripts)
    scripts.execute(TABLES_OF_ITS_OWN)
    return "probe"


@dataclass
class Probes:
    """Makes databases and replicas, and takes them away again."""

    cluster: Cluster
    kept: Databases
    stack: AsyncExitStack
    kafka: str = "127.0.0.1:1"
    number: int = field(default_factory=lambda: next(NUMBERS))
    databases: list[str] = field(default_factory=list)

    def database(self) -> str:
        made = f"test_probe_{self.number}_{len(self.databases)}"
        self.kept.copy("probe", made)
        self.databases.append(made)
        return made

    def name(self, process: str) -> str:
        """A name, and so a consumer group, that no other test has."""
        return f"{process}-{self.number}"

    async def start(
        self,
        database: str = "",
        *,
        process: str = "probe",
        runs: bool = False,
        hears: Sequence[type[Event]] = HEARS,
        jobs: Jobs | None = None,
        **given: Any,
    ) -> Probe:
        """A replica on a database; a new one where none is given."""
        database = database or self.database()
        hearing = Hearing()
        made = service(self.name(process), hearing, hears, jobs)
        chosen = settings(self.cluster.dsn(ROLE, database), **{"kafka": self.kafka, **given})
        owner = self.cluster.dsn(OWNER, database)
        return await self.stack.enter_async_context(replica(made, chosen, owner, hearing, runs=runs))

    async def listener(self, log: Log, **given: Any) -> Probe:
        """A running replica on a new database whose group begins at the end of the log, with its partitions."""
        self.kafka = log.bootstrap
        await log.begin_at_the_end(self.name("listener"))
        made = await self.start(process="listener", runs=True, **given)
        await until(lambda: assigned(made), PARTITIONS)
        return made


async def assigned(probe: Probe) -> int:
    """Partitions a replica reads."""
    return probe.chassis.messaging.assigned if probe.chassis.messaging else 0


@pytest.fixture
async def log(kafka_bootstrap: str, probes: Probes) -> AsyncIterator[Log]:
    made = Log(kafka_bootstrap)
    probes.kafka = kafka_bootstrap
    await made.open()
    yield made
    await made.close()


@pytest.fixture
async def probes(
    postgres_server: Cluster, databases: Databases, probe_template: str
) -> AsyncIterator[Probes]:
    async with AsyncExitStack() as stack:
        made = Probes(postgres_server, databases, stack)
        yield made
    for database in made.databases:
        await asyncio.to_thread(databases.drop, postgres_server.dsn(OWNER, database))


@pytest.fixture
async def probe(probes: Probes) -> Probe:
    """One replica without broker."""
    return await probes.start()
