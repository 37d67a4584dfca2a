"""One raw database connection that holds advisory locks and hears NOTIFY; its death ends what hangs on it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import asyncpg

from services.chassis.clocks import plain_dsn

_TRY = "SELECT pg_try_advisory_lock(hashtextextended($1, 0))"


class Keeper:
    """Session advisory locks and channels on a connection of their own."""

    def __init__(self, dsn: str, channels: dict[str, Callable[[], None]] | None = None) -> None:
        self._dsn = plain_dsn(dsn)
        self._channels = channels or {}
        self._connection: asyncpg.Connection | None = None
        self._turn = asyncio.Lock()
        self.held: set[str] = set()

    async def connection(self) -> asyncpg.Connection:
        """The live connection; a new one starts without any lock."""
        async with self._turn:
            return await self._connect()

    async def _connect(self) -> asyncpg.Connection:
        """Only in one's turn: two at once would leave a connection behind that keeps its locks."""
        if self._connection is None or self._connection.is_closed():
            self.held.clear()
            self._connection = await asyncpg.connect(self._dsn)
            for channel, ring in self._channels.items():
                await self._connection.add_listener(channel, lambda *_, ring=ring: ring())
        return self._connection

    async def hold(self, name: str) -> bool:
        """Take a session lock, or say that somebody else has it; held locks stay held."""
        async with self._turn:
            connection = await self._connect()
            if name not in self.held and await connection.fetchval(_TRY, name):
                self.held.add(name)
            return name in self.held

    async def close(self) -> None:
        """Close the connection, which releases every lock."""
        if self._connection is not None:
            await self._connection.close()
            self._connection = None
        self.held.clear()
