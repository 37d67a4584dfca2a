"""补缴: months of a relation that their own bill can no longer take enter the next one (A7, A8)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select, text
from sqlmodel import col

from contracts.month import Month
from services.billing.rules.cut_over import FIRST_BILLED_MONTH
from services.billing.rules.fee_term import late_supplement
from services.billing.rules.window import WINDOW_2016
from services.billing.tables import LateIncrease, Supplement
from services.chassis.work import UnitOfWork

# A month is closed when it is past, or when its window or its bill is: then only another bill can carry it. One
# whose run is behind is not closed: the run bills it, unless it has passed the employer already.
_RECORD = text("""
    INSERT INTO supplements (enrollment_id, month, employer_no, recorded_on)
    SELECT DISTINCT r.enrollment_id, m.month, r.employer_no, CAST(:today AS date)
    FROM roster r
    JOIN employers e ON e.employer_no = r.employer_no AND e.version > 0
    LEFT JOIN bills b ON b.employer_no = r.employer_no AND b.month = :current AND b.sort = 'ordinary'
    CROSS JOIN LATERAL (
        SELECT greatest(r.from_month, r.relation_from, e.insured_from,
                        CASE WHEN r.imported THEN :cut_over ELSE 0 END) AS first,
               least(r.to_month, CASE WHEN :open AND coalesce(b.state, 'assessed') IN ('assessed', 'confirmed')
                                      THEN :previous ELSE :current END) AS last
    ) span
    CROSS JOIN LATERAL (
        SELECT CAST(to_char(day, 'YYYYMM') AS integer) AS month
        FROM generate_series(make_date(span.first / 100, span.first % 100, 1)::timestamp,
                             make_date(span.last / 100, span.last % 100, 1)::timestamp, '1 month') day
        WHERE span.first <= span.last
    ) m
    WHERE r.enrollment_id = ANY(CAST(:enrollments AS uuid[]))
      AND (m.month <= coalesce((SELECT max(month) FROM monthly_runs WHERE done_at IS NOT NULL), :current)
        OR EXISTS (SELECT FROM monthly_runs u WHERE u.month = m.month AND u.after_employer >= r.employer_no)
        OR EXISTS (SELECT FROM bills o WHERE o.employer_no = r.employer_no AND o.month = m.month))
      AND NOT EXISTS (
        SELECT FROM person_lines l
        WHERE l.month = m.month AND l.employer_no = r.employer_no AND l.enrollment_id = r.enrollment_id
          AND l.contribution_month = m.month AND l.sort = 'ordinary')
    ON CONFLICT DO NOTHING
""")


async def record(work: UnitOfWork, enrollment_ids: Sequence[str]) -> None:
    """Note the closed months of these relations that no bill has; the employers are locked.

    A month that has a bill of this employer with a line of the relation, is noted already, or waits for its own
    run is left alone. Before the first run of all, only the month of that first day can have one.
    """
    current = Month.of(work.today)
    values = {
        "today": work.today,
        "current": current.yyyymm,
        "previous": current.plus(-1).yyyymm,
        "open": WINDOW_2016.is_open(current, work.today),
        "cut_over": FIRST_BILLED_MONTH.yyyymm,
        "enrollments": list(enrollment_ids),
    }
    await work.session.execute(_RECORD, values)
    await _date_late_ones(work, enrollment_ids)


async def _date_late_ones(work: UnitOfWork, enrollment_ids: Sequence[str]) -> None:
    """Months of late increases are in arrears from their own day on (A8)."""
    query = (
        select(Supplement, col(LateIncrease.limit_day))
        .join(LateIncrease, col(LateIncrease.enrollment_id) == col(Supplement.enrollment_id))
        .where(
            col(Supplement.enrollment_id).in_(enrollment_ids),
            col(Supplement.bill_month).is_(None),
            col(Supplement.fee_from).is_(None),
        )
    )
    for supplement, limit_day in (await work.session.execute(query)).all():
        supplement.fee_from = late_supplement(supplement.month, limit_day).fee_from
        work.session.add(supplement)
    await work.session.flush()
