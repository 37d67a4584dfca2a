"""Day jobs of registry."""

from __future__ import annotations

from datetime import date

from services.chassis.days import Jobs
from services.chassis.work import UnitOfWork
from services.registry.commands import applying, tries

jobs = Jobs()


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
