"""Day jobs of registry."""

from __future__ import annotations

from datetime import date

from services.chassis.days import Jobs
from services.chassis.work import UnitOfWork
from services.registry.commands import tries

jobs = Jobs()


@jobs.daily("forget_failed_tries")
async def forget_failed_tries(work: UnitOfWork, day: date) -> bool:
    """Drop failed tries that no longer count; judged by the wall clock, whatever the business day."""
    del day
    await tries.forget_old(work)
    return True
