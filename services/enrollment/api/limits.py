"""Limits of contribution bases."""

from uuid import UUID

from fastapi import APIRouter

from contracts.http.enrollment import LimitsList, LimitsView, NewLimits
from services.chassis.http import Work, WorkRoute
from services.enrollment.commands import limits as policy
from services.enrollment.queries import limits as lists

router = APIRouter(route_class=WorkRoute)


@router.post("/limits")
async def draft(work: Work, asked: NewLimits) -> LimitsView:
    """Enter limits."""
    return await policy.draft(work, asked)


@router.post("/limits/{limits_id}/release")
async def release(work: Work, limits_id: UUID) -> LimitsView:
    """Release them as the second officer."""
    return await policy.release(work, limits_id)


@router.get("/limits")
async def limits(work: Work) -> LimitsList:
    """All limits."""
    return await lists.limits(work)
