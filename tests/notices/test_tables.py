"""Models equal migrations: a column that one side lacks would fail at run time only."""

from __future__ import annotations

from sqlalchemy import MetaData
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from services.notices.tables import Base


def _columns(metadata: MetaData) -> dict[str, dict[str, tuple[str, bool, bool]]]:
    """Table → column → (type, nullable, in the primary key); partitions are their parents' matter."""
    dialect = postgresql.dialect()
    return {
        table.name: {
            c.name: (c.type.compile(dialect), bool(c.nullable), c.primary_key) for c in table.columns
        }
        for table in metadata.tables.values()
        if not table.name.endswith("_default") and table.name != "alembic_version"
    }


async def test_models_equal_migrations(fresh_database):
    engine = create_async_engine(fresh_database("notices")[1], poolclass=NullPool)
    found = MetaData()
    async with engine.connect() as connection:
        await connection.run_sync(found.reflect)
    await engine.dispose()
    assert len(found.tables) > len(Base.metadata.tables)
    assert _columns(found) == _columns(Base.metadata)
