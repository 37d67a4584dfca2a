"""Payments of this employer with their receipts, and where each went."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import Response

from contracts.http.billing import PaymentPage, PaymentView
from gateway.live.follow import following
from gateway.sessions.visit import PageRoute, Visitor

router = APIRouter(route_class=PageRoute, include_in_schema=False)


@router.get("/payments")
async def payments(visit: Visitor, page: Annotated[int, Query(ge=1)] = 1) -> Response:
    """All payments, newest first."""
    await following(visit)
    found = await visit.calls.get("billing", "/payments", PaymentPage, {"page": page})
    return visit.page("bill/payments.html", list=found)


@router.get("/payments/{payment_id}")
async def payment(visit: Visitor, payment_id: UUID) -> Response:
    """One payment: to which months and kinds it was booked."""
    await following(visit)
    found = await visit.calls.get("billing", f"/payments/{payment_id}", PaymentView)
    return visit.page("bill/payment.html", one=found)
