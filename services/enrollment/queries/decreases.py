"""Decreases as their owner sees them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select, true
from sqlmodel import col

from contracts.http.enrollment import DecreasePage, DecreaseState, DecreaseView
from contracts.http.paging import PAGE_SIZE
from services.chassis.work import UnitOfWork
from services.enrollment.reach import reach_filter, require_reader
from services.enrollment.rules.reasons import DECREASE_BY_CODE
from services.enrollment.tables import Decrease, Employer, Person


def view(row: Decrease, name: str) -> DecreaseView:
    """One decrease with the papers to keep."""
    reason = DECREASE_BY_CODE[row.reason]
    return DecreaseView(
        submission_no=row.submission_no,
        employer_no=row.employer_no,
        enrollment_id=row.enrollment_id,
        person_no=row.person_no,
        name=name,
        left_on=row.left_on,
        reason=row.reason,
        reason_name=reason.name,
        last_month=row.last_month,
        state=DecreaseState(row.state),
        waits_for=row.waits_for,
        submitted_at=row.submitted_at,
        decided_at=row.decided_at,
        documents=reason.documents,
        forced_by=row.forced_by,
        forced_reason=row.forced_reason,
    )


async def views(work: UnitOfWork, rows: Sequence[Decrease]) -> tuple[DecreaseView, ...]:
    """Views in the order of the rows; names come in one query."""
    numbers = [row.person_no for row in rows]
    query = select(col(Person.person_no), col(Person.name)).where(col(Person.person_no).in_(numbers))
    names = {row.person_no: row.name for row in await work.session.execute(query)}
    return tuple(view(row, names[row.person_no]) for row in rows)


async def decreases(
    work: UnitOfWork,
    *,
    state: DecreaseState | None = None,
    employer_no: str = "",
    page: int = 1,
    size: int = PAGE_SIZE,
) -> DecreasePage:
    """Newest first, of one employer or of an officer's district."""
    require_reader(work.caller)
    where = reach_filter(work.caller) & (col(Decrease.state) == state.value if state else true())
    where &= col(Decrease.employer_no) == employer_no if employer_no else true()
    joined = (
        select(Decrease).join(Employer, col(Employer.employer_no) == col(Decrease.employer_no)).where(where)
    )
    total = await work.session.scalar(joined.with_only_columns(func.count()))
    order = (col(Decrease.submitted_at).desc(), col(Decrease.submission_no))
    rows = await work.session.scalars(joined.order_by(*order).offset((page - 1) * size).limit(size))
    return DecreasePage(total=total or 0, page=page, size=size, rows=await views(work, rows.all()))
