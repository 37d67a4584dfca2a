"""补缴 that no bill has yet can be paid on any day, with its late fee running (A7, A8)."""

from __future__ import annotations

from datetime import date
from typing import Any

from contracts.events.enrollment import EnrollmentStarted
from contracts.month import Month
from contracts.values import Role
from services.billing.commands.run import run_month
from services.chassis.identity import SYSTEM
from services.chassis.work import work_scope
from tests.billing.arrears_of_two_months import V1, conserved, last, left, owed, types
from tests.billing.facts import OCTOBER, SEPTEMBER, A, employer, golden, officer, specialist, started
from tests.billing.money.conftest import at, notified
from tests.servers.bare_service import BareService

JULY, AUGUST = Month(2016, 7), Month(2016, 8)
COUNTER = officer(Role.COUNTER)
ONE, FEE_OF_AUGUST, FEE_OF_SEPTEMBER = 2058_36, 15_44, 10_29
"""A month of base 5,431; 15 days from 2016-09-06: 10.59 + 3.67 + 0.61 + 0.37 + 0.20; 10 days from 09-11:
7.06 + 2.44 + 0.41 + 0.24 + 0.14. Fen."""
IN_ALL = 2 * ONE + FEE_OF_AUGUST + FEE_OF_SEPTEMBER
SINCE_AUGUST: dict[str, Any] = {"from_month": AUGUST, "base_from": AUGUST, "hired_on": date(2016, 8, 5)}


def late(number: int = 4) -> EnrollmentStarted:
    """Hired 2016-08-05, limit 09-04 rolled to 09-05, confirmed at the counter on 09-20."""
    days = {"late": True, "limit_day": date(2016, 9, 5), "confirmed_on": date(2016, 9, 20)}
    return started(number, 5_431_00, **SINCE_AUGUST, **days)


async def _confirm(billing: BareService, month: str) -> dict[str, Any]:
    bill = (await billing.get(f"/bills/{month}", specialist())).json()
    seen = {"version": bill["version"], "total": bill["total"]}
    answer = await billing.post(f"/bills/{month}/confirm", specialist(), seen)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def _late_on_20_september(billing: BareService) -> None:
    """September is paid on the 7th; the late increase comes on the 20th."""
    await billing.take(employer(), *golden())
    slip = await _confirm(billing, "2016-09")
    await billing.take(notified(slip["slip_no"], V1, at(7, 9)))
    await billing.at(date(2016, 9, 20))
    await billing.take(late())


async def _slip(billing: BareService, pay_on: str) -> dict[str, Any]:
    answer = await billing.post("/arrears/slips", specialist(), {"pay_on": pay_on})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def _run(billing: BareService, month: Month) -> None:
    await billing.at(month.first_day)
    async with work_scope(billing.chassis, SYSTEM, day=month.first_day) as work:
        assert await run_month(work, month.first_day)


async def test_A8_a_late_increase_is_paid_on_the_day_of_its_confirmation(billing: BareService):
    await _late_on_20_september(billing)
    view = (await billing.get("/arrears", specialist())).json()
    assert (view["total"], view["unbilled"]) == (0, ["2016-08", "2016-09"])
    before = len(await billing.events())
    slip = await _slip(billing, "2016-09-20")
    assert (slip["amount"], slip["fee"]) == (IN_ALL, FEE_OF_AUGUST + FEE_OF_SEPTEMBER)
    assert (slip["months"], slip["persons"], slip["kinds"][0]["persons"]) == (["2016-08", "2016-09"], 1, 1)
    assert await owed(billing, "2016-09-20") == (
        {"2016-08": (ONE, FEE_OF_AUGUST), "2016-09": (ONE, FEE_OF_SEPTEMBER)},
        IN_ALL,
    )
    await billing.take(notified(slip["slip_no"], IN_ALL, at(20, 11), "A2"))
    told = ["SlipIssued", "PaymentPosted", "ReceiptIssued", "SubmissionDecided"]
    assert await types(billing, before) == told
    assert (await owed(billing, "2016-12-01"))[1] == 0
    assert (await billing.get("/bills/2016-10", specialist())).status_code == 404


async def test_A8_the_next_bill_carries_what_was_paid_ahead_of_it(billing: BareService):
    await _late_on_20_september(billing)
    slip = await _slip(billing, "2016-09-20")
    await billing.take(notified(slip["slip_no"], IN_ALL, at(20, 11), "A2"))
    await _run(billing, OCTOBER)
    bill = (await billing.get("/bills/2016-10", specialist())).json()
    total = V1 + 3 * ONE
    assert (bill["total"], bill["paid"], bill["state"], bill["slip"]) == (total, 2 * ONE, "assessed", None)
    slip = await _confirm(billing, "2016-10")
    assert slip["amount"] == V1 + ONE
    await billing.take(notified(slip["slip_no"], V1 + ONE, at(1, 11, month=10), "A3"))
    settled = await last(billing, "BillSettled")
    assert (settled["month"], settled["total"]) == ("2016-10", total)
    await conserved(billing)


