"""A stack of the demo's own: fresh data, free ports, dropped at the end; and its rest between two days."""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from deploy.local import plan as plans
from deploy.local.data import Data
from deploy.local.drain import lacking
from deploy.local.places import fleeting
from deploy.local.plan import Plan
from deploy.local.postgres import Cluster
from deploy.local.secrets import Secrets, kept
from deploy.local.supervisor import Stop, Supervisor

REST_SECONDS, PAUSE_SECONDS, ASKED = 90.0, 0.15, 2


class RestlessError(RuntimeError):
    """The system did not come to rest; says who is behind."""


@dataclass(frozen=True)
class Ground:
    """The running stack."""

    supervisor: Supervisor
    data: Data
    plan: Plan

    def url(self, name: str) -> str:
        """A program's address."""
        return next(program.url for program in self.plan.programs if program.name == name)

    @property
    def secrets(self) -> Secrets:
        """The keys of this stack."""
        return kept(self.data.local / "secrets.json")

    async def move(self, moment: datetime) -> None:
        """Move the business clock, and wait until everything that this makes due is done and told."""
        await self.data.clock.advance_to(moment)
        await self.rest()

    async def rest(self) -> None:
        """Nothing unsent, nothing on its way, no day pending: asked twice. RestlessError."""
        until, calm = time.monotonic() + REST_SECONDS, 0
        while calm < ASKED:
            behind = await self._behind()
            calm = 0 if behind else calm + 1
            if behind and time.monotonic() > until:
                raise RestlessError("; ".join(behind))
            await asyncio.sleep(PAUSE_SECONDS)

    async def _behind(self) -> list[str]:
        today = (await self.data.clock.now()).date()
        watch = self.supervisor.watch
        programs = [program for program in watch.programs if program.drains]
        asked = await asyncio.gather(*map(watch.quiescence, programs))
        states = [state for state in asked if state is not None]
        silent = [it.name for it, state in zip(programs, asked, strict=True) if state is None]
        days = [it.process for it in states if it.days_pending or it.business_date != today]
        blocked = [f"{it.process}: {job.problem}" for it in states for job in it.blocked]
        parked = [f"{it.process} has {it.parked} parked" for it in states if it.parked]
        return [*silent, *(f"{name} has days to run" for name in days), *blocked, *parked, *lacking(states)]


@asynccontextmanager
async def ground() -> AsyncIterator[Ground]:
    """Bring the stack up without a city, and leave nothing of it behind."""
    cluster = Cluster(fleeting(f"demo-{os.getpid()}"), durable=False)
    with tempfile.TemporaryDirectory() as folder:
        data = Data(Path(folder) / ".local", cluster)
        try:
            async with _running(data) as running:
                yield running
        finally:
            await asyncio.to_thread(cluster.drop)


@asynccontextmanager
async def _running(data: Data) -> AsyncIterator[Ground]:
    await asyncio.to_thread(data.start)
    made, _ = plans.real(data, wanted={})
    plan = replace(made, size="none")
    await asyncio.to_thread(data.migrate, plan.migrate, plan.processes)
    await data.open_clock()
    stop = Stop()
    supervisor = Supervisor(data, plan, lambda line: print(f"  {line}"), stop)
    try:
        if not await supervisor.up():
            raise RestlessError("the stack does not come up")
        yield Ground(supervisor, data, plan)
    finally:
        stop.hurry.set()
        await supervisor.down()
