"""A month paid for somebody who had left becomes a credit, by kind and part (A11, A23, 3.4, SIL 64)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import text

from contracts.values import Kind
from services.billing.commands.leavers import COVERED
from services.chassis.work import UnitOfWork

_TALL = ", ".join(f"('{kind}', l.unit_{kind}, l.person_{kind})" for kind in Kind)
# Only relations with an end or a later start can have lost a month, so that no fact of the others reads old bills.
_LOST = f"""
    SELECT l.enrollment_id, l.contribution_month, l.employer_no, b.month AS bill_month, v.kind, v.unit, v.person
    FROM (SELECT enrollment_id, employer_no, max(relation_from) AS first, max(to_month) AS last FROM roster
          WHERE enrollment_id = ANY(CAST(:enrollments AS uuid[])) GROUP BY enrollment_id, employer_no) r
    JOIN bills b ON b.employer_no = r.employer_no AND (b.settled_on IS NOT NULL OR b.state = 'settled')
        AND (b.month > r.last OR b.month < r.first
             OR b.month IN (SELECT s.bill_month FROM supplements s WHERE s.enrollment_id = r.enrollment_id))
    JOIN person_lines l ON l.month = b.month AND l.employer_no = b.employer_no
        AND l.enrollment_id = r.enrollment_id
    CROSS JOIN LATERAL (VALUES {_TALL}) v(kind, unit, person)
    WHERE v.unit + v.person > 0 AND NOT EXISTS ({COVERED})
"""  # noqa: S608  # built of our own names alone
_RECORD = text(f"""
    INSERT INTO credits (enrollment_id, month, employer_no, bill_month, kind, unit, person, recorded_on)
    SELECT lost.*, CAST(:today AS date) FROM ({_LOST}) lost
    ON CONFLICT DO NOTHING RETURNING employer_no
""")  # noqa: S608  # as above
_WITHDRAW = text("""
    DELETE FROM credits c USING roster r
    WHERE c.enrollment_id = ANY(CAST(:enrollments AS uuid[])) AND r.enrollment_id = c.enrollment_id
      AND r.employer_no = c.employer_no AND r.from_month <= c.month AND r.to_month >= c.month
      AND r.relation_from <= c.month
    RETURNING c.employer_no
""")


async def record(work: UnitOfWork, enrollment_ids: Sequence[str]) -> None:
    """Credit the months that settled bills hold for these relations and the roster no longer covers.

    A month that is covered again loses its credit. Unsettled bills lose the lines themselves. The employers
    are locked.
    """
    values = {"enrollments": list(enrollment_ids), "today": work.today}
    await work.session.flush()
    for statement, action in ((_WITHDRAW, "credit.withdraw"), (_RECORD, "credit.record")):
        for number in sorted(set(await work.session.scalars(statement, values))):
            work.audit(action, f"employers/{number}", employer_no=number)
