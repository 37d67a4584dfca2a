"""Kinds of a slip or bill as they are printed: heads, bases and rates beside the sums."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from sqlalchemy import select
from sqlmodel import col

from contracts.http.billing import SlipKind
from contracts.month import Month
from contracts.values import KIND_CODES, Kind, Scheme
from services.billing.queries.rates import released
from services.billing.rules.rates import RateVersion, rates_in
from services.billing.tables import Debt, Employer, InjuryRateRow, KindSumRow, SlipPart
from services.chassis.work import UnitOfWork

SEVERAL_RATES = "各月费率不同"
Rates = tuple[int, int]


async def slip_kinds(
    work: UnitOfWork, employer: Employer, parts: Sequence[tuple[SlipPart, Debt]]
) -> tuple[SlipKind, ...]:
    """One row per kind over all months of a slip; rates are those of its last month."""
    heads = await _heads(work, employer.employer_no, {debt.bill_month for _, debt in parts})
    versions, injury = await released(work), await _injury(work, employer.employer_no)
    ordered = sorted(parts, key=lambda one: (KIND_CODES[Kind(one[1].kind)], one[1].month))
    rows = []
    for code, group in groupby(ordered, key=lambda one: one[1].kind):
        kind, of_kind = Kind(code), list(group)
        months = sorted({debt.month for _, debt in of_kind})
        rates = [_rates(kind, month, Scheme(employer.scheme), versions, injury) for month in months]
        counted = [
            heads[key]
            for key in {(d.bill_month, d.month, d.kind, d.sort, d.fee_from) for _, d in of_kind}
            if key in heads
        ]
        rows.append(_row(kind, [part for part, _ in of_kind], counted, rates))
    return tuple(rows)


def _row(
    kind: Kind, parts: Iterable[SlipPart], counted: Iterable[KindSumRow], rates: Sequence[Rates]
) -> SlipKind:
    paid, sums = list(parts), list(counted)
    return SlipKind(
        kind=kind,
        persons=max((row.persons for row in sums), default=0),
        base_sum=sum(row.base_sum for row in sums),
        unit_rate=rates[-1][0],
        person_rate=rates[-1][1],
        unit=sum(part.unit for part in paid),
        person=sum(part.person for part in paid),
        fee=sum(part.fee for part in paid),
        note=SEVERAL_RATES if len(set(rates)) > 1 else "",
    )


def _rates(
    kind: Kind, month: Month, scheme: Scheme, versions: Sequence[RateVersion], injury: Sequence[InjuryRateRow]
) -> Rates:
    if kind is Kind.INJURY:
        return next((row.rate for row in injury if row.from_month <= month <= row.to_month), 0), 0
    rate = rates_in(month, scheme, versions).rate(kind, month)
    return rate.unit, rate.person


async def _injury(work: UnitOfWork, employer_no: str) -> Sequence[InjuryRateRow]:
    query = select(InjuryRateRow).where(col(InjuryRateRow.employer_no) == employer_no)
    return (await work.session.scalars(query)).all()


async def _heads(
    work: UnitOfWork, employer_no: str, months: Iterable[Month]
) -> dict[tuple[object, ...], KindSumRow]:
    query = select(KindSumRow).where(
        col(KindSumRow.employer_no) == employer_no, col(KindSumRow.month).in_(list(months))
    )
    return {
        (row.month, row.contribution_month, row.kind, row.sort, row.fee_from): row
        for row in await work.session.scalars(query)
    }
