"""Money that banks have told the gateway and that has not come to billing yet: it holds arrears (A24)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import text

from contracts.events.bank import employer_of_slip
from contracts.http.bank import ToldPayment
from services.billing.rules.window import business_day
from services.chassis.identity import SYSTEM
from services.chassis.runtime import Chassis
from services.chassis.told import told_of
from services.chassis.work import work_scope

UNANSWERED = "网关未答复，尚不能核对缴费期内银行已通知的款项，欠费暂不生成，系统自动重试"

_LAPSING = text("""
    SELECT employer_no, min(make_date(month / 100, month % 100, 1)) AS first_day, max(due_day) AS last_day
    FROM bills WHERE due_day < :day AND state IN ('assessed', 'confirmed') AND settled_on IS NULL AND total > 0
    GROUP BY employer_no ORDER BY employer_no
""")
_FORGET = text("""
    DELETE FROM untaken_payments u USING payments p WHERE p.bank = u.bank AND p.serial = u.serial
""")
_NOTE = text("""
    INSERT INTO untaken_payments (bank, serial, employer_no, paid_on)
    SELECT n.bank, n.serial, n.employer_no, n.paid_on
    FROM unnest(CAST(:banks AS varchar[]), CAST(:serials AS varchar[]), CAST(:employers AS varchar[]),
                CAST(:days AS date[])) n(bank, serial, employer_no, paid_on)
    WHERE NOT EXISTS (SELECT FROM payments p WHERE p.bank = n.bank AND p.serial = n.serial)
    ORDER BY n.bank, n.serial ON CONFLICT DO NOTHING
""")


async def note_untaken(chassis: Chassis, day: date) -> str:
    """Before the arrears of a day: note what the gateway was told of windows past and billing has not taken.

    It is asked only about employers whose bill is about to lapse. What the day waits for while it is silent.
    """
    told = await told_of(chassis, _LAPSING, day)
    if told is None:
        return UNANSWERED
    await _note(chassis, told)
    return ""


async def _note(chassis: Chassis, told: Sequence[ToldPayment]) -> None:
    values = {
        "banks": [one.bank for one in told],
        "serials": [one.serial for one in told],
        "employers": [employer_of_slip(one.slip_no) for one in told],
        "days": [business_day(one.paid_at) for one in told],
    }
    async with work_scope(chassis, SYSTEM) as work:
        await work.session.execute(_FORGET)
        await work.session.execute(_NOTE, values)
