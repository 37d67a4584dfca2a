"""Arrears: opened when the window has closed, paid by a slip for one day (clause 三(四), A23, A24)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy import select, text, tuple_, update
from sqlmodel import col

from contracts.http.billing import ArrearsSlip, BillState, SlipView
from contracts.month import Month
from contracts.values import Role
from services.billing.commands import ahead, debts, ledger, opened, slips, stale
from services.billing.queries.slips import slip_view
from services.billing.reach import employer_in_reach
from services.billing.rules.standing import LedgerDebt
from services.billing.tables import Bill, Debt, Employer
from services.chassis.identity import own_employer, require
from services.chassis.work import UnitOfWork

CHUNK = 500
"""Bills that one transaction of the day job opens."""
MAY_ISSUE = (Role.PREPARER, Role.APPROVER, Role.COUNTER, Role.COLLECTION, Role.FINANCE)

_INSIDE = "BETWEEN make_date(w.month / 100, w.month % 100, 1) AND w.due_day"
_HELD = f"""
    SELECT FROM bills w WHERE w.employer_no = {{}} AND w.due_day < :day
      AND w.settled_on IS NULL AND w.opened_on IS NULL AND EXISTS (
        SELECT 1 FROM payments p
        WHERE p.employer_no = w.employer_no AND p.state = 'suspended' AND p.paid_on {_INSIDE}
        UNION ALL
        SELECT 1 FROM untaken_payments u WHERE u.employer_no = w.employer_no AND u.paid_on {_INSIDE}
          AND NOT EXISTS (SELECT FROM payments p WHERE p.bank = u.bank AND p.serial = u.serial))
"""  # noqa: S608  # built of our own names alone
_READY = text(f"SELECT NOT EXISTS ({_HELD.format(':employer_no')})")
_LAPSED = text(f"""
    WITH lapsed AS (
        SELECT b.employer_no, b.month FROM bills b
        WHERE b.due_day < :day AND b.state IN ('assessed', 'confirmed') AND b.settled_on IS NULL AND b.total > 0
        UNION
        SELECT b.employer_no, b.month FROM debts d
        JOIN bills b ON b.employer_no = d.employer_no AND b.month = d.bill_month
        WHERE d.closed_on IS NULL AND d.unit + d.person > 0 AND d.unit + d.person = d.unit_paid + d.person_paid
          AND b.due_day < :day AND b.state = 'settled' AND b.opened_on IS NULL
    )
    SELECT employer_no, month FROM lapsed WHERE NOT EXISTS ({_HELD.format("lapsed.employer_no")})
    ORDER BY employer_no, month LIMIT :chunk
""")  # noqa: S608  # as above


async def arrears_ready(work: UnitOfWork, employer_no: str, day: date) -> bool:
    """True when an employer's lapsed bills may open their arrears (A24).

    From the day after the window, and not while money with a time inside the window of such a bill waits in
    suspense or is on its way from the gateway (`untaken`); a bill whose arrears stand open holds nothing.
    """
    return bool(await work.session.scalar(_READY, {"employer_no": employer_no, "day": day}))


async def close_window(work: UnitOfWork, day: date) -> bool:
    """Day job: open arrears of bills due before the day, a chunk of bills a call.

    A bill whose principal came in time opens them for the late fee that its supplements still owe.
    Employers that are not ready are held and met again the next day.
    """
    rows = (await work.session.execute(_LAPSED, {"day": day, "chunk": CHUNK})).all()
    await _open(work, [(row.employer_no, Month.from_number(row.month)) for row in rows], day)
    return len(rows) < CHUNK


async def ensure_overdue(work: UnitOfWork, employer_no: str) -> None:
    """Debts of bills whose window has passed, also where arrears are held, and of months that no bill has yet.

    The employer is locked.
    """
    await stale.price_stale_of(work, employer_no)
    query = select(Bill).where(
        col(Bill.employer_no) == employer_no,
        col(Bill.due_day) < work.today,
        col(Bill.state) == BillState.ASSESSED,
        col(Bill.settled_on).is_(None),
    )
    overdue = [(bill.employer_no, bill.month) for bill in await work.session.scalars(query)]
    if overdue:
        await debts.ensure_for_bills(work, overdue)
    await ahead.bill_supplements(work, employer_no)


async def issue_slip(work: UnitOfWork, asked: ArrearsSlip) -> SlipView:
    """The employer, or an officer of the money on its behalf, asks a slip for all arrears on one day (A23)."""
    require(work.caller, *MAY_ISSUE)
    employer = await employer_in_reach(work, own_employer(work.caller), lock=True)
    await ensure_overdue(work, employer.employer_no)
    slip = await slips.issue_arrears(work, employer, asked.pay_on)
    return await slip_view(work, slip.slip_no)


async def _open(work: UnitOfWork, lapsed: Sequence[tuple[str, Month]], day: date) -> None:
    if not lapsed:
        return
    numbers = sorted({employer_no for employer_no, _ in lapsed})
    locked = select(col(Employer.employer_no)).where(col(Employer.employer_no).in_(numbers))
    await work.session.execute(locked.order_by(col(Employer.employer_no)).with_for_update())
    ready = {number for number in numbers if await arrears_ready(work, number, day)}
    bills = await _still_open(work, [key for key in lapsed if key[0] in ready])
    keys = [(bill.employer_no, bill.month) for bill in bills]
    await debts.ensure_for_bills(work, keys)
    by_bill: dict[tuple[str, Month], list[LedgerDebt]] = defaultdict(list)
    for debt in await ledger.of_employers(work, numbers):
        by_bill[debt.employer_no, debt.bill_month].append(debt)
    for key, bill in zip(keys, bills, strict=True):
        if owed := by_bill[key]:
            _open_bill(work, bill, owed, day)
    ids = [debt.id for key in keys for debt in by_bill[key]]
    await work.session.execute(update(Debt).where(col(Debt.id).in_(ids)).values(opened_on=day))


async def _still_open(work: UnitOfWork, lapsed: Sequence[tuple[str, Month]]) -> list[Bill]:
    """The bills as they stand under the lock."""
    keys = [(employer_no, month.yyyymm) for employer_no, month in lapsed]
    query = (
        select(Bill)
        .where(
            tuple_(col(Bill.employer_no), col(Bill.month)).in_(keys),
            col(Bill.state) != BillState.ARREARS,
            col(Bill.opened_on).is_(None),
        )
        .order_by(col(Bill.employer_no), col(Bill.month))
    )
    return list(await work.session.scalars(query.execution_options(populate_existing=True)))


def _open_bill(work: UnitOfWork, bill: Bill, owed: Sequence[LedgerDebt], day: date) -> None:
    bill.version, bill.state, bill.opened_on = bill.version + 1, BillState.ARREARS, day
    work.publish(opened.event(bill, owed, day))
