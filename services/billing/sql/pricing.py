"""The one pricing statement: `rules.price` over columns, whatever the rows come from.

Monthly run, re-pricing and estimate all ask this of PostgreSQL. A source has the columns base, rural,
injury_rate and one switch per kind; rates are bound per scheme and month, so that each rate version is chosen
once by its rule.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, FromClause, SmallInteger, cast, literal

from contracts.month import Month
from contracts.values import Kind
from services.billing.rules.price import column, price
from services.billing.rules.rates import RateVersion, operands
from services.chassis.policy import MissingPolicy

KIND_BITS: dict[Kind, int] = {kind: 1 << place for place, kind in enumerate(Kind)}
"""Bit of each kind in `person_lines.kinds`."""


def taken_from(mask: int) -> list[Kind]:
    """The kinds in a mask."""
    return [kind for kind, bit in KIND_BITS.items() if mask & bit]


def priced(source: FromClause, month: Month, version: RateVersion) -> dict[str, ColumnElement[Any]]:
    """The sixteen amounts of each row by the names of their columns, fen."""
    taken = {kind: source.c[kind] for kind in Kind if _rated(kind, version)}
    by_column = operands(month, source.c.base, source.c.rural, taken, version, source.c.injury_rate)
    return {name: _bigint(fen) for name, fen in price(by_column).columns().items()}


def mask(source: FromClause) -> ColumnElement[Any]:
    """The kinds of each row as bits."""
    total: Any = literal(0, SmallInteger)
    for kind, bit in KIND_BITS.items():
        total = total + source.c[kind] * literal(bit, SmallInteger)
    return cast(total, SmallInteger)


def total(amounts: dict[str, ColumnElement[Any]], part: str) -> ColumnElement[Any]:
    """The sum of one part over all kinds."""
    chosen: Iterable[Any] = (amounts[column(kind, part)] for kind in Kind)  # type: ignore[arg-type]  # a StrEnum's text
    result: Any = literal(0, BigInteger)
    for amount in chosen:
        result = result + amount
    return cast(result, BigInteger)


def unrated(version: RateVersion) -> int:
    """Kinds without a rate in this version, as bits: whoever takes one cannot be priced."""
    return sum(bit for kind, bit in KIND_BITS.items() if not _rated(kind, version))


def refuse_unrated(taken: int, version: RateVersion, month: Month) -> None:
    """MissingPolicy naming the first kind that somebody takes and this version lacks."""
    for kind in taken_from(taken & unrated(version)):
        version.rate(kind, month)
    if taken & unrated(version):
        raise MissingPolicy("社会保险费率", str(month))


def _rated(kind: Kind, version: RateVersion) -> bool:
    return kind is Kind.INJURY or kind in version.kinds


def _bigint(fen: Any) -> ColumnElement[Any]:
    return literal(fen, BigInteger) if isinstance(fen, int) else fen
