"""Arrears of V1's employer: opened by the day job, priced for any day, paid by slip or at the counter (V3, V3b)."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Any

from contracts.values import Role
from tests.billing.money.conftest import (
    COUNTER,
    FUSHAN,
    OCTOBER,
    ONE,
    TWO,
    Standing,
    add_bill,
    add_employer,
    at,
    confirm,
    counted,
    notified,
    officer,
)
from tests.servers.bare_service import BareService
from tests.servers.callers import specialist as employer

TOTAL = 860_258
PAID = ["PaymentPosted", "ReceiptIssued"]


async def types(service: BareService) -> list[str]:
    return [name for name, _ in await service.events()]


def by_kind(view: dict[str, Any], part: str) -> dict[str, int]:
    return {debt["kind"]: debt[part] for month in view["months"] for debt in month["debts"]}


async def days_until(service: BareService, day: date) -> None:
    await service.run_days()
    await service.at(day)
    await service.run_days()


async def test_A24_a_bill_never_confirmed_opens_its_arrears_on_the_11th(billing: BareService):
    await add_employer(billing)
    await add_bill(billing)
    await billing.run_days()
    await billing.at(date(2016, 9, 10), hour=23)
    await billing.run_days()
    assert await types(billing) == []
    await billing.at(date(2016, 9, 11))
    await billing.run_days()
    assert await billing.events() == [("ArrearsOpened", f"{ONE}/2016-09")]
    body = (await billing.rows("SELECT body FROM outbox"))[0]["body"]
    assert (body["principal"], body["fee_from"], body["opened_on"]) == (TOTAL, "2016-09-11", "2016-09-11")
    assert {debt["kind"]: debt["fee"] for debt in body["debts"]} == {
        "pension": 298,
        "medical": 103,
        "unemployment": 14,
        "injury": 10,
        "maternity": 6,
    }
    await billing.at(date(2016, 9, 12))
    await billing.run_days()
    assert await types(billing) == ["ArrearsOpened"]


async def test_V3_late_fee_of_the_golden_bill_on_any_day(confirmed: Standing):
    service = confirmed.service
    await days_until(service, date(2016, 9, 20))
    seen = (await service.get("/arrears?on=2016-10-20", employer(ONE))).json()
    assert by_kind(seen, "fee") == {
        "pension": 11_903,
        "medical": 4_120,
        "unemployment": 541,
        "injury": 412,
        "maternity": 229,
    }
    assert (seen["principal"], seen["fee"], seen["total"]) == (TOTAL, 17_205, 877_463)
    assert (seen["months"][0]["fee_from"], seen["months"][0]["days"]) == ("2016-09-11", 40)
    assert "2016-09 企业职工基本养老：5,951.40 × 40天 × 0.05% = 119.028 ≈ 119.03" in seen["fee_text"]
    one_day = (await service.get("/arrears?on=2016-09-11", employer(ONE))).json()
    assert one_day["fee"] == 431
    in_time = (await service.get("/arrears?on=2016-09-10", employer(ONE))).json()
    assert (in_time["months"], in_time["total"]) == ([], 0)


async def test_V3_the_arrears_slip_for_20_october_carries_172_05(confirmed: Standing):
    service = confirmed.service
    await days_until(service, date(2016, 9, 20))
    slip = (await service.post("/arrears/slips", employer(ONE), {"pay_on": "2016-10-20"})).json()
    assert (slip["principal"], slip["fee"], slip["amount"]) == (TOTAL, 17_205, 877_463)
    assert (slip["sort"], slip["months"], slip["persons"]) == ("arrears", ["2016-09"], 3)
    assert slip["amount_words"] == "捌仟柒佰柒拾肆元陆角叁分"
    assert slip["valid_until"].startswith(("2016-10-20T16:00:00", "2016-10-21T00:00:00"))
    pension = next(row for row in slip["kinds"] if row["kind"] == "pension")
    assert pension == {
        "kind": "pension",
        "persons": 3,
        "base_sum": 2_289_000,
        "unit_rate": 180_000,
        "person_rate": 80_000,
        "unit": 412_020,
        "person": 183_120,
        "fee": 11_903,
        "note": "",
    }
    await service.take(notified(slip["slip_no"], 877_463, at(20, 23, 59, month=10)))
    assert await types(service) == [
        "SlipIssued",
        "ArrearsOpened",
        "SlipIssued",
        *PAID,
        "BillSettled",
        "ArrearsSettled",
        "SubmissionDecided",
    ]
    settled = (await service.rows("SELECT body FROM outbox WHERE type = 'ArrearsSettled'"))[0]["body"]
    assert (settled["principal"], settled["fee"]) == (TOTAL, 17_205)
    assert await service.rows("SELECT state FROM bills") == [{"state": "settled"}]
    later = (await service.get("/arrears?on=2017-10-20", employer(ONE))).json()
    assert later["total"] == 0


async def test_A23_a_new_arrears_slip_voids_the_former_and_its_day_is_not_past(confirmed: Standing):
    service = confirmed.service
    await days_until(service, date(2016, 9, 20))
    first = (await service.post("/arrears/slips", employer(ONE), {"pay_on": "2016-09-20"})).json()
    second = (await service.post("/arrears/slips", employer(ONE), {"pay_on": "2016-09-21"})).json()
    states = await service.rows("SELECT slip_no, state, void_cause FROM slips ORDER BY slip_no")
    assert [(row["slip_no"], row["state"], row["void_cause"]) for row in states] == [
        (confirmed.slip_no, "expired", ""),
        (first["slip_no"], "voided", "reissued"),
        (second["slip_no"], "valid", ""),
    ]
    past = await service.post("/arrears/slips", employer(ONE), {"pay_on": "2016-09-19"})
    assert (past.status_code, past.json()["code"]) == (422, "slip.pay_day_past")
    await add_employer(service, TWO, FUSHAN)
    nothing = await service.post("/arrears/slips", employer(TWO), {"pay_on": "2016-09-20"})
    assert nothing.json()["code"] == "money.nothing_owed"


async def test_V3b_five_thousand_at_the_counter_and_the_rest_on_20_october(confirmed: Standing):
    service = confirmed.service
    await days_until(service, date(2016, 9, 25))
    part = (await service.post("/counter-payments", COUNTER, counted(500_000, "2016-09-25"))).json()
    assert {row["kind"]: (row["unit"], row["person"], row["fee"]) for row in part["allocations"]} == {
        "pension": (175_355, 183_120, 0),
        "medical": (68_193, 45_780, 0),
        "unemployment": (9_742, 4_171, 0),
        "injury": (8_768, 0, 0),
        "maternity": (4_871, 0, 0),
    }
    assert part["receipt_no"] == "370602-2016-00000001"
    await days_until(service, date(2016, 10, 20))
    seen = (await service.get("/arrears?on=2016-10-20", employer(ONE))).json()
    assert by_kind(seen, "fee") == {
        "pension": 7_422,
        "medical": 2_696,
        "unemployment": 367,
        "injury": 302,
        "maternity": 168,
    }
    assert (seen["principal"], seen["fee"], seen["total"]) == (360_258, 10_955, 371_213)
    principal = await service.post("/counter-payments", COUNTER, counted(360_258, "2016-10-20", "P2"))
    assert {row["fee"] for row in principal.json()["allocations"]} == {0}
    left = (await service.get("/arrears?on=2017-03-01", employer(ONE))).json()
    assert (left["principal"], left["fee"]) == (0, 10_955)
    assert await service.rows("SELECT state FROM bills") == [{"state": "arrears"}]
    await service.post("/counter-payments", COUNTER, counted(10_955, "2016-10-20", "P3"))
    assert await types(service) == [
        "SlipIssued",
        "ArrearsOpened",
        *PAID,
        "SubmissionDecided",
        *PAID,
        "BillSettled",
        "SubmissionDecided",
        *PAID,
        "ArrearsSettled",
        "SubmissionDecided",
    ]
    assert await service.rows("SELECT state FROM bills") == [{"state": "settled"}]
    account = (await service.get(f"/employers/{ONE}/account", COUNTER)).json()
    assert (account["debts"], account["credit"]) == ([], 0)


async def test_A30_the_counter_refuses_what_cannot_be(confirmed: Standing):
    service = confirmed.service
    refused = [
        (COUNTER, counted(TOTAL + 1, "2016-09-07"), 422, "counter.more_than_owed"),
        (COUNTER, counted(100, "2016-09-08"), 422, "counter.paid_later"),
        (COUNTER, counted(0, "2016-09-07"), 422, "input.invalid"),
        (COUNTER, counted(100, "2016-09-07", slip_no=confirmed.slip_no), 422, "slip.sum"),
        (COUNTER, counted(100, "2016-09-07", slip_no="37060000010009994"), 404, "not_found"),
        (officer(Role.AUDITOR), counted(100, "2016-09-07"), 403, "identity.forbidden"),
        (employer(ONE), counted(100, "2016-09-07"), 403, "identity.forbidden"),
        (officer(Role.COUNTER, district=FUSHAN), counted(100, "2016-09-07"), 404, "not_found"),
    ]
    for caller, body, status, code in refused:
        answer = await service.post("/counter-payments", caller, body)
        assert (answer.status_code, answer.json()["code"]) == (status, code), body
    assert await service.rows("SELECT * FROM payments") == []
    assert await types(service) == ["SlipIssued"]
    taken = await service.post("/counter-payments", COUNTER, counted(100, "2016-09-07"))
    assert taken.status_code == 200


async def test_A30_one_paper_receipt_is_one_payment(confirmed: Standing):
    service = confirmed.service
    body = counted(100_000, "2016-09-07")
    first, again = [await service.post("/counter-payments", COUNTER, body) for _ in range(2)]
    assert first.json()["payment_id"] == again.json()["payment_id"]
    other = await service.post("/counter-payments", COUNTER, body | {"amount": 1})
    assert (other.status_code, other.json()["code"]) == (409, "counter.reference_taken")
    assert await types(service) == ["SlipIssued", "SlipVoided", *PAID, "SubmissionDecided"]


async def test_A30_two_counters_at_once_never_take_more_than_is_owed(confirmed: Standing):
    service = confirmed.service
    bodies = [counted(500_000, "2016-09-07", f"P{n}") for n in range(4)]
    answers = await asyncio.gather(*(service.post("/counter-payments", COUNTER, body) for body in bodies))
    assert sorted(answer.status_code for answer in answers) == [200, 422, 422, 422]
    assert await service.rows("SELECT receipt_no FROM receipts") == [{"receipt_no": "370602-2016-00000001"}]


async def test_A30_a_slip_paid_at_the_counter_is_paid(confirmed: Standing):
    service = confirmed.service
    body = counted(TOTAL, "2016-09-07", slip_no=confirmed.slip_no)
    paid = (await service.post("/counter-payments", COUNTER, body)).json()
    assert (paid["slip_no"], paid["channel"], paid["state"]) == (confirmed.slip_no, "counter", "posted")
    assert await types(service) == ["SlipIssued", *PAID, "BillSettled", "SubmissionDecided"]
    assert await service.rows("SELECT state FROM slips") == [{"state": "paid"}]


async def test_A24_money_of_the_window_in_suspense_holds_the_arrears(confirmed: Standing):
    service = confirmed.service
    await service.take(notified(confirmed.slip_no, 1, at(9)))
    await days_until(service, date(2016, 9, 12))
    assert "ArrearsOpened" not in await types(service)
    await add_employer(service, TWO)
    await add_bill(service, TWO)
    await days_until(service, date(2016, 9, 13))
    opened = [subject for name, subject in await service.events() if name == "ArrearsOpened"]
    assert opened == [f"{TWO}/2016-09"]
    slip = await service.post("/arrears/slips", employer(ONE), {"pay_on": "2016-09-13"})
    assert slip.json()["principal"] == TOTAL


async def test_2_5_the_oldest_month_is_paid_first(confirmed: Standing):
    service = confirmed.service
    await days_until(service, date(2016, 10, 3))
    await add_bill(service, month=OCTOBER)
    await confirm(service, month=OCTOBER)
    paid = await service.post("/counter-payments", COUNTER, counted(TOTAL + 100_000, "2016-10-03"))
    sums: dict[str, int] = {}
    for row in paid.json()["allocations"]:
        sums[row["month"]] = sums.get(row["month"], 0) + row["unit"] + row["person"] + row["fee"]
    assert sums == {"2016-09": TOTAL, "2016-10": 100_000}


async def test_an_arrears_slip_paid_before_its_day_leaves_the_days_too_many_as_credit(confirmed: Standing):
    service = confirmed.service
    await days_until(service, date(2016, 10, 18))
    slip = (await service.post("/arrears/slips", employer(ONE), {"pay_on": "2016-10-20"})).json()
    await service.take(notified(slip["slip_no"], 877_463, at(18, month=10)))
    account = (await service.get(f"/employers/{ONE}/account", employer(ONE))).json()
    assert (account["debts"], account["credit"]) == ([], 861)


async def test_collection_board_counts_by_district(confirmed: Standing):
    service = confirmed.service
    await add_employer(service, TWO, FUSHAN)
    await add_bill(service, TWO)
    await service.take(notified(confirmed.slip_no, TOTAL, at(9)), notified(confirmed.slip_no, 5, at(9), "X"))
    own = (await service.get("/collection?month=2016-09", COUNTER)).json()
    assert own == {
        "month": "2016-09",
        "employers": 1,
        "employers_confirmed": 1,
        "employers_paid": 1,
        "due": TOTAL,
        "paid": TOTAL,
        "arrears_employers": 0,
        "suspense_count": 1,
        "suspense_sum": 5,
        "districts": [
            {
                "district": "370602",
                "district_name": "芝罘区",
                "employers": 1,
                "employers_paid": 1,
                "due": TOTAL,
                "paid": TOTAL,
            }
        ],
        "days": [{"day": "2016-09-09", "employers_paid": 1}],
    }
    other = (await service.get("/collection?month=2016-09", officer(Role.COLLECTION, district=FUSHAN))).json()
    assert (other["employers"], other["employers_paid"], other["paid"]) == (1, 0, 0)
