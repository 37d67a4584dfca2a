"""HTTP of billing: rates as policy data."""

from uuid import UUID

from fastapi import APIRouter

from contracts.http.billing import NewRates, RatesList, RatesView
from services.billing.commands import rates as commands
from services.billing.queries import rates as queries
from services.chassis.http import Work, WorkRoute

router = APIRouter(route_class=WorkRoute)


@router.post("/rates")
async def draft(work: Work, asked: NewRates) -> RatesView:
    """Draft rates."""
    return await commands.draft_rates(work, asked)


@router.post("/rates/{rates_id}/release")
async def release(work: Work, rates_id: UUID) -> RatesView:
    """Release a draft by a second officer."""
    return await commands.release_rates(work, rates_id)


@router.get("/rates")
async def rates_list(work: Work) -> RatesList:
    """All rates, newest first."""
    return await queries.rates_list(work)
