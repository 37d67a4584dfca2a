"""All five processes, two replicas of each, with databases, ports and consumer groups as in production."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import asyncpg
import httpx
from prometheus_client.parser import text_string_to_metric_families

from contracts.http.chassis import Quiescence
from contracts.http.registry import NewOfficer
from contracts.identity import WHOLE_CITY
from contracts.values import Role
from deploy.local import table
from deploy.local.clock import Clock
from deploy.local.drain import lacking
from deploy.local.ports import free_ports
from deploy.local.secrets import Secrets, make
from services.chassis.clocks import plain_dsn
from services.chassis.serve import PROCESSES
from services.chassis.settings import Settings
from services.registry.bootstrap import bootstrap
from tests.flows.running import Running
from tests.servers.brokers import Broker, kind
from tests.servers.postgres import Databases

REPLICAS = 2
START_SECONDS, REST_SECONDS = 240.0, 240.0
OK = 200


@dataclass
class Fleet:
    """The running system; replica n of the gateway calls replica n of each owner."""

    broker: Broker
    databases: Databases
    secrets: Secrets = field(default_factory=make)
    replicas: dict[str, list[Running]] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)
    """Owner's address of each process's database."""
    client: httpx.AsyncClient = field(
        default_factory=lambda: httpx.AsyncClient(timeout=30.0, trust_env=False)
    )

    async def start(self) -> None:
        """Databases, clock at 2016-09-07, first officer, processes; ready when all say so."""
        dsns = {name: self.databases.fresh(name) for name in (*PROCESSES, "business_clock")}
        self.owners = {name: owner for name, (_, owner) in dsns.items()}
        await self.clock.open()
        for number in range(REPLICAS):
            ports = free_ports(PROCESSES, {})
            for name in PROCESSES:
                given = self._settings(name, number, ports, dsns)
                running = Running(f"{name}-{number}", name, ports[name], given)
                running.start()
                self.replicas.setdefault(name, []).append(running)
        await self._first_officer()
        await self.ready()

    @property
    def clock(self) -> Clock:
        """The shared business clock."""
        return Clock(self.owners["business_clock"])

    def _settings(
        self, name: str, number: int, ports: Mapping[str, int], dsns: Mapping[str, tuple[str, str]]
    ) -> dict[str, str]:
        common = table.common(self.secrets, {**ports, "broker": 0})
        own = {
            "SI_DSN": dsns[name][0],
            "SI_CLOCK_DSN": dsns["business_clock"][1],
            "SI_REPLICA": f"{name}-{number}",
            "SI_KAFKA": self.broker.bootstrap,
            "SI_KAFKA_IDEMPOTENT": "false" if kind() == "local" else "true",
            "SI_TICK_SECONDS": "0.3",
            "SI_SEAL_SECONDS": "1",
            "SI_LOG_LEVEL": "WARNING",
        }
        if name == "gateway":
            bank = json.dumps(self.secrets.bank_keys)
            own |= {"SI_BANK_KEYS": bank, "SI_SECURE_COOKIES": "false"}
        return common | own

    async def _first_officer(self) -> None:
        settings = self.settings("registry")
        roles = frozenset({Role.SECURITY_ADMIN})
        account = self.secrets.first_account
        first = NewOfficer(account=account, display_name="安全管理员", roles=roles, district=WHOLE_CITY)
        assert await bootstrap(settings, first, self.secrets.first_password)

    def settings(self, name: str) -> Settings:
        """Settings of a process's first replica."""
        given = self.replicas[name][0].settings
        return Settings(**{key.removeprefix("SI_").lower(): value for key, value in given.items()})  # type: ignore[arg-type]  # as they stand in an environment

    def url(self, name: str, number: int = 0) -> str:
        """Address of a replica."""
        return self.replicas[name][number].url

    async def launch(self, name: str, **settings: str) -> None:
        """Both replicas of a process become processes of their own, which can be killed."""
        await self.stop_all(name)
        for one in self.replicas[name]:
            await one.launch(**settings)
        await self.ready()

    async def kill(self, name: str) -> None:
        """SIGKILL both replicas of a process."""
        for one in self.replicas[name]:
            await one.kill()

    async def stop_all(self, name: str) -> None:
        """End both replicas of a process in order."""
        await asyncio.gather(*(one.stop() for one in self.replicas[name]))

    async def start_all(self, name: str) -> None:
        """Start both replicas of a process and wait until they are ready."""
        for one in self.replicas[name]:
            one.start()
        await self.ready()

    async def ready(self) -> None:
        """Wait until every running replica is ready; at the limit show who is not."""
        until = time.monotonic() + START_SECONDS
        waiting = [one for group in self.replicas.values() for one in group if one.runs]
        while waiting:
            asked = await asyncio.gather(*(self._health(one) for one in waiting))
            late = [(one, said) for one, said in zip(waiting, asked, strict=True) if said]
            assert time.monotonic() < until, [(one.name, said) for one, said in late]
            waiting = [one for one, _ in late]
            await asyncio.sleep(0.1 if waiting else 0)

    async def _health(self, one: Running) -> str:
        """What is wrong with a replica; empty when it is ready."""
        assert one.task is None or not one.task.done(), f"{one.name} has ended"
        assert one.child is None or one.child.returncode is None, f"{one.name} has ended"
        try:
            answer = await self.client.get(f"{one.url}/health")
        except httpx.TransportError as error:
            return type(error).__name__
        return "" if answer.status_code == OK else answer.text

    async def rest(self, patience: float = REST_SECONDS) -> None:
        """Quiescence: nothing unsent, unheard or pending, asked twice alike; else who is behind."""
        until, before = time.monotonic() + patience, None
        while True:
            states = await asyncio.gather(*(self.quiescence(name) for name in PROCESSES))
            behind = [*lacking(states), *(line for state in states for line in _pending(state))]
            if not behind and states == before:
                return
            assert time.monotonic() < until, f"not at rest: {behind}"
            before = states
            await asyncio.sleep(0.2)

    async def quiescence(self, name: str) -> Quiescence:
        """What a process still has to do."""
        for number in range(REPLICAS):
            if self.replicas[name][number].runs:
                response = await self.client.get(f"{self.url(name, number)}/quiescence")
                return Quiescence.model_validate_json(response.content)
        raise AssertionError(f"no replica of {name} runs")

    async def rows(self, process: str, query: str, *values: object) -> list[asyncpg.Record]:
        """Rows of a process's database."""
        connection = await asyncpg.connect(plain_dsn(self.owners[process]))
        try:
            found: list[asyncpg.Record] = await connection.fetch(query, *values)
        finally:
            await connection.close()
        return found

    async def until(self, process: str, query: str, values: Sequence[object], count: int) -> None:
        """Ask again and again until a query's first column says so many; fails at the limit."""
        connection = await asyncpg.connect(plain_dsn(self.owners[process]))
        until, found = time.monotonic() + REST_SECONDS, 0
        while (found := await connection.fetchval(query, *values)) < count:
            assert time.monotonic() < until, f"{process} has come to {found} of {count}"
        await connection.close()

    async def counted(self, metric: str) -> dict[str, float]:
        """What each replica has counted since it started, of all sorts together."""
        found: dict[str, float] = {}
        for one in (one for group in self.replicas.values() for one in group):
            text = (await self.client.get(f"{one.url}/metrics")).text
            samples = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
            found[one.name] = sum(sample.value for sample in samples if sample.name == metric)
        return found

    @asynccontextmanager
    async def shared(self, process: str, name: str) -> AsyncIterator[None]:
        """Whoever writes to this table waits."""
        connection = await asyncpg.connect(plain_dsn(self.owners[process]))
        async with connection.transaction():
            await connection.execute(f"LOCK TABLE {name} IN SHARE MODE")
            yield
        await connection.close()

    @asynccontextmanager
    async def away(self, process: str) -> AsyncIterator[None]:
        """A process's database lets nobody in and has thrown out who was there."""
        name = self.owners[process].partition("@/")[2].partition("?")[0]
        administrator = self.databases.administrator
        administrator.run(f"ALTER DATABASE {name} CONNECTION LIMIT 0")
        administrator.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", name)
        try:
            yield
        finally:
            administrator.run(f"ALTER DATABASE {name} CONNECTION LIMIT -1")

    async def stop(self) -> None:
        """End every replica and drop the databases."""
        await asyncio.gather(*(self.stop_all(name) for name in self.replicas))
        await self.client.aclose()
        for owner in self.owners.values():
            await asyncio.to_thread(self.databases.drop, owner)


def _pending(state: Quiescence) -> list[str]:
    jobs = [f"{state.process} has {state.days_pending} days pending"] if state.days_pending else []
    blocked = [f"{state.process} lacks data: {job.problem}" for job in state.blocked]
    parked = [f"{state.process} has {state.parked} parked"] if state.parked else []
    return jobs + blocked + parked
