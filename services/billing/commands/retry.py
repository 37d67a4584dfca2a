"""Employers set aside are asked about every day: what has got its price meanwhile is billed (domain 1.5)."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from sqlalchemy import select
from sqlmodel import col

from contracts.http.billing import BillState
from contracts.month import Month
from services.billing.commands import reprice, set_aside, supplements
from services.billing.commands.grounds import Lack
from services.billing.rules.window import WINDOW_2016
from services.billing.tables import Bill, RosterSpan, SetAside
from services.chassis.work import UnitOfWork


async def retry_set_aside(work: UnitOfWork, day: date) -> bool:
    """Day job: bill what lacks nothing any more; where nothing has come no bill gets a new version."""
    numbers = list(await work.session.scalars(select(col(SetAside.employer_no)).distinct()))
    await reprice.lock(work, numbers)
    before: dict[str, set[Lack]] = defaultdict(set)
    for row in await work.session.scalars(select(SetAside).where(col(SetAside.employer_no).in_(numbers))):
        before[row.employer_no].add(Lack(row.employer_no, row.month, row.what))
    month = Month.of(day)
    await supplements.record(work, await _relations(work, numbers))
    lacks = await set_aside.lacks_of(work, month, numbers)
    await set_aside.keep(work, numbers, lacks)
    freed = sorted(number for number, known in before.items() if known - set(lacks))
    if WINDOW_2016.is_open(month, day):
        await reprice.price_open_bills(work, month, await _unconfirmed(work, month, freed))
    return True


async def _relations(work: UnitOfWork, employer_nos: list[str]) -> list[str]:
    query = select(col(RosterSpan.enrollment_id)).where(col(RosterSpan.employer_no).in_(employer_nos))
    return [str(found) for found in await work.session.scalars(query.distinct())]


async def _unconfirmed(work: UnitOfWork, month: Month, employer_nos: list[str]) -> list[str]:
    """Without those whose confirmed bill stands: a supplement alone waits for the next one."""
    query = select(col(Bill.employer_no)).where(
        col(Bill.employer_no).in_(employer_nos),
        col(Bill.month) == month,
        col(Bill.state) != BillState.ASSESSED.value,
        ~col(Bill.stale),
    )
    standing = set(await work.session.scalars(query))
    return [number for number in employer_nos if number not in standing]
