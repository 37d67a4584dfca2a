"""SQL = Python: PostgreSQL computes the one definition of the price to the same fen (architecture, Money)."""

from __future__ import annotations

import random
from typing import Any

from sqlalchemy import BigInteger, Column, Integer, MetaData, SmallInteger, Table, insert, select
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from contracts.values import Kind
from services.billing.rules.price import KIND_PARTS, Amounts, KindOperands, Operands, column, price
from services.billing.rules.rates import operands
from tests.billing.rules.rates_2016 import E1, E2, E3, FIVE, INJURY, RELEASED, SEPTEMBER, v1_bill

ROSTER = Table(
    "priced_roster",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("base", BigInteger),
    Column("rural", SmallInteger),
    Column("injury_rate", Integer),
    Column("rate", Integer),
    *(Column(str(kind), SmallInteger) for kind in Kind),
)


async def _priced(dsn: str, rows: list[dict[str, int]], by_column: Operands[Any]) -> list[dict[str, int]]:
    engine = create_async_engine(dsn, poolclass=NullPool)
    fens = [(name, fen) for name, fen in price(by_column).columns().items() if not isinstance(fen, int)]
    query = select(*(fen.label(name) for name, fen in fens)).order_by(ROSTER.c.id)
    async with engine.connect() as connection:
        await connection.run_sync(ROSTER.create)
        await connection.execute(insert(ROSTER), rows)
        found = [dict(row) for row in (await connection.execute(query)).mappings()]
        await connection.rollback()
    await engine.dispose()
    return found


def _row(number: int, base: int, rural: int, rate: int, taken: set[Kind]) -> dict[str, int]:
    switches = {str(kind): int(kind in taken) for kind in Kind}
    return {"id": number, "base": base, "rural": rural, "injury_rate": INJURY, "rate": rate} | switches


async def test_v1_postgres_prices_employer_a_to_the_fen(fresh_database):
    people = [(E1, 0), (E2, 0), (E3, 1)]
    rows = [_row(number, base, rural, 0, set(FIVE)) for number, (base, rural) in enumerate(people)]
    by_column = operands(
        SEPTEMBER, ROSTER.c.base, ROSTER.c.rural, {kind: ROSTER.c[kind] for kind in FIVE}, RELEASED[1], INJURY
    )
    found = await _priced(fresh_database("business_clock")[1], rows, by_column)
    assert found == [_nonzero_kinds(amounts) for amounts in v1_bill()]
    assert sum(sum(row.values()) for row in found) == 8602_58


async def test_sql_equals_python_on_random_rows_whose_rates_are_columns_too(fresh_database):
    chance = random.Random(2016)  # the same rows every time
    rows = [
        _row(
            number,
            chance.choice([chance.randrange(2_000, 20_000) * 100, chance.randrange(5_000_000)]),
            chance.randrange(2),
            chance.randrange(300_000),
            {kind for kind in Kind if chance.random() < 0.8},
        )
        for number in range(5_000)
    ]
    by_column = Operands[Any](
        ROSTER.c.base, ROSTER.c.rural, _kinds({name: ROSTER.c[name] for name in rows[0]})
    )
    found = await _priced(fresh_database("business_clock")[1], rows, by_column)
    by_int = [price(Operands(row["base"], row["rural"], _kinds(row))).columns() for row in rows]
    assert found == by_int


def _kinds(row: dict[str, Any]) -> dict[Kind, KindOperands[Any]]:
    return {kind: KindOperands[Any](row[kind], row["rate"], row["injury_rate"], 3_00, 5_00) for kind in Kind}


def _nonzero_kinds(amounts: Amounts[int]) -> dict[str, int]:
    return {column(kind, part): amounts.lines[kind, part] for kind, part in KIND_PARTS if kind in FIVE}
