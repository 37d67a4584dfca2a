"""V1's three persons unpaid for 2016-09 and 2016-10, and what then happens to the two months."""

from __future__ import annotations

from datetime import date
from typing import Any

from contracts.events.enrollment import EnrollmentEnded
from contracts.identity import Caller
from contracts.month import Month
from contracts.values import Channel, Role
from tests.billing.facts import SEPTEMBER, ZHIFU, A, employer, golden, officer, relation, specialist
from tests.servers.bare_service import BareService

COUNTER = officer(Role.COUNTER, district=ZHIFU)
BANK = Caller(account="bank", roles=frozenset({Role.SYSTEM}), channel=Channel.BANK)
V1, WITHOUT_E2 = 8602_58, 6544_22
"""A month with all three, and without 李秀英 (base 5,431), fen."""
FEE_OF_SEPTEMBER = 193_57
"""45 days, 2016-09-11 to 10-25: 133.91 + 46.35 + 6.09 + 4.64 + 2.58."""


def left(number: int = 2, base: int = 5_431_00, last: Month = SEPTEMBER, **changes: Any) -> EnrollmentEnded:
    """The fact that a decrease fired: E2 left on 2016-09-20."""
    own = {"version": 2, "last_month": last, "reason": "21", "left_on": last.day(20)}
    return EnrollmentEnded.model_validate(relation(number, base) | own | changes)


async def day(service: BareService, month: int, number: int, hour: int = 9) -> None:
    """Run what is due, and again on that day of 2016."""
    await service.run_days()
    await service.at(date(2016, month, number), hour)
    await service.run_days()


async def until_25_october(service: BareService, *, first_pays: bool = False) -> str:
    """Both months in arrears; the slip for September alone and 10-25, asked before October lapsed."""
    await service.take(employer(), *golden())
    await day(service, 9, 11)
    await day(service, 10, 1)
    bill = (await service.get("/bills/2016-10", specialist())).json()
    seen = {"version": bill["version"], "total": V1}
    assert (await service.post("/bills/2016-10/confirm", specialist(), seen)).status_code == 200
    slip_no = await arrears_slip(service, "2016-10-25", V1 + FEE_OF_SEPTEMBER)
    await day(service, 10, 11)
    await day(service, 10, 25)
    if first_pays:
        await pay(service, V1 + FEE_OF_SEPTEMBER, "P1", slip_no)
    return slip_no


async def arrears_slip(service: BareService, pay_on: str, amount: int) -> str:
    answer = await service.post("/arrears/slips", specialist(), {"pay_on": pay_on})
    assert answer.json()["amount"] == amount, answer.text
    return str(answer.json()["slip_no"])


async def pay(
    service: BareService, amount: int, reference: str, slip_no: str | None = None
) -> dict[str, Any]:
    body = {"employer_no": A, "amount": amount, "paid_on": str(service.chassis.business.today())}
    body |= {"reference": reference, "slip_no": slip_no}
    answer = await service.post("/counter-payments", COUNTER, body)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def owed(service: BareService, on: str) -> tuple[dict[str, tuple[int, int]], int]:
    """Principal and fee of each month in arrears, and all of it."""
    view = (await service.get(f"/arrears?on={on}", specialist())).json()
    return {one["month"]: (one["principal"], one["fee"]) for one in view["months"]}, view["total"]


async def last(service: BareService, name: str) -> dict[str, Any]:
    """The body of the newest event of a type."""
    rows = await service.rows(
        "SELECT body FROM outbox WHERE type = :name ORDER BY id DESC LIMIT 1", name=name
    )
    return dict(rows[0]["body"])


async def types(service: BareService, after: int = 0) -> list[str]:
    """Types of all events but the first ones, with the month of those about a bill."""
    told = (await service.events())[after:]
    return [name + (f" {subject[-2:]}" if subject[-7:-2] == "2016-" else "") for name, subject in told]


async def conserved(service: BareService) -> None:
    """Every fen that came is allocated or suspended, and debts are paid by what was allocated to them."""
    sums = (
        await service.rows(
            "SELECT (SELECT coalesce(sum(amount), 0) FROM payments)::bigint AS came, "
            "(SELECT coalesce(sum(CASE state WHEN 'suspended' THEN amount ELSE rest END), 0) FROM payments)"
            "::bigint AS rest, "
            "(SELECT coalesce(sum(unit + person + fee), 0) FROM allocations)::bigint AS allocated, "
            "(SELECT coalesce(sum(unit_paid + person_paid + fee_paid), 0) FROM debts)::bigint AS on_debts"
        )
    )[0]
    assert sums["came"] == sums["allocated"] + sums["rest"]
    assert sums["allocated"] == sums["on_debts"]
    unequal = (
        "SELECT d.id FROM debts d LEFT JOIN allocations a ON a.debt_id = d.id GROUP BY d.id HAVING "
        "(d.unit_paid, d.person_paid, d.fee_paid) IS DISTINCT FROM "
        "(coalesce(sum(a.unit), 0), coalesce(sum(a.person), 0), coalesce(sum(a.fee), 0))"
    )
    assert await service.rows(unequal) == []
    summed = (
        "SELECT b.month, b.total, (SELECT coalesce(sum(unit + person), 0) FROM debts d WHERE "
        "(d.employer_no, d.bill_month) = (b.employer_no, b.month))::bigint AS owed FROM bills b"
    )
    assert [row for row in await service.rows(summed) if row["total"] != row["owed"]] == []
