"""Bank notifications: each booked once, to its slip or into suspense (A23, A24, A30, domain 5)."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Any

import pytest

from contracts.values import Role
from services.chassis.problems import Problem
from tests.billing.money.conftest import (
    BANK,
    CITY,
    COUNTER,
    FUSHAN,
    ONE,
    TWO,
    Standing,
    add_bill,
    add_employer,
    at,
    change,
    confirm,
    notified,
    officer,
    void,
)
from tests.servers.bare_service import BareService
from tests.servers.callers import specialist as employer

TOTAL = 860_258
POSTED = ["PaymentPosted", "ReceiptIssued", "BillSettled", "SubmissionDecided"]
SUSPENDED = ["PaymentSuspended", "SubmissionDecided"]


async def types(service: BareService) -> list[str]:
    return [name for name, _ in await service.events()]


async def payments(service: BareService) -> list[dict[str, Any]]:
    return await service.rows(
        "SELECT state, reason, amount, receipt_no, slip_no FROM payments ORDER BY recorded_at, serial"
    )


async def test_A30_a_slip_paid_in_full_settles_its_bill_with_every_kind(confirmed: Standing):
    service = confirmed.service
    event = notified(confirmed.slip_no, TOTAL, at(9))
    await service.take(event)
    assert await service.events() == [
        ("SlipIssued", f"{ONE}/slip/{confirmed.slip_no}"),
        ("PaymentPosted", f"{ONE}/payment/{event.notification_id}"),
        ("ReceiptIssued", f"{ONE}/payment/{event.notification_id}"),
        ("BillSettled", f"{ONE}/2016-09"),
        ("SubmissionDecided", f"{ONE}/payment/{event.notification_id}"),
    ]
    body = (await service.rows("SELECT body FROM outbox WHERE type = 'PaymentPosted'"))[0]["body"]
    booked = {row["kind"]: (row["unit"], row["person"], row["fee"]) for row in body["allocations"]}
    assert booked == {
        "pension": (412_020, 183_120, 0),
        "medical": (160_230, 45_780, 0),
        "unemployment": (22_890, 4_171, 0),
        "injury": (20_601, 0, 0),
        "maternity": (11_446, 0, 0),
    }
    bill = (await service.rows("SELECT state, version, settled_on FROM bills"))[0]
    assert bill == {"state": "settled", "version": 2, "settled_on": date(2016, 9, 9)}
    assert await service.rows("SELECT count(*) AS n FROM debts WHERE closed_on IS NULL") == [{"n": 0}]
    seen = (await service.get(f"/slips/{confirmed.slip_no}", employer(ONE))).json()
    assert (seen["state"], seen["amount"], seen["amount_words"]) == (
        "paid",
        TOTAL,
        "捌仟陆佰零贰元伍角捌分",
    )
    view = (await service.get(f"/payments/{event.notification_id}", employer(ONE))).json()
    assert (view["state"], view["receipt_no"]) == ("posted", "370602-2016-00000001")


async def test_domain_5_the_same_notification_twice_is_booked_once(confirmed: Standing):
    service, event = confirmed.service, notified(confirmed.slip_no, TOTAL, at(9))
    await service.take(event, event)
    await service.take(event)
    again = notified(confirmed.slip_no, TOTAL, at(9))
    await service.take(again)
    assert await types(service) == ["SlipIssued", *POSTED]
    assert len(await payments(service)) == 1
    assert await service.rows("SELECT * FROM serial_conflicts") == []


async def test_domain_5_two_at_once_in_two_connections_are_booked_once(confirmed: Standing):
    service = confirmed.service
    await asyncio.gather(*(service.take(notified(confirmed.slip_no, TOTAL, at(9))) for _ in range(4)))
    assert await types(service) == ["SlipIssued", *POSTED]
    assert [row["state"] for row in await payments(service)] == ["posted"]
    assert await service.rows("SELECT * FROM dead_letters") == []


async def test_domain_5_a_serial_told_with_other_content_is_noted_and_never_booked(confirmed: Standing):
    service = confirmed.service
    await service.take(notified(confirmed.slip_no, TOTAL, at(9)))
    other = notified(confirmed.slip_no, TOTAL + 1, at(9))
    await service.take(other)
    assert await types(service) == ["SlipIssued", *POSTED]
    conflicts = await service.rows("SELECT notification_id, bank, serial, amount FROM serial_conflicts")
    assert conflicts == [
        {"notification_id": other.notification_id, "bank": "ICBC", "serial": "A1", "amount": TOTAL + 1}
    ]
    seen = (await service.get("/serial-conflicts", COUNTER)).json()
    assert seen["total"] == 1
    shown = seen["rows"][0]
    assert (shown["serial"], shown["amount"], shown["employer_no"]) == ("A1", TOTAL + 1, ONE)
    elsewhere = officer(Role.FINANCE, district="370611")
    assert (await service.get("/serial-conflicts", elsewhere)).json()["rows"] == []
    assert (await service.get("/serial-conflicts", employer(ONE))).status_code == 403


async def test_A24_paid_at_23_59_on_the_10th_and_told_on_the_12th_is_in_time(confirmed: Standing):
    service = confirmed.service
    await service.at(date(2016, 9, 12))
    await service.run_days()
    await service.take(notified(confirmed.slip_no, TOTAL, at(10, 23, 59)))
    assert await types(service) == [
        "SlipIssued",
        "ArrearsOpened",
        "PaymentPosted",
        "ReceiptIssued",
        "BillSettled",
        "ArrearsSettled",
        "SubmissionDecided",
    ]
    settled = (await service.rows("SELECT body FROM outbox WHERE type = 'ArrearsSettled'"))[0]["body"]
    assert (settled["principal"], settled["fee"], settled["settled_on"]) == (TOTAL, 0, "2016-09-10")
    owed = (await service.get("/arrears?on=2016-10-20", employer(ONE))).json()
    assert (owed["principal"], owed["fee"]) == (0, 0)


async def _expired(service: BareService, slip_no: str) -> tuple[str, int, Any]:
    return slip_no, TOTAL, at(11, 0, 0)


async def _voided(service: BareService, slip_no: str) -> tuple[str, int, Any]:
    await void(service, slip_no)
    return slip_no, TOTAL, at(8)


async def _wrong_sum(service: BareService, slip_no: str) -> tuple[str, int, Any]:
    return slip_no, TOTAL - 1, at(9)


async def _unknown(service: BareService, slip_no: str) -> tuple[str, int, Any]:
    return "37060000010009994", TOTAL, at(9)


@pytest.mark.parametrize(
    ("make", "reason", "name"),
    [
        (_expired, "slip_expired", "缴费时缴费单已过有效期"),
        (_voided, "slip_voided", "缴费时缴费单已作废"),
        (_wrong_sum, "wrong_sum", "缴费金额与缴费单金额不符"),
        (_unknown, "unknown_slip", "缴费单号不存在"),
    ],
)
async def test_domain_5_what_fits_no_slip_is_suspended_with_its_reason(
    confirmed: Standing, make: Any, reason: str, name: str
):
    service = confirmed.service
    slip_no, amount, paid_at = await make(service, confirmed.slip_no)
    await service.take(notified(slip_no, amount, paid_at))
    assert (await types(service))[-2:] == SUSPENDED
    assert "PaymentPosted" not in await types(service)
    seen = (await service.get("/suspense", COUNTER)).json()
    assert [(row["reason"], row["reason_name"], row["amount"]) for row in seen["rows"]] == [
        (reason, name, amount)
    ]
    assert await service.rows("SELECT sum(unit_paid + person_paid)::bigint AS paid FROM debts") == [
        {"paid": 0}
    ]
    assert await service.rows("SELECT * FROM receipts") == []


async def test_domain_5_a_second_payment_of_a_paid_slip_is_suspended(confirmed: Standing):
    service = confirmed.service
    first = notified(confirmed.slip_no, TOTAL, at(9), "A1")
    await service.take(first, notified(confirmed.slip_no, TOTAL, at(9, 11), "A2"))
    await service.take(notified(confirmed.slip_no, TOTAL, at(9, 12), "A3"))
    assert [(row["state"], row["reason"]) for row in await payments(service)] == [
        ("posted", ""),
        ("suspended", "already_paid"),
        ("suspended", "already_paid"),
    ]
    assert await types(service) == ["SlipIssued", *POSTED, *SUSPENDED, *SUSPENDED]


async def test_A23_a_slip_voided_while_the_bank_pays_still_settles_its_bill(confirmed: Standing):
    service = confirmed.service
    await void(service, confirmed.slip_no)
    second = await confirm(service)
    await service.take(notified(confirmed.slip_no, TOTAL, at(7, 8, 59)))
    assert await types(service) == ["SlipIssued", "SlipVoided", "SlipIssued", "SlipVoided", *POSTED]
    late = notified(second, TOTAL, at(7, 8, 59), "A2")
    await service.take(late)
    assert [(row["state"], row["reason"]) for row in await payments(service)] == [
        ("posted", ""),
        ("suspended", "already_paid"),
    ]


async def test_A23_a_bill_priced_anew_after_the_void_is_settled_as_the_slip_said(confirmed: Standing):
    service = confirmed.service
    await void(service, confirmed.slip_no)
    await change(
        service,
        "UPDATE kind_sums SET unit = unit + 1000 WHERE kind = 'pension'",
        "DELETE FROM kind_sums WHERE kind = 'maternity'",
    )
    second = await confirm(service)
    assert (await service.get(f"/slips/{second}", employer(ONE))).json()["amount"] == TOTAL + 1000 - 11_446
    await service.take(notified(confirmed.slip_no, TOTAL, at(7, 8, 59)))
    bills = await service.rows("SELECT state, stale FROM bills")
    assert bills == [{"state": "settled", "stale": True}]
    debts = await service.rows("SELECT kind, unit, unit_paid FROM debts ORDER BY kind")
    assert {row["kind"]: (row["unit"], row["unit_paid"]) for row in debts} == {
        "pension": (412_020, 412_020),
        "medical": (160_230, 160_230),
        "unemployment": (22_890, 22_890),
        "injury": (20_601, 20_601),
        "maternity": (11_446, 11_446),
    }


async def test_receipt_numbers_run_without_gaps_over_batches_at_once(billing: BareService):
    numbers = [f"370600{n:04d}" for n in range(1, 9)]
    slips = []
    for number in numbers:
        await add_employer(billing, number)
        await add_bill(billing, number)
        slips.append(await confirm(billing, number))
    batches = [
        [notified(slip, TOTAL, at(9), f"S{place}"), notified(slip, TOTAL, at(9), f"D{place}")]
        for place, slip in enumerate(slips)
    ]
    await asyncio.gather(*(billing.take(*batch) for batch in batches))
    issued = await billing.rows("SELECT receipt_no FROM receipts ORDER BY receipt_no")
    assert [row["receipt_no"] for row in issued] == [f"370602-2016-{n:08d}" for n in range(1, 9)]
    assert [row["state"] for row in await payments(billing)].count("suspended") == 8


async def test_A23_a_slip_is_held_for_30_minutes_after_a_banks_query(confirmed: Standing):
    service = confirmed.service
    asked = {"bank": "ICBC", "slip_no": confirmed.slip_no}
    answer = await service.post("/slips/query", BANK, asked)
    assert answer.json() | {"valid_until": ""} == {
        "slip_no": confirmed.slip_no,
        "employer_no": ONE,
        "employer_name": "烟台海风机械有限公司",
        "amount": TOTAL,
        "valid_until": "",
        "state": "valid",
    }
    view = await service.get(f"/slips/{confirmed.slip_no}", employer(ONE))
    assert view.json()["queried_by_bank"] is True
    with pytest.raises(Problem) as held:
        await void(service, confirmed.slip_no)
    assert held.value.body.code == "slip.held"
    await service.at(date(2016, 9, 7), hour=10)
    await void(service, confirmed.slip_no)
    assert (await types(service))[-1] == "SlipVoided"
    refused = await service.post("/slips/query", employer(ONE), asked)
    assert refused.status_code == 403


async def test_laws_a_foreign_employer_or_district_sees_no_money(confirmed: Standing):
    service = confirmed.service
    await add_employer(service, TWO, FUSHAN)
    event = notified(confirmed.slip_no, TOTAL, at(9))
    lost = notified("37060000090009998", 100, at(9), "Z9")
    await service.take(event, lost)
    elsewhere = officer(Role.COUNTER, district=FUSHAN)
    for path in (
        f"/slips/{confirmed.slip_no}",
        f"/payments/{event.notification_id}",
        f"/arrears?employer_no={ONE}",
        f"/employers/{ONE}/account",
    ):
        assert (await service.get(path, employer(ONE))).status_code == 200, path
        assert (await service.get(path, COUNTER)).status_code == 200, path
        assert (await service.get(path, employer(TWO))).status_code == 404, path
        assert (await service.get(path, elsewhere)).status_code == 404, path
        assert (await service.client.get(path)).status_code == 401, path
    assert (await service.get("/payments", employer(ONE))).json()["total"] == 1
    assert (await service.get("/payments", employer(TWO))).json()["total"] == 0
    assert (await service.get("/payments", elsewhere)).json()["total"] == 0
    assert (await service.get("/suspense", CITY)).json()["total"] == 1
    assert (await service.get("/suspense", COUNTER)).json()["total"] == 0
    assert (await service.get("/suspense", employer(ONE))).status_code == 403
    assert (await service.get("/collection?month=2016-09", employer(ONE))).status_code == 403
