"""A unit of work on a bare connection, for what comes by the thousand a second: rows and facts, no session.

Of a group of bank notifications SQLAlchemy's statements, its ping and its reset were a tenth of the process's time.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import asyncpg

from contracts.identity import Caller
from services.chassis.work import TELL, Facts

if TYPE_CHECKING:
    from services.chassis.runtime import Chassis


@dataclass
class PlainWork(Facts):
    """One open transaction with its caller; commands take it and never commit."""

    chassis: Chassis
    connection: asyncpg.Connection
    caller: Caller

    async def write(self, statement: str, *values: Any) -> int:
        """Run a statement that writes; returns the number of rows it wrote."""
        tag: str = await self.connection.execute(statement, *values)
        return int(tag.rpartition(" ")[2])


@asynccontextmanager
async def plain_scope(
    chassis: Chassis, caller: Caller, connection: asyncpg.Connection
) -> AsyncIterator[PlainWork]:
    """Open a unit of work and commit it at the end with its facts; any exception rolls everything back."""
    async with connection.transaction():
        work = PlainWork(chassis, connection, caller)
        yield work
        if told := work.told():
            await connection.execute(TELL, *told)
