"""The superuser of a test run's PostgreSQL, at connections that stay open: psql for each statement costs far more."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import asyncpg

from deploy.local.postgres import SUPERUSER, Cluster
from services.chassis.clocks import plain_dsn


class Administrator:
    """Runs statements for callers inside and outside an event loop; its own loop has a thread to itself."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._connections: dict[str, asyncpg.Connection] = {}
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="administrator", daemon=True)
        self._thread.start()

    def run(self, statement: str, *values: Any, database: str = "postgres") -> None:
        """Run a statement, several where it takes no values; asyncpg's errors pass."""
        work = self._run(database, statement, values)
        asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def close(self) -> None:
        """Give the connections back."""
        asyncio.run_coroutine_threadsafe(self._leave(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _run(self, database: str, statement: str, values: tuple[Any, ...]) -> None:
        if database not in self._connections:
            address = plain_dsn(self._cluster.dsn(SUPERUSER, database))
            self._connections[database] = await asyncpg.connect(address)
        await self._connections[database].execute(statement, *values)

    async def _leave(self) -> None:
        for connection in self._connections.values():
            await connection.close()
