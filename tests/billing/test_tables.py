"""Models equal migrations: a column that one side lacks would fail at run time only."""

from __future__ import annotations

from sqlalchemy import MetaData
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from services.billing.tables import Base


def _columns(metadata: MetaData) -> dict[str, dict[str, tuple[str, bool]]]:
    """Table → column → (type, nullable); partitions are their parents' matter."""
    dialect = postgresql.dialect()
    return {
        table.name: {c.name: (c.type.compile(dialect), bool(c.nullable)) for c in table.columns}
        for table in metadata.tables.values()
        if not table.name.endswith("_default")
    }


async def _found(dsn: str) -> MetaData:
    engine = create_async_engine(dsn, poolclass=NullPool)
    found = MetaData()
    async with engine.connect() as connection:
        await connection.run_sync(found.reflect)
    await engine.dispose()
    return found


async def test_models_equal_migrations(fresh_database):
    found = _columns(await _found(fresh_database("billing")[1]))
    found.pop("alembic_version")
    assert found == _columns(Base.metadata)


async def test_primary_keys_of_models_equal_migrations(fresh_database):
    found = await _found(fresh_database("billing")[1])
    for table in Base.metadata.tables.values():
        assert [c.name for c in found.tables[table.name].primary_key] == [c.name for c in table.primary_key]


async def test_3_1_shipped_rates_are_released_by_two(fresh_database):
    engine = create_async_engine(fresh_database("billing")[0], poolclass=NullPool)
    query = (
        "SELECT s.scheme, s.from_month, r.unit, r.person FROM rate_sets s JOIN rates r ON r.rate_set = s.no"
        " WHERE r.kind = 'unemployment' AND s.released_by <> s.drafted_by ORDER BY 1, 2"
    )
    async with engine.connect() as connection:
        rows = [tuple(row) for row in await connection.exec_driver_sql(query)]
    await engine.dispose()
    assert rows == [
        ("enterprise", 201401, 15000, 5000),
        ("enterprise", 201605, 10000, 5000),
        ("enterprise", 201701, 7000, 3000),
        ("enterprise", 201905, 7000, 3000),
        ("government", 201410, 15000, 5000),
        ("government", 201605, 10000, 5000),
        ("government", 201701, 7000, 3000),
        ("government", 201905, 7000, 3000),
    ]
