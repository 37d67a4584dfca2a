"""What banks have told of employers' payments: nothing lapses over money that is on its way (A24)."""

from __future__ import annotations

from datetime import timedelta

from fastapi import APIRouter
from sqlalchemy import text

from contracts.http.bank import ToldPayment, ToldPayments, WindowMoney
from services.chassis.clocks import at_midnight
from services.chassis.http import Work, WorkRoute
from services.chassis.identity import require

router = APIRouter(route_class=WorkRoute)
_TOLD = text("""
    SELECT notification_id AS payment_id, bank, serial, slip_no, paid_at FROM bank_payments
    WHERE paid_at >= :since AND paid_at < :until AND left(slip_no, 10) = ANY(CAST(:employers AS varchar[]))
    ORDER BY bank, serial
""")


@router.post("/bank/told")
async def told(work: Work, asked: WindowMoney) -> ToldPayments:
    """Stored notifications of these employers by the bank's transaction time; for the system alone."""
    require(work.caller)
    values = {
        "employers": list(asked.employers),
        "since": at_midnight(asked.first_day),
        "until": at_midnight(asked.last_day + timedelta(days=1)),
    }
    rows = await work.session.execute(_TOLD, values)
    return ToldPayments(rows=tuple(ToldPayment(**row._asdict()) for row in rows))
