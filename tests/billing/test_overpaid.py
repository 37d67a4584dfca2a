"""Somebody paid for who had left leaves a credit by kind and part (A11, A23, 3.4, SIL 64)."""

from __future__ import annotations

from datetime import date
from typing import Any

from contracts.month import Month
from contracts.values import Role
from tests.billing.arrears_of_two_months import conserved, last, left
from tests.billing.facts import FUSHAN, A, employer, officer, specialist, started
from tests.billing.money.conftest import at, notified
from tests.servers.bare_service import BareService

AUGUST = Month(2016, 8)
OLD: dict[str, Any] = {
    "from_month": Month(2012, 3),
    "base_from": Month(2016, 1),
    "imported": True,
    "hired_on": date(2012, 3, 1),
}
ONE = 2058_36
"""A month of base 5,431, fen."""
CREDITS = [
    {"month": "2016-09", "kind": "pension", "unit": 977_58, "person": 434_48},
    {"month": "2016-09", "kind": "unemployment", "unit": 54_31, "person": 27_16},
    {"month": "2016-09", "kind": "medical", "unit": 380_17, "person": 108_62},
    {"month": "2016-09", "kind": "injury", "unit": 48_88, "person": 0},
    {"month": "2016-09", "kind": "maternity", "unit": 27_16, "person": 0},
]


async def _confirm(billing: BareService, month: str = "2016-09") -> dict[str, Any]:
    bill = (await billing.get(f"/bills/{month}", specialist())).json()
    seen = {"version": bill["version"], "total": bill["total"]}
    answer = await billing.post(f"/bills/{month}/confirm", specialist(), seen)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def _two_paid(billing: BareService) -> None:
    await billing.take(employer(), started(1, 5_431_00, **OLD), started(2, 5_431_00, **OLD))
    slip = await _confirm(billing)
    await billing.take(notified(slip["slip_no"], slip["amount"], at(7, 9)))


async def _account(billing: BareService) -> dict[str, Any]:
    return dict((await billing.get(f"/employers/{A}/account", specialist())).json())


async def test_A11_a_leaver_told_after_the_settlement_leaves_a_credit_by_kind_and_part(billing: BareService):
    await _two_paid(billing)
    before = len(await billing.events())
    await billing.take(left(2, 5_431_00, AUGUST, **OLD))
    seen = await _account(billing)
    assert (seen["credits"], seen["credit"], seen["debts"]) == (CREDITS, ONE, [])
    bill = (await billing.get("/bills/2016-09", specialist())).json()
    assert (bill["state"], bill["total"], bill["persons"]) == ("settled", 2 * ONE, 2)
    assert (await billing.events())[before:] == []
    await billing.take(left(2, 5_431_00, AUGUST, **OLD))
    assert (await _account(billing))["credit"] == ONE
    stranger = officer(Role.FINANCE, district=FUSHAN)
    assert (await billing.get(f"/employers/{A}/account", stranger)).status_code == 404


async def test_A11_a_month_that_is_owed_again_loses_its_credit(billing: BareService):
    await _two_paid(billing)
    await billing.take(left(2, 5_431_00, AUGUST, **OLD))
    await billing.take(left(2, 5_431_00, Month(2016, 9), **OLD | {"version": 3}))
    seen = await _account(billing)
    assert (seen["credits"], seen["credit"]) == ([], 0)
    assert await billing.rows("SELECT * FROM supplements") == []


async def test_A11_a_supplement_paid_for_a_month_never_owed_is_credited(billing: BareService):
    start = {"from_month": AUGUST, "base_from": AUGUST, "hired_on": date(2016, 8, 20)}
    await billing.take(employer(), started(1, 5_431_00, **OLD), started(2, 5_431_00, **start))
    slip = await _confirm(billing)
    assert slip["amount"] == 3 * ONE
    await billing.take(notified(slip["slip_no"], slip["amount"], at(7, 9)))
    await billing.take(left(2, 5_431_00, Month(2016, 7), **start))
    assert {one["month"] for one in (await _account(billing))["credits"]} == {"2016-08", "2016-09"}
    assert (await _account(billing))["credit"] == 2 * ONE


async def test_A23_a_newcomer_of_a_bill_that_its_voided_slip_settles_is_supplemented(billing: BareService):
    """V1's slip is void at 09:00 for a fourth person; the bank took the money at 08:59."""
    people = (
        started(1, 2_910_00),
        started(2, 5_431_00),
        started(3, 14_549_00, rural_contract=True),
    )
    await billing.take(employer(), *people)
    slip = await _confirm(billing)
    await billing.take(started(4, 2_910_00))
    await billing.take(notified(slip["slip_no"], slip["amount"], at(7, 8, 59)))
    await billing.run_days()
    bill = (await billing.get("/bills/2016-09", specialist())).json()
    assert (bill["state"], bill["persons"], bill["total"], bill["paid"]) == ("settled", 3, 8602_58, 8602_58)
    assert (await last(billing, "BillAssessed"))["total"] == 8602_58
    noted = await billing.rows("SELECT month, bill_month FROM supplements")
    assert noted == [{"month": 201609, "bill_month": None}]
    await conserved(billing)
    await billing.at(date(2016, 10, 1))
    await billing.run_days()
    bill = (await billing.get("/bills/2016-10", specialist())).json()
    assert bill["total"] == 9705_47 + 1102_89
    assert await billing.rows("SELECT * FROM frozen_bills") == []


