"""Two clocks: `business` decides law, dates and months; `wall` serves signatures, sessions and leases."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import asyncpg

from services.chassis.news import News

SHANGHAI = ZoneInfo("Asia/Shanghai")
CLOCK_CHANNEL = "business_clock"
"""Who moves the shared row tells it here."""


def wall_now() -> datetime:
    """The time on the wall, UTC; it is never moved."""
    return datetime.now(UTC)


def plain_dsn(dsn: str) -> str:
    """The DSN as asyncpg itself reads it."""
    return dsn.replace("postgresql+asyncpg://", "postgresql://", 1)


class BusinessClock:
    """Business time in Asia/Shanghai: the wall's time plus an offset kept in one shared row.

    Without a clock database (production) the offset is nought and cannot be moved.
    """

    def __init__(self, dsn: str = "") -> None:
        self._dsn = plain_dsn(dsn)
        self._offset = timedelta()
        self._connection: asyncpg.Connection | None = None
        self._turn = asyncio.Lock()
        self.moved = News()
        """Rings when somebody has moved business time, once it has been read for the first time."""

    def now(self) -> datetime:
        """Business time, aware, Asia/Shanghai."""
        return (wall_now() + self._offset).astimezone(SHANGHAI)

    def today(self) -> date:
        """The business date."""
        return self.now().date()

    async def refresh(self) -> None:
        """Read the shared offset; database errors pass to the caller."""
        if not self._dsn:
            return
        async with self._turn:  # ticker and quiescence ask at any moment
            if self._connection is None or self._connection.is_closed():
                self._connection = await asyncpg.connect(self._dsn)
                await self._connection.add_listener(CLOCK_CHANNEL, lambda *_: self.moved.ring())
            seconds = await self._connection.fetchval("SELECT offset_seconds FROM business_clock")
            self._offset = timedelta(seconds=int(seconds or 0))

    async def close(self) -> None:
        """Give the connection back."""
        if self._connection is not None:
            await self._connection.close()
            self._connection = None


def at_midnight(day: date) -> datetime:
    """00:00 of a business day."""
    return datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)
