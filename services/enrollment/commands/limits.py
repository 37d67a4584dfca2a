"""Limits of bases: drafted by one officer, released by another, then told (domain 1.5, 3.3)."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from contracts.errors import chassis as common
from contracts.errors import enrollment as codes
from contracts.events.enrollment import BaseLimitsPublished
from contracts.http.enrollment import LimitsView, NewLimits
from contracts.identity import WHOLE_CITY
from contracts.values import Role
from services.chassis.identity import require, two_officers
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork, new_id
from services.enrollment.queries.limits import view
from services.enrollment.tables import BaseLimits


def _policy_officer(work: UnitOfWork) -> None:
    """Limits hold for the city, so that its own policy officers enter them."""
    require(work.caller, Role.POLICY)
    if not work.caller.sees_district(WHOLE_CITY):
        raise Problem(common.FORBIDDEN)


async def draft(work: UnitOfWork, asked: NewLimits) -> LimitsView:
    """Enter limits; Problem where the floor is above the ceiling or the month has its limits already."""
    _policy_officer(work)
    if not 0 < asked.floor <= asked.ceiling:
        raise Problem(codes.LIMITS_ORDER, field="floor")
    await _check_free(work, asked.effective_from.yyyymm)
    row = BaseLimits(**asked.model_dump(), id=new_id(), drafted_by=work.caller.account)
    row.effective_from = asked.effective_from
    work.session.add(row)
    drafted = view(row)
    work.audit("limits_drafted", f"limits/{row.id}", after=drafted)
    return drafted


async def release(work: UnitOfWork, limits_id: UUID) -> LimitsView:
    """Release by a second officer; Problem SAME_OFFICER for the first."""
    _policy_officer(work)
    row = await work.session.get(BaseLimits, limits_id, with_for_update=True)
    if row is None:
        raise Problem(common.NOT_FOUND)
    if row.released_by is not None:
        raise Problem(codes.LIMITS_RELEASED, month=row.effective_from)
    two_officers(row.drafted_by, work.caller)
    await _check_free(work, row.effective_from.yyyymm)
    row.released_by = work.caller.account
    event = tell_published(work, row)
    work.audit("limits_released", f"limits/{row.id}", after=event)
    return view(row)


def tell_published(work: UnitOfWork, row: BaseLimits) -> BaseLimitsPublished:
    """Publish released limits as they stand; they are never changed."""
    event = BaseLimitsPublished(
        version=1,
        year=row.year,
        floor=row.floor,
        ceiling=row.ceiling,
        effective_from=row.effective_from,
        published_on=row.published_on,
        document_no=row.document_no,
    )
    work.publish(event)
    return event


async def _check_free(work: UnitOfWork, month: int) -> None:
    query = select(BaseLimits).where(
        col(BaseLimits.effective_from) == month, col(BaseLimits.released_by).is_not(None)
    )
    held = await work.session.scalar(query)
    if held is not None:
        raise Problem(codes.LIMITS_RELEASED, field="effective_from", month=held.effective_from)