async def test_A23_the_late_months_of_a_newcomer_wait_for_the_next_bill_as_well(billing: BareService):
    """Hired 2016-08-05 and late: August in the bill that the voided slip then settles without it."""
    await billing.take(employer(), started(1, 5_431_00, **OLD))
    slip = await _confirm(billing)
    late = started(
        2, 5_431_00, from_month=AUGUST, base_from=AUGUST, hired_on=date(2016, 8, 5), late=True,
        limit_day=date(2016, 9, 5), confirmed_on=date(2016, 9, 7),
    )  # fmt: skip
    await billing.take(late)
    again = await _confirm(billing)
    assert (slip["amount"], again["amount"]) == (ONE, 3 * ONE)
    await billing.take(notified(slip["slip_no"], ONE, at(7, 8, 59)))
    await billing.run_days()
    bill = (await billing.get("/bills/2016-09", specialist())).json()
    assert (bill["state"], bill["persons"], bill["total"], bill["paid"]) == ("settled", 1, ONE, ONE)
    noted = "SELECT month, bill_month, fee_from FROM supplements ORDER BY month"
    assert [tuple(row.values()) for row in await billing.rows(noted)] == [
        (201608, None, date(2016, 9, 6)),
        (201609, None, date(2016, 9, 11)),
    ]
    states = "SELECT slip_no, state FROM slips ORDER BY slip_no"
    assert [row["state"] for row in await billing.rows(states)] == ["paid", "voided"]
    await conserved(billing)


async def test_A23_a_leaver_of_a_bill_that_its_voided_slip_settles_is_credited(billing: BareService):
    await billing.take(employer(), started(1, 5_431_00, **OLD), started(2, 5_431_00, **OLD))
    slip = await _confirm(billing)
    await billing.take(left(2, 5_431_00, AUGUST, **OLD))
    assert (await billing.get("/bills/2016-09", specialist())).json()["total"] == ONE
    await billing.take(notified(slip["slip_no"], 2 * ONE, at(7, 8, 59)))
    await billing.run_days()
    bill = (await billing.get("/bills/2016-09", specialist())).json()
    assert (bill["state"], bill["persons"], bill["total"], bill["paid"]) == ("settled", 2, 2 * ONE, 2 * ONE)
    seen = await _account(billing)
    assert (seen["credits"], seen["credit"]) == (CREDITS, ONE)
    await conserved(billing)


async def test_A23_the_copy_of_a_bill_goes_once_another_slip_has_settled_it(billing: BareService):
    await billing.take(employer(), started(1, 5_431_00, **OLD))
    await _confirm(billing)
    await billing.take(started(2, 5_431_00))
    copies = "SELECT f.month, jsonb_array_length(f.lines) AS persons FROM frozen_bills f"
    assert await billing.rows(copies) == [{"month": 201609, "persons": 1}]
    slip = await _confirm(billing)
    await billing.take(notified(slip["slip_no"], 2 * ONE, at(7, 9)))
    await billing.run_days()
    assert await billing.rows(copies) == []
    assert (await billing.get("/bills/2016-09", specialist())).json()["persons"] == 2


async def test_A23_a_part_paid_before_does_not_lose_the_newcomer(billing: BareService):
    """500.00 at the counter touch some kinds only; the slip for the rest is void, and paid all the same."""
    counter = officer(Role.COUNTER)
    await billing.take(employer(), started(1, 5_431_00, **OLD))
    await _confirm(billing)
    money = {"employer_no": A, "amount": 500_00, "paid_on": "2016-09-07", "reference": "P1"}
    assert (await billing.post("/counter-payments", counter, money)).status_code == 200
    slip = await _confirm(billing)
    assert slip["amount"] == ONE - 500_00
    await billing.take(started(2, 5_431_00))
    await billing.take(notified(slip["slip_no"], slip["amount"], at(7, 8, 59)))
    await billing.run_days()
    bill = (await billing.get("/bills/2016-09", specialist())).json()
    assert (bill["state"], bill["persons"], bill["total"], bill["paid"]) == ("settled", 1, ONE, ONE)
    noted = await billing.rows("SELECT month, bill_month FROM supplements")
    assert noted == [{"month": 201609, "bill_month": None}]
    await conserved(billing)
