"""Policy data that judgements rest on, read from its tables: working days and released limits."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select
from sqlmodel import col

from services.chassis.work import UnitOfWork
from services.chassis.workday_table import read_days
from services.chassis.workdays import WorkingDays
from services.enrollment.rules.limits import Limits
from services.enrollment.tables import BaseLimits

_AHEAD = timedelta(days=130)
"""A limit lies at most three months and a run of holidays after the hire."""


async def working_days(work: UnitOfWork, first: date, last: date) -> WorkingDays:
    """The calendar from a day to some months after another; years that lack raise MissingPolicy when asked."""
    return await read_days(work, first, last + _AHEAD)


async def released_limits(work: UnitOfWork) -> tuple[Limits, ...]:
    """Limits that two officers have released and the province has published by now."""
    query = select(BaseLimits).where(
        col(BaseLimits.released_by).is_not(None), col(BaseLimits.published_on) <= work.today
    )
    return tuple(
        Limits(row.effective_from, row.floor, row.ceiling) for row in await work.session.scalars(query)
    )
