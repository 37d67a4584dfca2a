"""The models say what the migrations make."""

import asyncio
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine

from services.enrollment.tables import TABLES, Base
from tests.servers.postgres import Databases

CHASSIS = {table.__tablename__ for table in vars(TABLES).values()}


def _ours(thing: Any, name: str | None, kind: str, *_: Any) -> bool:
    """The chassis' tables are the chassis' own to compare, with their partitions."""
    table = name if kind == "table" else thing.table.name
    return table in Base.metadata.tables and table not in CHASSIS


def _compare(connection: Connection) -> list[Any]:
    options = {"include_object": _ours, "compare_type": True}
    context = MigrationContext.configure(connection, opts=options)
    return list(compare_metadata(context, Base.metadata))


async def test_models_equal_migrations(databases: Databases):
    address, owner = databases.fresh("enrollment")
    engine = create_async_engine(address)
    async with engine.connect() as connection:
        differences = await connection.run_sync(_compare)
        checks = await connection.exec_driver_sql(
            "SELECT conname FROM pg_constraint WHERE contype = 'c' AND conname LIKE 'ck_%'"
        )
        made = set(checks.scalars())
    await engine.dispose()
    await asyncio.to_thread(databases.drop, owner)
    assert differences == []
    modelled = {
        str(constraint.name)
        for table in Base.metadata.tables.values()
        for constraint in table.constraints
        if str(constraint.name).startswith("ck_")
    }
    assert modelled == made
