"""The data of the local stack: cluster, databases, migrations, clock."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path

from deploy.local import memory
from deploy.local.clock import Clock
from deploy.local.databases import CLOCK, PROCESSES, ensure_all
from deploy.local.places import LOCAL, link, spacious
from deploy.local.postgres import OWNER, Cluster

Migrate = Callable[[str, str], None]


class Data:
    """PostgreSQL with all that the processes expect in it."""

    def __init__(self, local: Path = LOCAL, cluster: Cluster | None = None) -> None:
        self.local = local
        self.cluster = cluster or Cluster(spacious("pg"))
        self.clock = Clock(self.cluster.dsn(OWNER, CLOCK))
        self.memory = memory.Memory()

    @property
    def memory_file(self) -> Path:
        """Beside the cluster's data."""
        return self.cluster.home / "state.json"

    @property
    def files(self) -> Path:
        """Uploaded scans; whoever removes `.local` removes them with the keys they are sealed by."""
        return self.local / "files"

    def start(self) -> None:
        """Start PostgreSQL; whoever removed `.local` starts over, for the keys to the data are gone."""
        self.local.mkdir(exist_ok=True)
        self.local.chmod(0o700)
        kept = (self.local / "pg").is_symlink() and (self.local / "secrets.json").exists()
        if not kept and (self.cluster.data.exists() or self.memory_file.exists()):
            self.cluster.drop()
        self.cluster.start()
        link("pg", self.cluster.home, self.local)
        ensure_all(self.cluster)
        self.memory = memory.read(self.memory_file)

    def migrate(self, migrate: Migrate, processes: Sequence[str] = PROCESSES) -> None:
        """Bring every database to its newest version."""
        for process in processes:
            migrate(process, self.cluster.dsn(OWNER, process))

    async def open_clock(self) -> None:
        """Business time begins, or goes on where it stopped."""
        await self.clock.open()
        await self.clock.resume(clean=self.memory.clean)

    def remember(self) -> None:
        """Keep what the memory holds now."""
        self.memory.write(self.memory_file)

    async def guard(self) -> bool:
        """Note that the stack is up; starts PostgreSQL again where it has gone, and then says True."""
        if await asyncio.to_thread(self.cluster.running):
            await self.clock.seen()
            return False
        await asyncio.to_thread(self.cluster.start)
        return True

    async def close(self, *, clean: bool) -> None:
        """Business time stands still, the memory is kept; PostgreSQL itself still runs."""
        await self.clock.seen()
        self.memory.clean = clean
        self.remember()
