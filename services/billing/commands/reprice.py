"""What a roster or register fact changes: the open month's bill is priced anew, closed months are supplemented.

A confirmed bill loses its confirmation and its slip (A11, A22); while a bank holds the slip the bill waits as
`stale` and is priced anew when the bank has let go and it is still unpaid (A23).
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select, text
from sqlmodel import col

from contracts.http.billing import BillState
from contracts.month import Month
from services.billing.commands import ahead, frozen, leavers, overpaid, set_aside, supplements
from services.billing.commands.assess import assess
from services.billing.commands.holding import let_go
from services.billing.commands.ledger import among, table_of
from services.billing.commands.restated import restate_bills
from services.billing.rules.window import WINDOW_2016
from services.billing.sql.pricing import KIND_BITS
from services.billing.tables import Bill, Employer
from services.chassis.work import UnitOfWork

_MASK = " + ".join(f"r.{kind} * {bit}" for kind, bit in KIND_BITS.items())
# A bill is touched where the roster of its month and its lines differ; a fact that changes no price of the
# month (next year's base, an address) must not cost an employer its confirmation.
_TOUCHED = text(f"""
    WITH named AS (
        SELECT e.employer_no FROM employers e
        WHERE e.employer_no = ANY(CAST(:employers AS varchar[])) AND e.version > 0
          AND coalesce(e.insured_from, 0) <= :month
          AND coalesce(e.deregistered_on >= CAST(:first_day AS date), true)
    ), insured AS (
        SELECT r.employer_no, r.enrollment_id, r.base, r.rural, {_MASK} AS kinds
        FROM roster r JOIN named USING (employer_no)
        WHERE r.enrollment_id = ANY(CAST(:enrollments AS uuid[]))
          AND r.from_month <= :month AND r.to_month >= :month AND r.relation_from <= :month
    ), billed AS (
        SELECT l.employer_no, l.enrollment_id, l.base, l.rural, l.kinds
        FROM person_lines l JOIN named USING (employer_no)
        WHERE l.month = :month AND l.sort = 'ordinary' AND l.enrollment_id = ANY(CAST(:enrollments AS uuid[]))
    )
    SELECT employer_no FROM (SELECT * FROM insured EXCEPT SELECT * FROM billed) fresh
    UNION
    SELECT employer_no FROM (SELECT * FROM billed EXCEPT SELECT * FROM insured) gone
    UNION
    SELECT employer_no FROM insured WHERE :rates_changed
    UNION
    SELECT s.employer_no FROM supplements s JOIN named USING (employer_no)
    LEFT JOIN bills b ON b.employer_no = s.employer_no AND b.month = :month AND b.sort = 'ordinary'
    WHERE s.bill_month IS NULL AND s.enrollment_id = ANY(CAST(:enrollments AS uuid[]))
      AND coalesce(b.state, 'assessed') = 'assessed'
    ORDER BY employer_no
""")  # noqa: S608  # built of our own names alone


async def lock(work: UnitOfWork, employer_nos: Sequence[str]) -> None:
    """Take the employers' rows, always in the order of their numbers."""
    number = table_of(Employer).c.employer_no
    query = select(number).where(among(number, employer_nos)).order_by(number).with_for_update()
    await work.session.execute(query)


async def after_facts(
    work: UnitOfWork,
    employer_nos: Sequence[str],
    enrollment_ids: Sequence[str],
    *,
    rates_changed: bool = False,
) -> None:
    """Supplement closed months of these relations, take them off those they left, price the open month's bills.

    What is paid for a month they had left is credited. A supplement alone does not undo a confirmation: it waits
    for the next bill.
    """
    if not (employer_nos and enrollment_ids):
        return
    await supplements.record(work, enrollment_ids)
    left = await leavers.price_without(work, enrollment_ids)
    await overpaid.record(work, enrollment_ids)
    await ahead.price_again(work, enrollment_ids)
    month = Month.of(work.today)
    if not WINDOW_2016.is_open(month, work.today):
        return
    values = {
        "employers": list(employer_nos),
        "enrollments": list(enrollment_ids),
        "month": month.yyyymm,
        "first_day": month.first_day,
        "rates_changed": rates_changed,
    }
    touched = set(await work.session.scalars(_TOUCHED, values))
    await price_open_bills(work, month, sorted(touched.union(left)))


async def price_open_bills(work: UnitOfWork, month: Month, employer_nos: list[str]) -> None:
    """Price the bills that are not settled; an employer whose month lacks policy data is set aside, slip and all."""
    ready = await set_aside.sort_out(work, month, employer_nos)
    decided = {bill.employer_no: bill for bill in await _decided(work, month, ready)}
    reopened = [number for number, bill in decided.items() if _is_open(bill) and await let_go(work, bill)]
    wanting = [number for number in ready if number not in decided or number in reopened]
    if not wanting:
        return
    await frozen.keep(work, month, reopened)
    await assess(work, month, wanting)
    await restate_bills(work, month, wanting)


async def _decided(work: UnitOfWork, month: Month, employer_nos: list[str]) -> Sequence[Bill]:
    """Bills that are more than assessed."""
    query = select(Bill).where(
        col(Bill.employer_no).in_(employer_nos),
        col(Bill.month) == month,
        col(Bill.state) != BillState.ASSESSED.value,
    )
    return (await work.session.scalars(query.execution_options(populate_existing=True))).all()


def _is_open(bill: Bill) -> bool:
    return bill.state == BillState.CONFIRMED.value
