"""The models say what the migrations make."""

import asyncio
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine

from services.registry.published_tables import Template
from services.registry.tables import TABLES
from tests.servers.postgres import Databases

CHASSIS = {table.__tablename__ for table in vars(TABLES).values()}
METADATA = Template.metadata


def _ours(thing: Any, name: str | None, kind: str, *_: Any) -> bool:
    """The chassis' tables are the chassis' own to compare, with their partitions."""
    table = name if kind == "table" else thing.table.name
    return table in METADATA.tables and table not in CHASSIS


def _compare(connection: Connection) -> list[Any]:
    context = MigrationContext.configure(connection, opts={"include_object": _ours, "compare_type": True})
    return list(compare_metadata(context, METADATA))


async def test_models_equal_migrations(databases: Databases):
    address, owner = databases.fresh("registry")
    engine = create_async_engine(address)
    async with engine.connect() as connection:
        differences = await connection.run_sync(_compare)
    await engine.dispose()
    await asyncio.to_thread(databases.drop, owner)
    assert differences == []
