"""Payments that banks have told the gateway and billing has not told here: no order lapses over them (A24)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import text

from contracts.events.bank import employer_of_slip
from contracts.http.bank import ToldPayment
from services.chassis.identity import SYSTEM
from services.chassis.runtime import Chassis
from services.chassis.told import told_of
from services.chassis.work import work_scope

UNANSWERED = "网关未答复，尚不能核对限期内银行已通知的款项，通知书暂不转逾期，系统自动重试"

_DUE = text("""
    SELECT employer_no, min(issued_on) AS first_day, max(deadline) AS last_day FROM orders
    WHERE state = 'served' AND deadline < :day GROUP BY employer_no ORDER BY employer_no
""")
_FORGET = text("DELETE FROM untold_payments u USING payments p WHERE p.payment_id = u.payment_id")
_NOTE = text("""
    INSERT INTO untold_payments (payment_id, employer_no)
    SELECT n.payment_id, n.employer_no
    FROM unnest(CAST(:payments AS uuid[]), CAST(:employers AS varchar[])) n(payment_id, employer_no)
    WHERE NOT EXISTS (SELECT FROM payments p WHERE p.payment_id = n.payment_id)
    ORDER BY n.payment_id ON CONFLICT DO NOTHING
""")


async def note_untold(chassis: Chassis, day: date) -> str:
    """Before orders lapse: note what is on its way of those whose term is over; what the day waits for, or nothing."""
    told = await told_of(chassis, _DUE, day)
    if told is None:
        return UNANSWERED
    await _note(chassis, told)
    return ""


async def _note(chassis: Chassis, told: Sequence[ToldPayment]) -> None:
    values = {
        "payments": [one.payment_id for one in told],
        "employers": [employer_of_slip(one.slip_no) for one in told],
    }
    async with work_scope(chassis, SYSTEM) as work:
        await work.session.execute(_FORGET)
        await work.session.execute(_NOTE, values)
