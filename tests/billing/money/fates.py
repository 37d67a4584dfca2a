"""What may happen to slips between their issue and the bank's word, by chance."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import text

from contracts.events.bank import PaymentNotified, employer_of_slip
from services.chassis.identity import SYSTEM
from services.chassis.work import work_scope
from tests.billing.money.conftest import FUSHAN, ZHIFU, add_bill, add_employer, at, confirm, void
from tests.servers.bare_service import BareService

MANY = 40
_PAID = """
    WITH paid AS (
        INSERT INTO payments (id, version, employer_no, channel, amount, paid_at, paid_on, recorded_at, recorded_by,
                              state) VALUES (md5(:e)::uuid, 2, :e, 'counter', 1, '2016-09-08', '2016-09-08',
                              '2016-09-08', 'x', 'posted')
        ON CONFLICT DO NOTHING RETURNING id, paid_on
    ), owed AS (
        UPDATE debts SET {column}_paid = 1 WHERE employer_no = :e AND kind = 'pension' RETURNING id
    )
    INSERT INTO allocations (payment_id, debt_id, paid_on, unit, person, fee)
    SELECT paid.id, owed.id, paid_on, ('{column}' = 'unit')::int, 0, ('{column}' = 'fee')::int FROM paid, owed
"""
# What may have happened to an employer (:e) between its slip (:s) and the notification; each may go to suspense,
# make the slip less than whole, or leave it whole.
FATES = (
    _PAID.format(column="unit"),
    _PAID.format(column="fee"),
    "UPDATE debts SET unit = unit + 100 WHERE employer_no = :e AND kind = 'injury'",
    "UPDATE debts SET unit = unit + 100, person = person - 100 WHERE employer_no = :e AND kind = 'medical'",
    "UPDATE debts SET closed_on = '2016-09-08' WHERE employer_no = :e AND kind = 'medical'",
    "UPDATE debts SET fee_from = '2016-09-05' WHERE employer_no = :e AND kind = 'injury'",
    "UPDATE debts SET bill_month = 201610 WHERE employer_no = :e AND kind = 'injury'",
    "UPDATE debts SET bill_month = 201610 WHERE employer_no = :e",
    """
    INSERT INTO debts (employer_no, bill_month, month, kind, sort, fee_from, unit, person)
    VALUES (:e, 201609, 201608, 'pension', 'supplement', '2016-09-11', 700, 300) ON CONFLICT DO NOTHING
    """,
    """
    UPDATE slip_parts SET unit = unit - 5, fee = 5
    WHERE slip_no = :s AND debt_id IN (SELECT id FROM debts WHERE kind = 'pension')
    """,
    """
    WITH fee AS (
        UPDATE slip_parts SET fee = 5
        WHERE slip_no = :s AND debt_id IN (SELECT id FROM debts WHERE kind = 'pension') RETURNING slip_no
    ) UPDATE slips s SET fee = s.fee + 5, amount = s.amount + 5 FROM fee WHERE s.slip_no = fee.slip_no
    """,
    """
    WITH spread AS (UPDATE debts SET bill_month = 201610 WHERE employer_no = :e AND kind = 'medical')
    INSERT INTO debts (employer_no, bill_month, month, kind, sort, fee_from, unit, person)
    VALUES (:e, 201609, 201607, 'pension', 'supplement', '2016-09-11', 0, 0) ON CONFLICT DO NOTHING
    """,
    "UPDATE slips SET valid_until = '2016-09-09 09:00+08' WHERE slip_no = :s",
    "UPDATE slips SET state = 'voided', voided_at = '2016-09-09 09:00+08' WHERE slip_no = :s",
    "UPDATE slips SET state = 'voided', voided_at = '2016-09-09 12:00+08' WHERE slip_no = :s",
    "UPDATE slips SET state = 'paid' WHERE slip_no = :s",
    """
    INSERT INTO slips (slip_no, version, employer_no, sort, principal, fee, amount, issued_at, pay_on, valid_until,
                       state)
    VALUES (:e || '9999990', 1, :e, 'arrears', 700, 0, 700, '2016-09-07', '2016-09-10', '2016-09-11', 'valid')
    ON CONFLICT DO NOTHING
    """,
    "UPDATE bills SET opened_on = '2016-09-11', state = 'arrears' WHERE employer_no = :e",
    "UPDATE bills SET settled_on = '2016-09-08', state = 'settled' WHERE employer_no = :e",
    "UPDATE bills SET stale = true WHERE employer_no = :e",
    """
    INSERT INTO frozen_bills (slip_no, month, employer_no, lines) VALUES (:s, 201609, :e, '[]')
    ON CONFLICT DO NOTHING
    """,
    "UPDATE employers SET agency = '', district = '' WHERE employer_no = :e",
)


async def slip_of(service: BareService, number: str, district: str = ZHIFU) -> str:
    """The slip of a new employer's confirmed bill."""
    await add_employer(service, number, district)
    await add_bill(service, number)
    return await confirm(service, number)


async def strike(service: BareService, slip_no: str, *fates: str) -> None:
    """Let some of it happen."""
    values = {"e": employer_of_slip(slip_no), "s": slip_no}
    async with work_scope(service.chassis, SYSTEM) as work:
        for fate in fates:
            await work.session.execute(text(fate), {k: v for k, v in values.items() if f":{k}" in fate})


async def struck(service: BareService, chance: random.Random) -> list[str]:
    """Slips of many employers, some of them voided, with what happened to them: their numbers."""
    slips = []
    for number in (f"3706{n:06d}" for n in range(1, MANY + 1)):
        slips.append(await slip_of(service, number, chance.choice([ZHIFU, FUSHAN])))
        if chance.random() < 0.1:
            await void(service, slips[-1])
            slips.append(await confirm(service, number))
    for slip_no in slips:
        await strike(service, slip_no, *chance.sample(FATES, chance.choice([0, 0, 0, 1, 1, 2])))
    return slips


async def right(service: BareService, slips: Sequence[str]) -> list[PaymentNotified]:
    """Each slip paid once, with the sum it names."""
    rows = await service.rows("SELECT slip_no, amount FROM slips")
    amounts = {row["slip_no"]: row["amount"] for row in rows}
    chance = random.Random(1)
    return [
        notified(slip_no, amounts[slip_no], at(9), f"S{place}", chance) for place, slip_no in enumerate(slips)
    ]


def wild(events: Sequence[PaymentNotified], chance: random.Random) -> list[PaymentNotified]:
    """Most of them as they are, some late, wrong, twice, or told twice."""
    found = [
        notified(
            event.slip_no if chance.random() < 0.97 else f"{event.slip_no[:-2]}77",
            event.amount - (chance.random() < 0.05),
            chance.choice([at(9), at(9), at(9), at(9), at(10, 23, 59), at(11, 0, 0), at(4)]),
            f"S{place if chance.random() < 0.9 else place // 2}",
            chance,
        )
        for place, event in enumerate(events)
        for _ in range(chance.choice([1, 1, 1, 1, 1, 2]))
    ]
    return chance.sample(found, len(found))


def notified(
    slip_no: str, amount: int, paid_at: datetime, serial: str, chance: random.Random
) -> PaymentNotified:
    """The same notification for both."""
    return PaymentNotified(
        version=1,
        notification_id=UUID(int=chance.getrandbits(128)),
        bank=chance.choice(["ICBC", "ABC"]),
        serial=serial,
        slip_no=slip_no,
        amount=amount,
        paid_at=paid_at,
        clearing_day=(paid_at + timedelta(days=1)).date(),
    )
