"""Limits as officers see them."""

from __future__ import annotations

from sqlalchemy import select
from sqlmodel import col

from contracts.http.enrollment import LimitsList, LimitsView
from services.chassis.work import UnitOfWork
from services.enrollment.reach import require_reader
from services.enrollment.rules.limits import limits_warnings
from services.enrollment.tables import BaseLimits


def view(row: BaseLimits) -> LimitsView:
    """One entry with a warning where it is off the formula."""
    warnings = limits_warnings(row.average_wage, row.floor, row.ceiling)
    return LimitsView(**row.model_dump(), warnings=warnings)


async def limits(work: UnitOfWork) -> LimitsList:
    """All limits, newest first."""
    require_reader(work.caller)
    query = select(BaseLimits).order_by(col(BaseLimits.effective_from).desc(), col(BaseLimits.id))
    return LimitsList(rows=tuple(view(row) for row in await work.session.scalars(query)))
