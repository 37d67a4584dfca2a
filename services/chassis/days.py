"""Business days: each service opens its own days and runs the missed ones in order, in restartable chunks."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import text

from services.chassis.clocks import wall_now
from services.chassis.failures import is_infrastructure
from services.chassis.identity import SYSTEM
from services.chassis.keeper import Keeper
from services.chassis.policy import MissingPolicy
from services.chassis.work import UnitOfWork, work_scope

if TYPE_CHECKING:
    from services.chassis.runtime import Chassis

log = logging.getLogger(__name__)
Run = Callable[[UnitOfWork, date], Awaitable[bool]]
Ready = Callable[["Chassis", date], Awaitable[str]]
Sweep = Callable[[UnitOfWork], Awaitable[bool]]
_LAST = text("SELECT max(day) FROM days WHERE job = :job AND done_at IS NOT NULL")
# The row's lock lets one ticker at a time into a day's job, also in a take-over while the old one still runs.
_CLAIM = text(
    "INSERT INTO days (day, job, chunks, problem) VALUES (:day, :job, 0, '') "
    "ON CONFLICT (day, job) DO UPDATE SET problem = '' RETURNING done_at"
)
_CHUNK = text("UPDATE days SET chunks = chunks + 1, done_at = :done WHERE day = :day AND job = :job")
_BLOCK = text(
    "INSERT INTO days (day, job, chunks, problem) VALUES (:day, :job, 0, :problem) "
    "ON CONFLICT (day, job) DO UPDATE SET problem = :problem"
)


@dataclass(frozen=True)
class Job:
    """A job of every business day: `run(work, day)` does one chunk and says whether the day is done.

    `ready(chassis, day)` is asked before the first chunk, outside of any transaction: it may call a neighbour,
    and says in words what the day still waits for, or nothing.
    """

    name: str
    run: Run
    ready: Ready | None = None


class Jobs:
    """The day jobs of one service, in the order in which a day runs them."""

    def __init__(self) -> None:
        self.jobs: list[Job] = []
        self.sweeps: list[Sweep] = []

    def sweep(self, run: Sweep) -> Sweep:
        """Register what an hour ends and not a day: at every tick, one chunk a call until it says that it is done."""
        self.sweeps.append(run)
        return run

    def daily(self, name: str, ready: Ready | None = None) -> Callable[[Run], Run]:
        """Register a job."""

        def register(run: Run) -> Run:
            self.jobs.append(Job(name, run, ready))
            return run

        return register


class Ticker:
    """Compares the business date with the `days` table and catches up under one advisory lock."""

    def __init__(self, chassis: Chassis, keeper: Keeper) -> None:
        self._chassis = chassis
        self._keeper = keeper

    async def run(self) -> None:
        """Tick until cancelled, at once where business time is moved."""
        while True:
            moved = self._chassis.business.moved.next()
            try:
                await self._chassis.business.refresh()
                if self._chassis.service.jobs.jobs and await self._keeper.hold("days"):
                    await self.catch_up(self._chassis.business.today())
                self._chassis.recovered("days")
            except Exception as error:  # a broken job must not stop the clock of the others
                log.exception("day job fails", extra={"cause": type(error).__name__})
                self._chassis.failing("days", type(error).__name__)
                if not is_infrastructure(error):
                    await asyncio.sleep(self._chassis.settings.tick_seconds)
            await moved.wait(self._chassis.settings.tick_seconds)

    async def catch_up(self, today: date) -> None:
        """Run every job of every missed day, day by day; a blocked or broken job waits, the others go on.

        The first error of a broken job is raised in the end.
        """
        for sweep in self._chassis.service.jobs.sweeps:
            await self._sweep(sweep)
        waiting: set[str] = set()
        broken: list[Exception] = []
        for day, job in await self._missed(today):
            if job.name in waiting:
                continue
            try:
                if not await self._run(day, job):
                    waiting.add(job.name)
            except Exception as error:
                if is_infrastructure(error):
                    raise
                waiting.add(job.name)
                broken.append(error)
        if broken:
            raise broken[0]

    async def _sweep(self, sweep: Sweep) -> None:
        done = False
        while not done:
            async with work_scope(self._chassis, SYSTEM) as work:
                done = await sweep(work)

    async def _missed(self, today: date) -> list[tuple[date, Job]]:
        missed = []
        async with self._chassis.sessions() as session:
            for order, job in enumerate(self._chassis.service.jobs.jobs):
                last = (await session.execute(_LAST, {"job": job.name})).scalar()
                day = last + timedelta(days=1) if last else today
                while day <= today:
                    missed.append((day, order, job))
                    day += timedelta(days=1)
        return [(day, job) for day, _, job in sorted(missed, key=lambda entry: entry[:2])]

    async def _run(self, day: date, job: Job) -> bool:
        """Run one job of one day chunk by chunk; False where it waits or lacks policy data."""
        problem = await job.ready(self._chassis, day) if job.ready else ""
        try:
            while not problem and not await self._chunk(day, job):
                pass
        except MissingPolicy as missing:
            problem = f"缺少{missing.what}（{missing.when}）"
        if problem:
            async with work_scope(self._chassis, SYSTEM, day=day) as work:
                await work.session.execute(_BLOCK, {"day": day, "job": job.name, "problem": problem})
        return not problem

    async def _chunk(self, day: date, job: Job) -> bool:
        """One chunk in its own transaction; True when the day is done, whoever did it."""
        async with work_scope(self._chassis, SYSTEM, day=day) as work:
            claim = await work.session.execute(_CLAIM, {"day": day, "job": job.name})
            if claim.scalar_one() is not None:
                return True
            done = await job.run(work, day)
            now = wall_now() if done else None
            await work.session.execute(_CHUNK, {"day": day, "job": job.name, "done": now})
        return done
