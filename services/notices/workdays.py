"""The working-day table that notices count with, as registry tells it (A31)."""

from __future__ import annotations

from datetime import date

from services.chassis.work import UnitOfWork
from services.chassis.workday_table import read_days
from services.chassis.workdays import WorkingDays


async def working_days_from(work: UnitOfWork, day: date) -> WorkingDays:
    """Days of this year and the next, as far as they are published; MissingPolicy beyond, naming the year."""
    return await read_days(work, date(day.year, 1, 1), date(day.year + 1, 12, 31))
