"""工作日表 as officers see it: a year, the years there are, and what waits for release."""

from __future__ import annotations

from datetime import date

from sqlalchemy import extract, select
from sqlmodel import col

from contracts.http.calendar import CalendarYear, WorkingDaysDraft
from services.chassis.work import UnitOfWork
from services.registry.city import require_officer
from services.registry.published_tables import WorkingDaysDraftRow
from services.registry.rules import calendar as rules
from services.registry.tables import WorkingDay


async def calendar(work: UnitOfWork, year: int) -> CalendarYear:
    """A year of the table; not known where nobody has entered it."""
    require_officer(work)
    found = await rest_days_of(work, year)
    years = await work.session.scalars(select(extract("year", col(WorkingDay.day))).distinct())
    waiting = select(WorkingDaysDraftRow).where(col(WorkingDaysDraftRow.released_by).is_(None))
    rows = (await work.session.scalars(waiting.order_by(col(WorkingDaysDraftRow.id).desc()))).all()
    return CalendarYear(
        year=year,
        known=found is not None,
        rest_days=found or (),
        years=tuple(sorted(int(one) for one in years)),
        drafts=tuple([view_of(row, await rest_days_of(work, row.year)) for row in rows]),
    )


async def rest_days_of(work: UnitOfWork, year: int) -> tuple[date, ...] | None:
    """The days of a year that rest; none where the table lacks the year."""
    query = select(col(WorkingDay.day), col(WorkingDay.working)).where(
        col(WorkingDay.day).between(date(year, 1, 1), date(year, 12, 31))
    )
    rows = (await work.session.execute(query.order_by(col(WorkingDay.day)))).all()
    return tuple(row.day for row in rows if not row.working) if rows else None


def view_of(row: WorkingDaysDraftRow, before: tuple[date, ...] | None) -> WorkingDaysDraft:
    """A draft with what it changes."""
    rest = rules.rest_days(row.year, row.holidays, row.swapped)
    changed = rules.change(before, rest)
    return WorkingDaysDraft(
        **row.model_dump(),
        to_rest=changed.to_rest,
        to_work=changed.to_work,
        rest_days=len(rest),
        new=before is None,
    )
