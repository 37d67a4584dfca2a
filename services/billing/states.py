"""Bills as they were assessed last, told again: each in full, at the version of that."""

from __future__ import annotations

from sqlalchemy import text

from contracts.month import Month
from services.billing.sql.sums import tell_assessed
from services.chassis.republishing import AT_ONCE
from services.chassis.work import UnitOfWork

_NEXT = text("""
    SELECT month, employer_no FROM bills
    WHERE sort = 'ordinary' AND (month, employer_no) > (:month, :employer_no)
    ORDER BY month, employer_no LIMIT :most FOR UPDATE
""")


async def bills(work: UnitOfWork, after: str) -> str | None:
    """The next bills in the order of month and employer, at most one month's at once."""
    month, _, employer_no = after.partition("/")
    behind = {"month": int(month or 0), "employer_no": employer_no, "most": AT_ONCE}
    rows = (await work.session.execute(_NEXT, behind)).all()
    numbers = [row.employer_no for row in rows if row.month == rows[0].month]
    if not numbers:
        return None
    await tell_assessed(work, Month.from_number(rows[0].month), numbers)
    return f"{rows[0].month}/{numbers[-1]}"
