"""Brings a plan up, keeps it up, takes it down; touches nothing that it did not start."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Coroutine
from pathlib import Path

import asyncpg

from deploy.local import record
from deploy.local.child import Child, Say
from deploy.local.city import City
from deploy.local.clock import SEEN_EVERY_SECONDS
from deploy.local.data import Data
from deploy.local.drain import Drain
from deploy.local.errand import Errand, Hear
from deploy.local.plan import Plan
from deploy.local.program import Program
from deploy.local.watch import Watch

LOOK_SECONDS = 0.3
REMIND_SECONDS = 15.0
DRAIN_SECONDS = 10.0
RECOVERIES = 5
AGREE_SECONDS = 20.0


class Stop:
    """Somebody's wish to stop: the first time as planned, the second time without draining."""

    def __init__(self) -> None:
        self.asked, self.hurry = asyncio.Event(), asyncio.Event()

    def ask(self) -> None:
        """Ctrl-C, SIGTERM or the terminal's end."""
        if self.asked.is_set():
            self.hurry.set()
        self.asked.set()


class Supervisor:
    """The running stack."""

    def __init__(self, data: Data, plan: Plan, say: Say, stop: Stop) -> None:
        self.data, self.plan, self.say = data, plan, say
        self.stopping, self.hurry = stop.asked, stop.hurry
        self.logs = data.local / "logs"
        self.logs.mkdir(parents=True, exist_ok=True)
        self.children = {it.name: Child(it, self.logs, say, self._changed) for it in plan.programs}
        self.watch = Watch(plan.programs)
        self.city = City(plan.city, plan.size, data, self._send, say)
        self._errands: dict[str, Errand] = {}
        self._tasks: set[asyncio.Task[object]] = set()
        self._broker_lost = asyncio.Event()
        self.usable = False

    @property
    def record_file(self) -> Path:
        """Where it is written down what runs."""
        return self.data.local / "run.json"

    async def up(self) -> bool:
        """Start everything; whether it became usable before somebody asked to stop."""
        clean, self.data.memory.clean = self.data.memory.clean, False
        self.data.remember()
        for child in self.children.values():
            await child.start()
        self._run(self._guard())
        await self._first_officer()
        self.usable = await self._ready()
        if not self.usable:
            return False
        if not clean:
            self._broker_lost.set()
        self._run(self._recover())
        return True

    def load_city(self) -> None:
        """Load the demo city in the background, if it is wanted and not there."""
        if self.city.wanted:
            self._run(self.city.load())

    async def down(self) -> None:
        """Drain, stop what takes work from outside, then the rest, the broker last."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if not self.usable:
            self.hurry.set()
        drain = Drain(self.watch)
        quiet = await drain.wait(DRAIN_SECONDS, self.hurry)
        await self._stop(lambda program: program.front)
        quiet = quiet and await drain.wait(DRAIN_SECONDS, self.hurry)
        if not quiet:
            self.say(f"not drained ({'; '.join(drain.behind[:3])}): the next start compares and replays")
        await self._stop(lambda program: program.drains)
        await self._stop(lambda _: True)
        await self.watch.close()
        await self.data.close(clean=quiet)
        record.Record().write(self.record_file)

    async def _first_officer(self) -> None:
        """Once per database; without it nobody could log in, so that a failure is said and tried at the next start."""
        if self.plan.first_officer is None or self.data.memory.first_officer:
            return
        self.data.memory.first_officer = await self._errand(self.plan.first_officer)
        self.data.remember()

    async def _ready(self) -> bool:
        waited = 0.0
        while not await self.watch.look():
            await asyncio.sleep(LOOK_SECONDS)
            if self.stopping.is_set():
                return False
            waited += LOOK_SECONDS
            if waited > REMIND_SECONDS:
                waited = 0.0
                late = [f"{name} ({it.detail})" for name, it in self.watch.states.items() if not it.up]
                self.say(f"still waiting for {', '.join(late)}; logs are in {self.logs}")
        return True

    async def _recover(self) -> None:
        """Whenever the broker has lost its messages: compare and replay; again only where a process fails meanwhile."""
        while self.plan.recovery is not None:
            await self._broker_lost.wait()
            self._broker_lost.clear()
            self.say("the broker has forgotten its messages: comparing what was published with what arrived")
            for _ in range(RECOVERIES):
                await self._ready()
                done = await self._errand(self.plan.recovery)
                if done and await Drain(self.watch).wait(AGREE_SECONDS, self.stopping):
                    self.say("recovered: all processes agree")
                    break
            else:
                self.say("recovery has not come to an end; `make status` shows who is behind")

    def _send(self, program: Program, hear: Hear | None = None) -> Errand:
        errand = self._errands[program.name] = Errand(program, self.logs, self._note, hear)
        return errand

    async def _errand(self, program: Program) -> bool:
        errand = self._send(program)
        code = await errand.run()
        if code:
            self.say(f"{program.name} ended with {code} (see {errand.log})")
        return code == 0

    async def _guard(self) -> None:
        """Keep business time and PostgreSQL alive; the same trouble is said once."""
        trouble = ""
        while True:
            await asyncio.sleep(SEEN_EVERY_SECONDS)
            try:
                if await self.data.guard():
                    self.say("PostgreSQL had gone and was started again")
                trouble = ""
            except (OSError, RuntimeError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                if str(error) != trouble:
                    self.say(f"PostgreSQL: {error}")
                trouble = str(error)

    async def _stop(self, which: Callable[[Program], bool]) -> None:
        chosen = [it for it in self.children.values() if which(it.program)]
        await asyncio.gather(*(child.stop() for child in chosen))

    def _run(self, work: Coroutine[None, None, object]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[object]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            self.say(f"the supervisor's own work failed: {error!r}")

    def _changed(self, name: str) -> None:
        """A child has a new pid: write it down, and remember what a broker's return means."""
        if name == self.plan.programs[0].name and self.children[name].restarts > 0:
            self._broker_lost.set()
        self._note()

    def _note(self) -> None:
        """Write down what runs; an errand has no address."""
        alive = [(name, it.pid, it.program.url) for name, it in self.children.items()]
        alive += [(name, it.pid, "") for name, it in self._errands.items()]
        written = record.Record(
            supervisor=record.of("supervisor", os.getpid()),
            address=self.plan.front.url,
            children=[run for name, pid, url in alive if pid and (run := record.of(name, pid, url))],
        )
        try:
            written.write(self.record_file)
        except OSError as error:
            self.say(f"it cannot be noted what runs: {error}")
