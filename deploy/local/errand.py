"""A command that runs once to its end, and may tell by JSON lines how far it is."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from deploy.local.places import ROOT
from deploy.local.program import Program

Hear = Callable[[str], None]
GRACE_SECONDS = 10.0


class Errand:
    """One run of a program; cancelling ends the process."""

    def __init__(
        self, program: Program, logs: Path, changed: Callable[[], None], hear: Hear | None = None
    ) -> None:
        """`changed()` is called when the process is in place and when it has gone, so that it is noted what runs."""
        self.program = program
        self._changed = changed
        self.log = logs / f"{program.name}.log"
        self.process: asyncio.subprocess.Process | None = None
        self._hear = hear or self._note

    @property
    def pid(self) -> int | None:
        """Its process, while it runs."""
        return self.process.pid if self.process and self.process.returncode is None else None

    async def run(self) -> int:
        """Its exit code; every line of its output is heard."""
        with self.log.open("ab") as log:
            self.process = process = await asyncio.create_subprocess_exec(
                *self.program.command,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
                cwd=ROOT,
                env=self.program.environment(),
                start_new_session=True,
            )
        self._changed()
        try:
            await self._listen(process)
            return await process.wait()
        finally:
            await self._end(process)
            self._changed()

    async def _listen(self, process: asyncio.subprocess.Process) -> None:
        if process.stdout is not None:
            async for line in process.stdout:
                self._hear(line.decode(errors="replace").rstrip("\n"))

    async def _end(self, process: asyncio.subprocess.Process) -> None:
        if process.returncode is not None:
            return
        process.terminate()
        try:
            await asyncio.wait_for(process.wait(), GRACE_SECONDS)
        except TimeoutError:
            process.kill()

    def _note(self, line: str) -> None:
        with self.log.open("a", encoding="utf-8") as log:
            log.write(line + "\n")
