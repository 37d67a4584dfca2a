"""Day jobs of enrollment."""

from __future__ import annotations

from datetime import date

from services.chassis.days import Jobs
from services.chassis.work import UnitOfWork
from services.enrollment.commands.voiding import void_due

jobs = Jobs()


@jobs.daily("void_unconfirmed_increases")
async def void_unconfirmed_increases(work: UnitOfWork, day: date) -> bool:
    """At 00:00 of the 1st what the counter has not confirmed in its month is void (A6)."""
    return await void_due(work, day)