async def test_A8_unpaid_it_enters_the_next_bill_with_the_same_days(billing: BareService):
    await _late_on_20_september(billing)
    await _slip(billing, "2016-09-20")
    again = await _slip(billing, "2016-09-21")
    assert again["amount"] == 2 * ONE + 16_47 + 11_33, "16 days and 11 days"
    await _run(billing, OCTOBER)
    debts = "SELECT month, sort, fee_from, sum(unit + person)::bigint AS owed FROM debts WHERE bill_month = 201610"
    assert [tuple(row.values()) for row in await billing.rows(debts + " GROUP BY 1, 2, 3 ORDER BY 1")] == [
        (201608, "supplement", date(2016, 9, 6), ONE),
        (201609, "supplement", date(2016, 9, 11), ONE),
        (201610, "ordinary", date(2016, 10, 11), V1 + ONE),
    ]
    assert (await billing.get("/bills/2016-10", specialist())).json()["total"] == V1 + 3 * ONE
    await conserved(billing)


async def test_A7_an_increase_in_time_is_paid_ahead_without_a_fee_at_the_counter(billing: BareService):
    await billing.at(date(2016, 9, 12))
    await billing.take(employer(), started(1, 5_431_00))
    money = {"employer_no": A, "amount": ONE + 1, "paid_on": "2016-09-12", "reference": "P1"}
    refused = await billing.post("/counter-payments", COUNTER, money)
    assert (refused.status_code, refused.json()["code"]) == (422, "counter.more_than_owed")
    paid = await billing.post("/counter-payments", COUNTER, money | {"amount": ONE})
    assert paid.status_code == 200, paid.text
    await _run(billing, OCTOBER)
    bill = (await billing.get("/bills/2016-10", specialist())).json()
    assert (bill["total"], bill["paid"], bill["state"]) == (2 * ONE, ONE, "assessed")
    await conserved(billing)


async def test_A8_a_bill_that_was_paid_ahead_in_full_is_settled_when_it_is_made(billing: BareService):
    """The person came on 2016-08-05 and left in September: October's bill holds supplements alone."""
    await billing.at(date(2016, 9, 20))
    await billing.take(employer(), late())
    slip = await _slip(billing, "2016-09-20")
    await billing.take(notified(slip["slip_no"], IN_ALL, at(20, 11), "A2"))
    await billing.take(left(4, 5_431_00, SEPTEMBER, **SINCE_AUGUST))
    before = len(await billing.events())
    await _run(billing, OCTOBER)
    assert await types(billing, before) == ["BillAssessed 10", "BillSettled 10"]
    bill = (await billing.get("/bills/2016-10", specialist())).json()
    assert (bill["total"], bill["paid"], bill["state"], bill["persons"]) == (2 * ONE, 2 * ONE, "settled", 0)
    await conserved(billing)


async def test_A11_what_stands_ahead_goes_with_the_relation_and_frees_its_money(billing: BareService):
    await _late_on_20_september(billing)
    slip = await _slip(billing, "2016-09-20")
    await billing.take(left(4, 5_431_00, JULY, **SINCE_AUGUST))
    state = (await billing.get(f"/slips/{slip['slip_no']}", specialist())).json()["state"]
    assert (state, await owed(billing, "2016-09-20")) == ("voided", ({}, 0))
    assert await billing.rows("SELECT * FROM supplements") == []
    await billing.take(left(4, 5_431_00, SEPTEMBER, **SINCE_AUGUST | {"version": 3}))
    slip = await _slip(billing, "2016-09-20")
    await billing.take(notified(slip["slip_no"], IN_ALL, at(20, 11), "A2"))
    await billing.take(left(4, 5_431_00, AUGUST, **SINCE_AUGUST | {"version": 4}))
    assert (await billing.get("/suspense", COUNTER)).json()["rows"][0]["suspended"] == ONE + FEE_OF_SEPTEMBER
    await conserved(billing)


async def test_A23_while_a_bank_holds_the_slip_what_stands_ahead_waits(billing: BareService):
    await _late_on_20_september(billing)
    slip = await _slip(billing, "2016-09-20")
    asked = {"bank": "ICBC", "slip_no": slip["slip_no"]}
    assert (await billing.post("/slips/query", SYSTEM, asked)).status_code == 200
    await billing.take(left(4, 5_431_00, AUGUST, **SINCE_AUGUST))
    await billing.take(notified(slip["slip_no"], IN_ALL, at(20, 11), "A2"))
    await _run(billing, OCTOBER)
    bill = (await billing.get("/bills/2016-10", specialist())).json()
    assert (bill["total"], bill["persons"]) == (V1 + ONE, 3)
    assert bill["paid"] == 2 * ONE + FEE_OF_SEPTEMBER, "what September no longer owes pays for October"
    await conserved(billing)
