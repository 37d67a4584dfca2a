"""The one definition of the price over SQL columns: what PostgreSQL is asked to compute."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Integer, SmallInteger, select
from sqlalchemy import column as sql_column
from sqlalchemy.dialects.postgresql import asyncpg

from contracts.values import Kind, Part
from services.billing.rules.price import KindOperands, Operands, premium, price

BASE: Any = sql_column("base", BigInteger)
RATE: Any = sql_column("rate", Integer)
RURAL: Any = sql_column("rural", SmallInteger)
TAKEN: Any = sql_column("taken", SmallInteger)


def _sql(expression: Any) -> str:
    dialect = asyncpg.dialect()
    compiled = select(expression.label("fen")).compile(
        dialect=dialect, compile_kwargs={"literal_binds": True}
    )
    return str(compiled)


def test_3_4_premium_renders_as_plain_integer_division_without_floor_or_float():
    assert _sql(premium(BASE, RATE)) == "SELECT (2 * base * rate + 1000000) / 2000000 AS fen"


def test_sy6_the_rural_switch_is_arithmetic_on_a_column():
    amounts = price(Operands(BASE, RURAL, {Kind.UNEMPLOYMENT: KindOperands(TAKEN, 10_000, 5_000)}))
    assert _sql(amounts.of(Kind.UNEMPLOYMENT, Part.PERSON)) == (
        "SELECT taken * (1 - rural) * ((2 * base * 5000 + 1000000) / 2000000 + 0) AS fen"
    )


def test_bound_numbers_keep_the_width_of_a_bigint():
    """A literal bound as smallint would refuse 1,000,000; one bound as integer would narrow the product."""
    dialect = asyncpg.dialect()
    text = str(select(premium(BASE, 180_000)).compile(dialect=dialect))
    assert "::SMALLINT" not in text
    assert "::INTEGER" not in text
    assert text.count("::BIGINT") == 4
