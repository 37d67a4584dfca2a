"""One child process: started, watched, started again with a growing pause, stopped."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import Callable
from pathlib import Path

from deploy.local.places import ROOT
from deploy.local.program import Program

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
HEALTHY_SECONDS = 30.0
GRACE_SECONDS = 15.0
LONGEST_LOG = 20_000_000
Say = Callable[[str], None]


class Child:
    """Keeps a program running until `stop`."""

    def __init__(self, program: Program, logs: Path, say: Say, changed: Callable[[str], None]) -> None:
        """`changed(name)` is called after each start, with the new pid in place."""
        self.program = program
        self.log = logs / f"{program.name}.log"
        self.restarts = -1
        self.process: asyncio.subprocess.Process | None = None
        self._say, self._changed = say, changed
        self._stopping = False
        self._pause = FIRST_PAUSE
        self._task: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int | None:
        """Its process, while it runs."""
        return self.process.pid if self.process and self.process.returncode is None else None

    async def start(self) -> None:
        """Start it once and keep it from now on."""
        await self._launch()
        self._task = asyncio.create_task(self._keep(), name=f"keep {self.program.name}")

    async def stop(self) -> None:
        """SIGTERM, time to finish, then SIGKILL; only ever this very process."""
        self._stopping = True
        if self.pid is not None and self.process is not None:
            self.process.send_signal(signal.SIGTERM)
            try:
                await asyncio.wait_for(self.process.wait(), GRACE_SECONDS)
            except TimeoutError:
                self._say(f"{self.program.name} does not end by itself and is killed")
                self.process.kill()
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _launch(self) -> None:
        if self.log.exists() and self.log.stat().st_size > LONGEST_LOG:
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                *self.program.command,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=ROOT,
                env=self.program.environment(),
                start_new_session=True,
            )
        self.restarts += 1
        self._changed(self.program.name)

    async def _keep(self) -> None:
        while self.process is not None:
            since = time.monotonic()
            code = await self.process.wait()
            if self._stopping:
                return
            if time.monotonic() - since > HEALTHY_SECONDS:
                self._pause = FIRST_PAUSE
            self._say(
                f"{self.program.name} ended with {code}, again in {self._pause:g} s (see {self.log.name})"
            )
            await asyncio.sleep(self._pause)
            self._pause = min(self._pause * 2, LONGEST_PAUSE)
            await self._launch()
