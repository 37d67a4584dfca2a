"""HTTP of billing: what two officers do with money in suspense."""

from uuid import UUID

from fastapi import APIRouter

from contracts.http.billing import ApproveDisposal, Disposals, DisposalView, NewDisposal
from services.billing.commands import disposals as commands
from services.billing.queries import disposals as queries
from services.chassis.http import Work, WorkRoute

router = APIRouter(route_class=WorkRoute)


@router.get("/suspense/{payment_id}/disposals")
async def disposals(work: Work, payment_id: UUID) -> Disposals:
    """What was proposed and decided of a payment, newest first."""
    return await queries.disposals(work, payment_id)


@router.post("/suspense/{payment_id}/disposals")
async def propose(work: Work, payment_id: UUID, asked: NewDisposal) -> DisposalView:
    """Propose what becomes of a payment."""
    return await commands.propose(work, payment_id, asked)


@router.post("/disposals/{disposal_id}/approve")
async def approve(work: Work, disposal_id: UUID, asked: ApproveDisposal) -> DisposalView:
    """Approve as the second officer: it is done."""
    return await commands.approve(work, disposal_id, asked)


@router.post("/disposals/{disposal_id}/refuse")
async def refuse(work: Work, disposal_id: UUID) -> DisposalView:
    """Take a proposal back; the money waits on."""
    return await commands.refuse(work, disposal_id)
