"""Day jobs of registry."""

from __future__ import annotations

from datetime import date, timedelta

from services.chassis.days import Jobs
from services.chassis.work import UnitOfWork
from services.chassis.workday_table import read_days
from services.registry.commands import applying, register_imports, tries

jobs = Jobs()
jobs.sweep(register_imports.advance)
_AHEAD = timedelta(days=31)


@jobs.daily("forget_failed_tries")
async def forget_failed_tries(work: UnitOfWork, day: date) -> bool:
    """Drop failed tries that no longer count; judged by the wall clock, whatever the business day."""
    del day
    await tries.forget_old(work)
    return True


@jobs.daily("changes_in_force")
async def changes_in_force(work: UnitOfWork, day: date) -> bool:
    """Bring accepted changes of registration data into force on their day."""
    return await applying.apply_due(work, day)


@jobs.daily("working_days_ahead")
async def working_days_ahead(work: UnitOfWork, day: date) -> bool:
    """MissingPolicy, a task at the desk, a month before the first day that 工作日表 lacks."""
    ahead = day + _AHEAD
    (await read_days(work, ahead, ahead)).is_working_day(ahead)
    return True
