"""Rates as dated values for the rules, and as officers see them (domain 3.1)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import select
from sqlmodel import col

from contracts.http.billing import KindRate as KindRateView
from contracts.http.billing import RatesList, RatesView
from contracts.values import Kind, Role, Scheme
from services.billing.rules.price import KINDS
from services.billing.rules.rates import KindRate, RateVersion
from services.billing.tables import RateRow, RateSet
from services.chassis.identity import require
from services.chassis.work import UnitOfWork


async def _rows(work: UnitOfWork, numbers: Iterable[int | None]) -> dict[int, list[RateRow]]:
    found: dict[int, list[RateRow]] = defaultdict(list)
    for row in await work.session.scalars(select(RateRow).where(col(RateRow.rate_set).in_(list(numbers)))):
        found[row.rate_set].append(row)
    return found


def _version(rates: RateSet, rows: Iterable[RateRow]) -> RateVersion:
    kinds = {Kind(row.kind): KindRate(row.unit, row.person, row.fixed_unit, row.fixed_person) for row in rows}
    return RateVersion(rates.no or 0, Scheme(rates.scheme), rates.from_month, rates.until_month, kinds)


async def released(work: UnitOfWork) -> list[RateVersion]:
    """All released rates; which of them hold in a month is for `rates_in` to say."""
    query = select(RateSet).where(col(RateSet.released_by).is_not(None)).order_by(col(RateSet.no))
    sets = (await work.session.scalars(query)).all()
    rows = await _rows(work, [one.no for one in sets])
    return [_version(one, rows[one.no or 0]) for one in sets]


async def view_of(work: UnitOfWork, rates: RateSet) -> RatesView:
    """One set as officers see it."""
    return _view(rates, (await _rows(work, [rates.no]))[rates.no or 0])


def _view(rates: RateSet, rows: Iterable[RateRow]) -> RatesView:
    ordered = sorted(rows, key=lambda row: KINDS.index(Kind(row.kind)))
    return RatesView(
        id=rates.id,
        scheme=Scheme(rates.scheme),
        effective_from=rates.from_month,
        until=rates.until_month,
        rates=tuple(
            KindRateView(
                kind=Kind(row.kind),
                unit=row.unit,
                person=row.person,
                fixed_unit=row.fixed_unit,
                fixed_person=row.fixed_person,
            )
            for row in ordered
        ),
        document_no=rates.document_no,
        drafted_by=rates.drafted_by,
        released_by=rates.released_by,
    )


async def rates_list(work: UnitOfWork) -> RatesList:
    """All rates, newest first; Problem FORBIDDEN for whoever does not keep policy data."""
    require(work.caller, Role.POLICY, Role.FINANCE, Role.AUDITOR)
    query = select(RateSet).order_by(col(RateSet.from_month).desc(), col(RateSet.no).desc())
    sets = (await work.session.scalars(query)).all()
    rows = await _rows(work, [one.no for one in sets])
    return RatesList(rows=tuple(_view(one, rows[one.no or 0]) for one in sets))
