"""Unsettled months that the roster no longer covers lose those lines, as if they were never owed (A11, A12).

Months in their window are priced anew in full; a month whose window has passed only loses: who came late to it
is supplemented, and its other lines keep the prices they were billed at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import select, text, tuple_
from sqlmodel import col

from contracts.month import Month
from services.billing.commands import frozen
from services.billing.commands.holding import let_go
from services.billing.commands.restated import restate_debts
from services.billing.rules.window import WINDOW_2016
from services.billing.sql import lines, sums
from services.billing.tables import Bill
from services.chassis.work import UnitOfWork

COVERED = """
    SELECT FROM roster r
    WHERE r.enrollment_id = l.enrollment_id AND r.employer_no = l.employer_no
      AND r.from_month <= l.contribution_month AND r.to_month >= l.contribution_month
      AND r.relation_from <= l.contribution_month
"""
_UNCOVERED = text(f"""
    SELECT DISTINCT b.employer_no, b.month
    FROM (SELECT DISTINCT enrollment_id, employer_no FROM roster
          WHERE enrollment_id = ANY(CAST(:enrollments AS uuid[]))) fact
    JOIN bills b ON b.employer_no = fact.employer_no AND b.settled_on IS NULL AND b.state <> 'settled'
    JOIN person_lines l ON l.month = b.month AND l.employer_no = b.employer_no
                       AND l.enrollment_id = fact.enrollment_id
    WHERE NOT EXISTS ({COVERED})
    ORDER BY b.month, b.employer_no
""")  # noqa: S608  # built of our own names alone
_WHERE = "l.month = :month AND l.employer_no = ANY(CAST(:employers AS varchar[]))"
_DROP = (
    text(f"DELETE FROM person_lines l WHERE {_WHERE} AND NOT EXISTS ({COVERED})"),  # noqa: S608  # as above
    text(f"DELETE FROM kind_sums l WHERE {_WHERE}"),  # noqa: S608  # as above
)


async def price_without(work: UnitOfWork, enrollment_ids: Sequence[str]) -> list[str]:
    """Take these relations off the unsettled months they no longer cover; lock their employers first.

    A bill whose slip a bank holds waits as stale (A23). Employers whose bill of the open month has such lines
    come back: it is priced anew as a whole.
    """
    found = await work.session.execute(_UNCOVERED, {"enrollments": list(enrollment_ids)})
    keys = [(row.employer_no, Month.from_number(row.month)) for row in found]
    in_window = [number for number, month in keys if WINDOW_2016.is_open(month, work.today)]
    closed = await _free(work, [key for key in keys if not WINDOW_2016.is_open(key[1], work.today)])
    by_month: dict[Month, list[str]] = defaultdict(list)
    by_employer: dict[str, list[Month]] = defaultdict(list)
    for number, month in closed:
        by_month[month].append(number)
        by_employer[number].append(month)
    for month, numbers in by_month.items():
        await _drop(work, month, numbers)
    for number, months in by_employer.items():
        await restate_debts(work, number, months)
    return in_window


async def _free(work: UnitOfWork, keys: Collection[tuple[str, Month]]) -> list[tuple[str, Month]]:
    """Those of the bills that no bank holds."""
    if not keys:
        return []
    wanted = [(number, month.yyyymm) for number, month in keys]
    query = select(Bill).where(tuple_(col(Bill.employer_no), col(Bill.month)).in_(wanted))
    query = query.order_by(col(Bill.employer_no), col(Bill.month)).execution_options(populate_existing=True)
    bills = (await work.session.scalars(query)).all()
    return [(bill.employer_no, bill.month) for bill in bills if await let_go(work, bill)]


async def _drop(work: UnitOfWork, month: Month, numbers: list[str]) -> None:
    await frozen.keep(work, month, numbers)
    for statement in _DROP:
        await work.session.execute(statement, {"month": month.yyyymm, "employers": numbers})
    await lines.forget_empty_supplements(work, month, numbers)
    await sums.add_up(work, month, WINDOW_2016.due_day(month), numbers)
