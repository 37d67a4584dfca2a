"""The working-day table of registry: terms of one working day are counted by it (clause 三(六))."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select
from sqlmodel import col

from services.chassis.work import UnitOfWork
from services.chassis.workdays import WorkingDays
from services.registry.tables import WorkingDay

_AHEAD = timedelta(days=40)
"""The next working day lies a run of holidays away at most."""


async def working_days(work: UnitOfWork, first: date) -> WorkingDays:
    """The calendar from a day on; a year that lacks raises MissingPolicy when a term reaches it."""
    query = select(col(WorkingDay.day), col(WorkingDay.working)).where(
        col(WorkingDay.day).between(first, first + _AHEAD)
    )
    return WorkingDays.of((row.day, row.working) for row in await work.session.execute(query))
