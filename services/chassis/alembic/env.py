"""Alembic's environment, one for all processes; the DSN comes with the configuration."""

import asyncio
from typing import Any

from alembic import context
from sqlalchemy import Connection, event
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool
from sqlalchemy.util import await_only


def _run(connection: Connection) -> None:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()


def _whole_script(cursor: Any, statement: str, parameters: Any, _: Any) -> bool:
    """Send a script of several statements as it is: a prepared statement, the driver's habit, takes but one."""
    if parameters or ";" not in statement.strip().rstrip(";"):
        return False
    await_only(cursor._connection.execute(statement))  # noqa: SLF001  # the adapter does not offer the simple protocol
    return True


async def _migrate() -> None:
    engine = create_async_engine(context.config.attributes["dsn"], poolclass=NullPool)
    event.listen(engine.sync_engine, "do_execute", _whole_script)
    async with engine.begin() as connection:
        await connection.run_sync(_run)
    await engine.dispose()


asyncio.run(_migrate())
