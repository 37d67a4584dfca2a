"""Copy of registry's entries by version, with dated 工伤 rates; whatever waited for the entry is then priced."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from contracts.events.registry import EmployerState, InjuryRate
from contracts.month import Month
from services.billing.commands import reprice
from services.billing.tables import Employer, InjuryRateRow, RosterSpan
from services.chassis.consumers import Received
from services.chassis.work import UnitOfWork

OPEN_END = Month(9999, 12)


async def keep_employers(work: UnitOfWork, received: Sequence[Received[EmployerState]]) -> None:
    """Apply the highest version of each employer; older and repeated facts change nothing."""
    newest: dict[str, EmployerState] = {}
    for item in received:
        known = newest.get(item.event.employer_no)
        if known is None or known.version < item.event.version:
            newest[item.event.employer_no] = item.event
    await reprice.lock(work, sorted(newest))
    before = await _grounds(work, newest)
    written = await _write(work, [newest[number] for number in sorted(newest)])
    await _write_rates(work, [newest[number] for number in written])
    after = await _grounds(work, newest)
    changed = [number for number in written if before.get(number) != after[number]]
    await reprice.after_facts(work, changed, await _waiting(work, changed), rates_changed=True)


async def _grounds(work: UnitOfWork, employer_nos: Iterable[str]) -> dict[str, tuple[Any, ...]]:
    """What prices depend on of each known employer: that it is known, since when it is insured, its 工伤 rates."""
    rates: dict[str, list[tuple[Month, int]]] = defaultdict(list)
    for row in await work.session.execute(
        select(col(InjuryRateRow.employer_no), col(InjuryRateRow.from_month), col(InjuryRateRow.rate))
        .where(col(InjuryRateRow.employer_no).in_(list(employer_nos)))
        .order_by(col(InjuryRateRow.from_month))
    ):
        rates[row[0]].append((row[1], row[2]))
    query = select(col(Employer.employer_no), col(Employer.insured_from)).where(
        col(Employer.employer_no).in_(list(employer_nos)), col(Employer.version) > 0
    )
    return {number: (since, rates[number]) for number, since in await work.session.execute(query)}


async def _write(work: UnitOfWork, states: Sequence[EmployerState]) -> list[str]:
    fresh = insert(Employer).values([_values(state) for state in states])
    replaced = {name: fresh.excluded[name] for name in _values(states[0]) if name != "employer_no"}
    statement = fresh.on_conflict_do_update(
        index_elements=[col(Employer.employer_no)],
        set_=replaced,
        where=col(Employer.version) < fresh.excluded.version,
    ).returning(col(Employer.employer_no))
    return sorted((await work.session.execute(statement)).scalars())


def _values(state: EmployerState) -> dict[str, Any]:
    return {
        "employer_no": state.employer_no,
        "version": state.version,
        "name": state.name,
        "credit_code": state.credit_code,
        "scheme": state.scheme.value,
        "district": state.district,
        "agency": state.paying_agency,
        "address": state.address,
        "postcode": state.postcode,
        "insured_from": state.insured_from,
        "deregistered_on": state.deregistered_on,
    }


async def _write_rates(work: UnitOfWork, states: Sequence[EmployerState]) -> None:
    rows = [row for state in states for row in _spans(state.employer_no, state.injury_rates)]
    numbers = [state.employer_no for state in states]
    await work.session.execute(delete(InjuryRateRow).where(col(InjuryRateRow.employer_no).in_(numbers)))
    if rows:
        await work.session.execute(insert(InjuryRateRow).values(rows))


def _spans(employer_no: str, rates: Iterable[InjuryRate]) -> list[dict[str, Any]]:
    """Rates with the last month of each, so that a month meets one."""
    ordered = sorted(rates, key=lambda rate: rate.from_month)
    ends = [following.from_month.plus(-1) for _, following in pairwise(ordered)] + [OPEN_END]
    return [
        {
            "employer_no": employer_no,
            "from_month": rate.from_month,
            "to_month": end,
            "injury_class": rate.injury_class,
            "float_percent": rate.float_percent,
            "rate": rate.rate,
        }
        for rate, end in zip(ordered, ends, strict=False)
    ]


async def _waiting(work: UnitOfWork, employer_nos: Sequence[str]) -> list[str]:
    """Relations of these employers, which may have come before their employer or follow a new rate."""
    query = select(col(RosterSpan.enrollment_id)).where(col(RosterSpan.employer_no).in_(employer_nos))
    return [str(found) for found in (await work.session.scalars(query.distinct()))]
