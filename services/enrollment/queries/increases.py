"""Increases: one, and lists of an employer or of an officer's district."""

from __future__ import annotations

from sqlalchemy import func, select, true
from sqlmodel import col

from contracts.errors import chassis as common
from contracts.http.enrollment import IncreasePage, IncreaseState, IncreaseView
from contracts.http.paging import PAGE_SIZE
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork
from services.enrollment.queries.anew import judged_anew
from services.enrollment.queries.increase_views import views
from services.enrollment.reach import employer_in_reach, reach_filter, require_reader
from services.enrollment.reading import record_reading
from services.enrollment.tables import Employer, Increase

PRINTABLE = (
    IncreaseState.CONFIRMED_AUTO.value,
    IncreaseState.AWAITING_COUNTER.value,
    IncreaseState.CONFIRMED_COUNTER.value,
)
"""States whose 增加表 is printed and kept."""
UNPRINTED = col(Increase.printed_at).is_(None) & col(Increase.state).in_(PRINTABLE)


async def increase(work: UnitOfWork, submission_no: str, *, clear: bool = False) -> IncreaseView:
    """One increase; in clear for the official form, and then recorded.

    One that waits shows the first month and the base that a confirmation would give it now.
    """
    row = await work.session.get(Increase, submission_no)
    if row is None:
        raise Problem(common.NOT_FOUND)
    await employer_in_reach(work, row.employer_no)
    shown = await views(work, [row], clear=clear)
    if clear:
        await record_reading(work, shown)
    return await _as_of_now(work, row, shown[0])


async def _as_of_now(work: UnitOfWork, row: Increase, shown: IncreaseView) -> IncreaseView:
    if shown.state is not IncreaseState.AWAITING_COUNTER:
        return shown
    anew = await judged_anew(work, row, row.kinds)
    now = {"first_month": anew.first, "base": anew.base.base, "clamped": anew.base.clamped.value}
    return shown.model_copy(update=now)


async def increases(
    work: UnitOfWork,
    *,
    state: IncreaseState | None = None,
    unprinted: bool = False,
    employer_no: str = "",
    page: int = 1,
    size: int = PAGE_SIZE,
    clear: bool = False,
) -> IncreasePage:
    """Newest first; those that await the counter by their time limit."""
    require_reader(work.caller)
    where = reach_filter(work.caller) & (UNPRINTED if unprinted else true())
    where &= col(Increase.state) == state.value if state else true()
    where &= col(Increase.employer_no) == employer_no if employer_no else true()
    joined = select(Increase).join(Employer, col(Employer.employer_no) == col(Increase.employer_no))
    total = await work.session.scalar(select(func.count()).select_from(joined.where(where).subquery()))
    newest = (col(Increase.submitted_at).desc(), col(Increase.submission_no))
    order = (col(Increase.until), *newest) if state is IncreaseState.AWAITING_COUNTER else newest
    query = joined.where(where).order_by(*order).offset((page - 1) * size).limit(size)
    rows = (await work.session.scalars(query)).all()
    shown = await views(work, rows, clear=clear)
    if clear and shown:
        await record_reading(work, shown)
    return IncreasePage(total=total or 0, page=page, size=size, rows=shown)
