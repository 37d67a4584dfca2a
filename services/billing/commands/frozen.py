"""The lines a slip froze: kept when its bill is priced anew, restored when it settles the bill after all (A23)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import text

from contracts.month import Month
from services.billing.commands.restated import restate_debts
from services.billing.sql import sums
from services.billing.tables import Bill
from services.chassis.clocks import at_midnight
from services.chassis.work import UnitOfWork

# A slip of before the bill was made names debts that came ahead of it, and froze nothing of the bill itself.
_KEEP = text("""
    INSERT INTO frozen_bills (slip_no, month, employer_no, lines)
    SELECT s.slip_no, CAST(:month AS integer), s.employer_no, l.lines
    FROM slips s
    CROSS JOIN LATERAL (SELECT jsonb_agg(to_jsonb(p)) AS lines FROM person_lines p
                        WHERE p.month = :month AND p.employer_no = s.employer_no) l
    WHERE s.employer_no = ANY(CAST(:employers AS varchar[])) AND s.state <> 'paid'
      AND s.issued_at >= :made AND l.lines IS NOT NULL
      AND EXISTS (SELECT FROM slip_parts p JOIN debts d ON d.id = p.debt_id
                  WHERE p.slip_no = s.slip_no AND d.bill_month = :month)
    ON CONFLICT DO NOTHING
""")
_PAID = text("""
    SELECT f.slip_no FROM frozen_bills f JOIN slips s USING (slip_no)
    WHERE f.employer_no = :employer_no AND f.month = :month AND s.state = 'paid'
    ORDER BY s.issued_at DESC LIMIT 1
""")
_ELSEWHERE = """
    SELECT FROM supplements s WHERE s.enrollment_id = l.enrollment_id AND s.month = l.contribution_month
      AND s.bill_month <> l.month
"""
_RESTORE = (
    f"""
    INSERT INTO person_lines SELECT l.* FROM frozen_bills f
    CROSS JOIN LATERAL jsonb_populate_recordset(CAST(NULL AS person_lines), f.lines) l
    WHERE f.slip_no = :slip_no AND f.month = :month AND NOT EXISTS ({_ELSEWHERE})
    """,  # noqa: S608  # built of our own names alone
    """
    UPDATE supplements s SET bill_month = NULL WHERE s.bill_month = :month AND s.employer_no = :employer_no
      AND NOT EXISTS (SELECT FROM person_lines l WHERE l.month = :month AND l.employer_no = s.employer_no
        AND l.enrollment_id = s.enrollment_id AND l.contribution_month = s.month AND l.sort = 'supplement')
    """,
    """
    INSERT INTO supplements (enrollment_id, month, employer_no, bill_month, recorded_on)
    SELECT enrollment_id, contribution_month, employer_no, month, CAST(:today AS date) FROM person_lines
    WHERE month = :month AND employer_no = :employer_no AND sort = 'supplement'
    ON CONFLICT (enrollment_id, month) DO UPDATE SET bill_month = excluded.bill_month
    """,
    """
    DELETE FROM supplements s USING person_lines l
    WHERE l.month = :month AND l.employer_no = :employer_no AND l.sort = 'ordinary' AND s.bill_month IS NULL
      AND s.enrollment_id = l.enrollment_id AND s.month = l.contribution_month
    """,
)
_OVER = text("""
    DELETE FROM frozen_bills f USING bills b
    WHERE b.employer_no = f.employer_no AND b.month = f.month AND b.settled_on IS NOT NULL AND NOT b.stale
""")
_FORGET = text("DELETE FROM frozen_bills WHERE month = :month AND employer_no = :employer_no")


async def keep(work: UnitOfWork, month: Month, employer_nos: Sequence[str]) -> None:
    """Keep the lines of these bills for their unpaid slips, before the first change since each was issued."""
    values = {"month": month.yyyymm, "employers": list(employer_nos)}
    await work.session.flush()
    await work.session.execute(_KEEP, values | {"made": at_midnight(month.first_day)})


async def forget_settled(work: UnitOfWork, day: date) -> bool:
    """Day job: drop the copies of bills that are settled, which no other slip can pay any more."""
    del day
    await work.session.execute(_OVER)
    return True


async def paying_slip(work: UnitOfWork, bill: Bill) -> str | None:
    """The slip that paid the bill as it was before it was priced anew."""
    values = {"employer_no": bill.employer_no, "month": bill.month.yyyymm}
    found: str | None = await work.session.scalar(_PAID, values)
    return found


async def restore(work: UnitOfWork, bill: Bill, slip_no: str) -> None:
    """The bill is again what the slip froze, and its debts say so; the employer is locked.

    Months that another bill has taken meanwhile stay there: what was paid for them is free.
    """
    number, month = bill.employer_no, bill.month
    values = {"employer_no": number, "month": month.yyyymm, "slip_no": slip_no, "today": work.today}
    await work.session.flush()
    await sums.clear(work, month, [number])
    for statement in _RESTORE:
        await work.session.execute(text(statement), values)
    await sums.add_up(work, month, bill.due_day, [number])
    await restate_debts(work, number, [month])
    await work.session.execute(_FORGET, values)
    work.audit("bill.restored", f"bills/{number}/{month}", employer_no=number)
