"""The working-day table of registry: terms of one working day are counted by it (clause 三(六))."""

from __future__ import annotations

from datetime import date, timedelta

from services.chassis.work import UnitOfWork
from services.chassis.workday_table import read_days
from services.chassis.workdays import WorkingDays

_AHEAD = timedelta(days=40)
"""The next working day lies a run of holidays away at most."""


async def working_days(work: UnitOfWork, first: date) -> WorkingDays:
    """The calendar from a day on; a year that lacks raises MissingPolicy when a term reaches it."""
    return await read_days(work, first, first + _AHEAD)
