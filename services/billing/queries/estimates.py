"""Estimate: the pricing statement over rows that the caller supplies, without storing anything."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ARRAY, BigInteger, ColumnElement, Integer, SmallInteger, func, literal, select
from sqlmodel import col

from contracts.http.billing import Estimate, Estimated, EstimatedRow, EstimateRow
from contracts.month import Month
from contracts.values import Kind, Part, Scheme
from services.billing.queries.rates import released
from services.billing.reach import employer_in_reach
from services.billing.rules.rates import InjuryRate, RateVersion, injury_rate_in, rates_in
from services.billing.sql.pricing import KIND_BITS, priced, refuse_unrated, total
from services.billing.tables import InjuryRateRow
from services.chassis.identity import own_employer
from services.chassis.work import UnitOfWork


async def estimate(work: UnitOfWork, asked: Estimate) -> Estimated:
    """Both parts of each row for the caller's employer; MissingPolicy where rates are missing."""
    employer = await employer_in_reach(work, own_employer(work.caller))
    injury = await _injury_rate(work, employer.employer_no, asked)
    versions = await released(work)
    sums: dict[int, tuple[int, int]] = {}
    for scheme in sorted({row.scheme for row in asked.rows}):
        chosen = [(at, row) for at, row in enumerate(asked.rows) if row.scheme == scheme]
        sums |= await _priced(
            work, asked.month, rates_in(asked.month, Scheme(scheme), versions), injury, chosen
        )
    rows = tuple(
        EstimatedRow(ref=row.ref, unit=sums[at][0], person=sums[at][1]) for at, row in enumerate(asked.rows)
    )
    unit, person = sum(row.unit for row in rows), sum(row.person for row in rows)
    return Estimated(month=asked.month, rows=rows, unit=unit, person=person)


async def _injury_rate(work: UnitOfWork, employer_no: str, asked: Estimate) -> int:
    """The employer's 工伤 rate, asked for only where a row takes it."""
    if not any(Kind.INJURY in row.kinds for row in asked.rows):
        return 0
    query = select(InjuryRateRow).where(col(InjuryRateRow.employer_no) == employer_no)
    rates = [InjuryRate(row.from_month, row.rate) for row in await work.session.scalars(query)]
    return injury_rate_in(asked.month, rates)


async def _priced(
    work: UnitOfWork,
    month: Month,
    version: RateVersion,
    injury: int,
    rows: Sequence[tuple[int, EstimateRow]],
) -> dict[int, tuple[int, int]]:
    for _, row in rows:
        refuse_unrated(sum(KIND_BITS[kind] for kind in set(row.kinds)), version, month)
    source = _supplied(rows, injury)
    amounts = priced(source, month, version)
    query = select(source.c.at, total(amounts, Part.UNIT), total(amounts, Part.PERSON))
    return {at: (unit, person) for at, unit, person in await work.session.execute(query)}


def _supplied(rows: Sequence[tuple[int, EstimateRow]], injury: int) -> Any:
    """The supplied rows as a source of the pricing statement."""
    columns: list[tuple[str, ColumnElement[Any]]] = [
        ("at", _array((at for at, _ in rows), Integer)),
        ("base", _array((row.base for _, row in rows), BigInteger)),
        ("rural", _array((int(row.rural_contract) for _, row in rows), SmallInteger)),
        *((kind.value, _array((int(kind in row.kinds) for _, row in rows), SmallInteger)) for kind in Kind),
    ]
    names = [name for name, _ in columns]
    table: Any = func.unnest(*(values for _, values in columns)).table_valued(*names).render_derived()
    typed = [
        table.c[name].cast(values.type.item_type).label(name)  # type: ignore[attr-defined]  # an ARRAY's
        for name, values in columns
    ]
    return select(*typed, literal(injury, BigInteger).label("injury_rate")).subquery("supplied")


def _array(values: Iterable[int], kind: Any) -> ColumnElement[Any]:
    return literal(list(values), ARRAY(kind))
