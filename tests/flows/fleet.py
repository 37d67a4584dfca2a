"""All five processes, two replicas of each, as processes of their own on one PostgreSQL and one broker."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import asyncpg
import httpx

from contracts.http.chassis import Quiescence
from deploy.local import table
from deploy.local.clock import Clock
from deploy.local.databases import PROCESSES
from deploy.local.drain import lacking
from deploy.local.places import ROOT
from deploy.local.ports import free_ports
from deploy.local.program import Program
from deploy.local.secrets import Secrets, make
from services.chassis.clocks import plain_dsn
from tests.servers.brokers import Broker, kind
from tests.servers.postgres import Databases

REPLICAS = 2
START_SECONDS, REST_SECONDS = 120.0, 90.0
OK = 200


@dataclass
class Running:
    """One replica: its program, and its process while it runs."""

    program: Program
    log: Path
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it without waiting."""
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                self.program.command,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                cwd=ROOT,
                env=self.program.environment(),
            )

    def end(self, *, hard: bool = False) -> None:
        """SIGTERM, or SIGKILL as a crash; wait for the end of this very process."""
        if self.process is None:
            return
        if hard:
            self.process.kill()
        else:
            self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None

    def said(self) -> str:
        """The end of its log."""
        return self.log.read_text(encoding="utf-8", errors="replace")[-3000:]


@dataclass
class Fleet:
    """The running system; replica n of the gateway calls replica n of each owner."""

    broker: Broker
    databases: Databases
    folder: Path
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
                serve = (
                    sys.executable,
                    "-m",
                    "services.chassis.serve",
                    name,
                    "--port",
                    str(ports[name]),
                )
                program = Program(f"{name}-{number}", serve, ports[name], given)
                running = Running(program, self.folder / f"{name}-{number}.log")
                running.start()
                self.replicas.setdefault(name, []).append(running)
        self._first_officer()
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
            bank = table.json.dumps(self.secrets.bank_keys)
            own |= {"SI_BANK_KEYS": bank, "SI_SECURE_COOKIES": "false"}
        return common | own

    def _first_officer(self) -> None:
        program = self.replicas["registry"][0].program
        command = (
            sys.executable,
            "-m",
            "services.registry.bootstrap",
            "--account",
            self.secrets.first_account,
        )
        settings = {**program.settings, "SI_FIRST_PASSWORD": self.secrets.first_password}
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=Program("first", command, 0, settings).environment(),
            check=False,
            capture_output=True,
        )
        assert done.returncode == 0, done.stderr.decode()

    def url(self, name: str, number: int = 0) -> str:
        """Address of a replica."""
        return self.replicas[name][number].program.url

    async def ready(self) -> None:
        """Wait until every running replica is ready; at the limit show who is not, and its log."""
        until = time.monotonic() + START_SECONDS
        waiting = [one for group in self.replicas.values() for one in group if one.process]
        while waiting:
            assert time.monotonic() < until, f"{waiting[0].program.name} is not ready: {waiting[0].said()}"
            asked = await asyncio.gather(*(self._healthy(one) for one in waiting))
            waiting = [one for one, healthy in zip(waiting, asked, strict=True) if not healthy]
            await asyncio.sleep(0.1 if waiting else 0)

    async def _healthy(self, one: Running) -> bool:
        assert one.process is None or one.process.poll() is None, f"{one.program.name} ended: {one.said()}"
        try:
            return (await self.client.get(f"{one.program.url}/health")).status_code == OK
        except httpx.TransportError:
            return False

    async def rest(self) -> None:
        """Quiescence: nothing unsent, unheard or pending, asked twice alike; else who is behind."""
        until, before = time.monotonic() + REST_SECONDS, None
        while True:
            states = await asyncio.gather(*(self._quiescence(name) for name in PROCESSES))
            behind = [*lacking(states), *(line for state in states for line in _pending(state))]
            if not behind and states == before:
                return
            assert time.monotonic() < until, f"not at rest: {behind}"
            before = states
            await asyncio.sleep(0.2)

    async def _quiescence(self, name: str) -> Quiescence:
        for number in range(REPLICAS):
            if self.replicas[name][number].process:
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

    async def stop(self) -> None:
        """End every process and drop the databases."""
        for group in self.replicas.values():
            for one in group:
                if one.process:
                    one.process.terminate()
        for group in self.replicas.values():
            for one in group:
                one.end()
        await self.client.aclose()
        for owner in self.owners.values():
            await asyncio.to_thread(self.databases.drop, owner)


def _pending(state: Quiescence) -> list[str]:
    jobs = [f"{state.process} has {state.days_pending} days pending"] if state.days_pending else []
    blocked = [f"{state.process} lacks data: {job.problem}" for job in state.blocked]
    parked = [f"{state.process} has {state.parked} parked"] if state.parked else []
    return jobs + blocked + parked
