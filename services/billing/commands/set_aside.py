"""Months of an employer that have no price for want of policy data: a task for the desk, the city goes on (1.5)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select, text
from sqlmodel import col

from contracts.month import Month
from services.billing.commands import grounds
from services.billing.commands.grounds import Lack
from services.billing.queries.rates import released
from services.billing.tables import Bill
from services.chassis.work import UnitOfWork

_LACKS = (
    "unnest(CAST(:numbers AS varchar[]), CAST(:months AS integer[]), CAST(:whats AS varchar[]))"
    " n(employer_no, month, what)"
)
_FORGET = text(f"""
    DELETE FROM set_aside s WHERE s.employer_no = ANY(CAST(:employers AS varchar[]))
      AND NOT EXISTS (SELECT FROM {_LACKS} WHERE (n.employer_no, n.month, n.what) = (s.employer_no, s.month, s.what))
""")  # noqa: S608  # built of our own names alone
_NOTE = text(f"""
    INSERT INTO set_aside (employer_no, month, what, since) SELECT employer_no, month, what, :today FROM {_LACKS}
    ON CONFLICT DO NOTHING
""")  # noqa: S608  # as above


async def keep(work: UnitOfWork, employer_nos: Sequence[str], lacks: Collection[Lack]) -> None:
    """Note what these employers lack, and forget what they lack no more; the employers are locked."""
    values: dict[str, Any] = {
        "employers": list(employer_nos),
        "numbers": [lack.employer_no for lack in lacks],
        "months": [lack.month.yyyymm for lack in lacks],
        "whats": [lack.what for lack in lacks],
    }
    await work.session.execute(_FORGET, values)
    if lacks:
        await work.session.execute(_NOTE, values | {"today": work.today})


async def lacks_of(work: UnitOfWork, month: Month, employer_nos: Sequence[str]) -> list[Lack]:
    """What the month and the supplements that wait for a bill lack, in the order of the roster."""
    versions = await released(work)
    own = await grounds.of_roster(work, month, employer_nos)
    extra = await grounds.of_supplements(work, month, employer_nos, taking=True)
    return list(dict.fromkeys(lack for ground in (*own, *extra) for lack in ground.lacks(versions)))


async def sort_out(work: UnitOfWork, month: Month, employer_nos: Sequence[str]) -> list[str]:
    """The employers whose month can be priced now; the others are set aside, their confirmed bills stale."""
    lacks = await lacks_of(work, month, employer_nos)
    await keep(work, employer_nos, lacks)
    without = {lack.employer_no for lack in lacks if lack.month == month}
    if without:
        await _mark_stale(work, month, without)
    return [number for number in employer_nos if number not in without]


async def _mark_stale(work: UnitOfWork, month: Month, employer_nos: Collection[str]) -> None:
    """Their bills no longer say what the roster says, and keep slip and confirmation until they can."""
    query = select(Bill).where(
        col(Bill.employer_no).in_(employer_nos), col(Bill.month) == month, col(Bill.settled_on).is_(None)
    )
    for bill in await work.session.scalars(query):
        bill.stale = True
        work.session.add(bill)
    await work.session.flush()
