"""The business clock's shared row: an offset to the wall's time that only grows, and the wall time last seen.

While the stack is down business time stands still: `resume` takes the seconds missed off the offset.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import asyncpg

from services.chassis.clocks import CLOCK_CHANNEL

SHANGHAI = ZoneInfo("Asia/Shanghai")
OPENING = datetime(2016, 9, 7, 9, 0, tzinfo=SHANGHAI)
SEEN_EVERY_SECONDS = 2
_NOW = "SELECT now() + make_interval(secs => offset_seconds) FROM business_clock"
_OPEN = (
    "INSERT INTO business_clock (offset_seconds, seen) "
    "VALUES (ceil(extract(epoch FROM $1::timestamptz - now())), now()) ON CONFLICT DO NOTHING"
)
_RESUME = (
    "UPDATE business_clock SET seen = now(), offset_seconds = "
    "offset_seconds - floor(extract(epoch FROM now() - seen))::bigint + CASE WHEN $1 THEN 0 ELSE $2::int END "
    "WHERE seen IS NOT NULL"
)
_ADVANCE = (
    "UPDATE business_clock SET offset_seconds = ceil(extract(epoch FROM $1::timestamptz - now())), seen = now() "
    "WHERE now() + make_interval(secs => offset_seconds) < $1::timestamptz"
)


class BackwardsError(ValueError):
    """Business time never goes back."""


def moment(day: date) -> datetime:
    """A business day's opening, 09:00 in Shanghai; a moment stays itself."""
    if isinstance(day, datetime):
        return day if day.tzinfo else day.replace(tzinfo=SHANGHAI)
    return datetime.combine(day, time(9), SHANGHAI)


@dataclass(frozen=True)
class Clock:
    """The row, reached with the owner's address (SQLAlchemy's form)."""

    owner_dsn: str

    async def open(self, opening: datetime = OPENING) -> datetime:
        """Set the first business time where none is set yet; the business time now."""
        return await self._change(_OPEN, opening)

    async def resume(self, *, clean: bool) -> datetime:
        """Go on where business time stopped; after a crash a little later, so that it never goes back."""
        return await self._change(_RESUME, clean, SEEN_EVERY_SECONDS * 2)

    async def seen(self) -> datetime:
        """Note that the stack is up."""
        return await self._change("UPDATE business_clock SET seen = now()")

    async def now(self) -> datetime:
        """Business time in Shanghai."""
        return await self._change("SELECT 1")

    async def advance_to(self, day: date) -> datetime:
        """Move forward to 09:00 of a day, or to a moment, and tell everybody; BackwardsError for the past."""
        to = moment(day)
        connection = await self._connect()
        try:
            if await connection.execute(_ADVANCE, to) == "UPDATE 0":
                now = (await connection.fetchval(_NOW)).astimezone(SHANGHAI)
                raise BackwardsError(f"business time is {now:%Y-%m-%d %H:%M} and moves forward only")
            await connection.execute("SELECT pg_notify($1, $2)", CLOCK_CHANNEL, to.isoformat())
        finally:
            await connection.close()
        return to

    async def _change(self, statement: str, *arguments: object) -> datetime:
        connection = await self._connect()
        try:
            await connection.execute(statement, *arguments)
            now: datetime = await connection.fetchval(_NOW)
            return now.astimezone(SHANGHAI)
        finally:
            await connection.close()

    async def _connect(self) -> asyncpg.Connection:
        return await asyncpg.connect(self.owner_dsn.replace("postgresql+asyncpg://", "postgresql://", 1))
