"""One replica of a process: a server inside the tests' process, or a process of its own that can be killed."""

from __future__ import annotations

import asyncio
import importlib
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass

import uvicorn

from deploy.local.places import ROOT
from deploy.local.ports import HOST
from services.chassis.serve import KEEP_ALIVE_SECONDS, PROCESSES


@dataclass
class Running:
    """One replica: a server of its own on its port, in this process and loop, which starts in a tenth of the time.

    Where a flow kills it, it runs as a process of its own: `launch` and `kill`.
    """

    name: str
    process: str
    port: int
    settings: Mapping[str, str]
    server: uvicorn.Server | None = None
    task: asyncio.Task[None] | None = None
    child: asyncio.subprocess.Process | None = None

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://{HOST}:{self.port}"

    def start(self) -> None:
        """Start it without waiting; as `services.chassis.serve` does, but for the signals."""
        root = importlib.import_module(PROCESSES[self.process])
        given = {name.removeprefix("SI_").lower(): value for name, value in self.settings.items()}
        app = root.create(root.Settings(**given))
        config = uvicorn.Config(
            app,
            host=HOST,
            port=self.port,
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=5,
            timeout_keep_alive=KEEP_ALIVE_SECONDS,
        )
        self.server = uvicorn.Server(config)
        self.task = asyncio.create_task(self.server._serve(), name=self.name)

    @property
    def runs(self) -> bool:
        """Whether it was started, here or as a process of its own."""
        return self.task is not None or self.child is not None

    async def stop(self) -> None:
        """Drain and end, as on SIGTERM."""
        if self.server is not None and self.task is not None:
            self.server.should_exit = True
            await self.task
        self.server = self.task = None
        await self.kill()

    async def launch(self, **settings: str) -> None:
        """Start it as a process of its own without waiting."""
        plain = {name: value for name, value in os.environ.items() if not name.startswith("SI_")}
        command = (sys.executable, "-m", "services.chassis.serve", self.process, "--port", str(self.port))
        self.child = await asyncio.create_subprocess_exec(
            *command,
            cwd=ROOT,
            env={**plain, **self.settings, **settings},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )

    async def kill(self) -> None:
        """SIGKILL: nothing is drained and nothing is said."""
        if self.child is not None:
            self.child.kill()
            await self.child.wait()
        self.child = None
