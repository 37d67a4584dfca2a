"""The way out of suspense: two officers match, allocate or note for refund, and arrears go on (1.5, A24, domain 5)."""

from __future__ import annotations

from datetime import date
from typing import Any

import httpx
import pytest
import sqlalchemy.exc

from contracts.values import Role
from tests.billing.money.conftest import (
    FUSHAN,
    OCTOBER,
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

FIRST, SECOND = officer(Role.COLLECTION, account="lin.cao"), officer(Role.FINANCE, account="zhou.he")
TOTAL, SHORT = 860_258, 500_000
ALLOCATE = {"act": "allocate", "ground": "缴款回单核对"}


async def suspended(service: BareService, slip_no: str, amount: int, day: int = 9, serial: str = "A1") -> str:
    await service.take(paid := notified(slip_no, amount, at(day), serial))
    return str(paid.notification_id)


async def propose(service: BareService, payment: str, **asked: Any) -> httpx.Response:
    return await service.post(f"/suspense/{payment}/disposals", FIRST, ALLOCATE | asked)


async def approve(service: BareService, disposal: dict[str, Any], **asked: Any) -> httpx.Response:
    body = {"placed": disposal["placed"]} | asked
    return await service.post(f"/disposals/{disposal['id']}/approve", SECOND, body)


async def dispose(service: BareService, payment: str, **asked: Any) -> dict[str, Any]:
    proposed = await propose(service, payment, **asked)
    assert proposed.status_code == 200, proposed.text
    done = await approve(service, proposed.json())
    assert done.status_code == 200, done.text
    found: dict[str, Any] = done.json()
    return found


async def close(service: BareService, day: date = date(2016, 9, 12)) -> None:
    await service.at(day)
    await service.run_days()


async def types(service: BareService) -> list[str]:
    return [name for name, _ in await service.events()]


async def test_A24_a_wrong_sum_is_allocated_at_its_own_day_and_arrears_go_on(confirmed: Standing):
    service = confirmed.service
    payment = await suspended(service, confirmed.slip_no, SHORT)
    await close(service)
    assert "ArrearsOpened" not in await types(service)
    told = len(await service.events())
    done = await dispose(service, payment)
    assert (done["state"], done["placed"], done["decided_by"]) == ("approved", SHORT, "zhou.he")
    assert (await types(service))[told:] == ["PaymentPosted", "ReceiptIssued", "SubmissionDecided"]
    seen = (await service.get(f"/payments/{payment}", employer(ONE))).json()
    assert (seen["state"], seen["suspended"], seen["reason"]) == ("posted", 0, "")
    assert sum(part["unit"] + part["person"] for part in seen["allocations"]) == SHORT
    assert sum(part["fee"] for part in seen["allocations"]) == 0
    await close(service, date(2016, 9, 13))
    body = (await service.rows("SELECT body FROM outbox WHERE type = 'ArrearsOpened'"))[0]["body"]
    assert (body["principal"], body["fee_from"]) == (360_258, "2016-09-11")
    assert (await service.get("/arrears?on=2016-09-13", employer(ONE))).json()["fee"] == 541


async def test_A24_paid_too_much_the_rest_stays_and_is_noted_for_refund(confirmed: Standing):
    service = confirmed.service
    payment = await suspended(service, confirmed.slip_no, TOTAL + 9_742)
    await dispose(service, payment)
    (row,) = (await service.get("/suspense", SECOND)).json()["rows"]
    assert (row["state"], row["suspended"], row["reason"], row["amount"]) == (
        "posted",
        9_742,
        "wrong_sum",
        870_000,
    )
    assert (await service.rows("SELECT state, settled_on FROM bills"))[0] == {
        "state": "settled",
        "settled_on": date(2016, 9, 9),
    }
    refund = await dispose(service, payment, act="refund")
    assert (refund["amount"], refund["placed"], refund["employer_no"]) == (9_742, 0, None)
    assert (await service.get("/suspense", SECOND)).json()["total"] == 0
    seen = (await service.get(f"/payments/{payment}", employer(ONE))).json()
    assert (seen["state"], seen["suspended"], seen["refund"]) == ("posted", 0, 9_742)
    decided = (await service.rows("SELECT body FROM outbox WHERE type = 'RefundDecided'"))[0]["body"]
    assert (decided["amount"], decided["granted"], decided["payment_id"]) == (9_742, True, payment)
    assert [row["receipt_no"] for row in await service.rows("SELECT receipt_no FROM receipts")] == [
        seen["receipt_no"]
    ]


async def test_5_a_rest_is_allocated_to_a_later_month_under_the_receipt_of_its_payment(confirmed: Standing):
    service = confirmed.service
    payment = await suspended(service, confirmed.slip_no, TOTAL + 9_742)
    await dispose(service, payment)
    await service.at(date(2016, 10, 2))
    await add_bill(service, month=OCTOBER)
    slip = await confirm(service, month=OCTOBER)
    assert (await propose(service, payment, act="match", slip_no=slip)).json()["code"] == "slip.sum"
    done = await dispose(service, payment)
    assert done["placed"] == 9_742
    seen = (await service.get(f"/payments/{payment}", employer(ONE))).json()
    by_month = dict.fromkeys(("2016-09", "2016-10"), 0)
    for part in seen["allocations"]:
        by_month[part["month"]] += part["unit"] + part["person"] + part["fee"]
    assert (by_month, seen["suspended"]) == ({"2016-09": TOTAL, "2016-10": 9_742}, 0)
    told = await service.rows("SELECT body FROM outbox WHERE type = 'PaymentPosted' ORDER BY id")
    versions = [row["body"]["version"] for row in told]
    assert versions == sorted(set(versions))
    assert len(told[-1]["body"]["allocations"]) == len(seen["allocations"])
    assert [row["state"] for row in await service.rows("SELECT state FROM slips ORDER BY slip_no")] == [
        "voided",
        "voided",
    ]
    assert (await service.rows("SELECT count(*) AS n FROM receipts"))[0]["n"] == 1


async def test_A23_money_of_a_void_slip_is_matched_to_the_slip_issued_anew(confirmed: Standing):
    service = confirmed.service
    await void(service, confirmed.slip_no)
    payment = await suspended(service, confirmed.slip_no, TOTAL)
    again = await confirm(service)
    other = await propose(service, payment, act="match", slip_no=confirmed.slip_no)
    assert other.json()["code"] == "slip.not_payable"
    await dispose(service, payment, act="match", slip_no=again)
    slips = await service.rows("SELECT slip_no, state FROM slips ORDER BY slip_no")
    assert slips == [
        {"slip_no": confirmed.slip_no, "state": "voided"},
        {"slip_no": again, "state": "paid"},
    ]
    assert (await types(service))[-4:] == [
        "PaymentPosted",
        "ReceiptIssued",
        "BillSettled",
        "SubmissionDecided",
    ]
    assert (await service.rows("SELECT slip_no FROM payments"))[0]["slip_no"] == confirmed.slip_no


async def test_5_money_of_an_unknown_slip_goes_to_the_employer_two_officers_name(confirmed: Standing):
    service = confirmed.service
    city = [officer(Role.FINANCE, district="370600", account=name) for name in ("shi.yi", "shi.er")]
    payment = await suspended(service, "37060009990000010", SHORT)
    asked = ALLOCATE | {"employer_no": ONE}
    assert (await service.post(f"/suspense/{payment}/disposals", FIRST, asked)).status_code == 404
    proposed = await service.post(f"/suspense/{payment}/disposals", city[0], asked)
    assert proposed.json()["employer_name"] == "烟台海风机械有限公司"
    done = await service.post(f"/disposals/{proposed.json()['id']}/approve", city[1], {"placed": SHORT})
    assert done.status_code == 200, done.text
    assert [row["total"] for row in [(await service.get("/payments", employer(ONE))).json()]] == [1]
    assert (await service.events())[-2:] == [
        ("SubmissionDecided", f"{ONE}/payment/{payment}"),
        ("SubmissionDecided", f"3706000999/payment/{payment}"),
    ]


async def test_1_5_one_officer_alone_moves_no_money(confirmed: Standing):
    service = confirmed.service
    payment = await suspended(service, confirmed.slip_no, SHORT)
    proposed = (await propose(service, payment)).json()
    assert (proposed["placed"], sum(part["unit"] + part["person"] for part in proposed["effect"])) == (
        SHORT,
        SHORT,
    )
    alone = await service.post(f"/disposals/{proposed['id']}/approve", FIRST, {"placed": SHORT})
    assert alone.json()["code"] == "four_eyes.same_officer"
    with pytest.raises(sqlalchemy.exc.IntegrityError, match="ck_disposals_two_officers"):
        await change(service, "UPDATE disposals SET state = 'approved', decided_by = proposed_by")
    assert (await propose(service, payment)).json()["code"] == "suspense.disposal_open"
    assert (await service.get("/suspense", SECOND)).json()["rows"][0]["proposed"]
    refused = await service.post(f"/disposals/{proposed['id']}/refuse", SECOND)
    assert refused.json()["state"] == "refused"
    assert (await approve(service, proposed)).json()["code"] == "suspense.disposal_decided"
    assert (await service.get(f"/payments/{payment}", employer(ONE))).json()["suspended"] == SHORT
    acts = [row["act"] for row in await service.rows("SELECT act FROM audit ORDER BY id")]
    assert acts[-2:] == ["suspense.proposed", "suspense.refused"]


async def test_1_5_the_second_officer_approves_the_sum_on_the_page(confirmed: Standing):
    service = confirmed.service
    payment = await suspended(service, confirmed.slip_no, TOTAL + 100)
    proposed = (await propose(service, payment)).json()
    assert proposed["placed"] == TOTAL
    other = await approve(service, proposed, placed=TOTAL + 100)
    assert (other.status_code, other.json()["code"]) == (409, "suspense.disposal_changed")
    assert (await service.rows("SELECT state FROM payments"))[0]["state"] == "suspended"


async def test_5_what_cannot_be_is_refused_when_it_is_proposed(confirmed: Standing):
    service = confirmed.service
    await service.take(paid := notified(confirmed.slip_no, TOTAL, at(8)))
    second = await suspended(service, confirmed.slip_no, TOTAL, serial="A2")
    assert (await propose(service, str(paid.notification_id))).json()["code"] == "suspense.not_suspended"
    assert (await propose(service, second)).json()["code"] == "money.nothing_owed"
    wrong = await propose(service, second, act="match", slip_no="37060000010000999")
    assert wrong.status_code == 404
    assert (await propose(service, second, act="refund")).status_code == 200


async def test_laws_suspense_of_others_is_neither_seen_nor_moved(confirmed: Standing):
    service = confirmed.service
    await add_employer(service, TWO, FUSHAN)
    await add_bill(service, TWO)
    payment = await suspended(service, confirmed.slip_no, SHORT)
    path = f"/suspense/{payment}/disposals"
    elsewhere = officer(Role.FINANCE, district=FUSHAN, account="lu.qi")
    clerk = officer(Role.COUNTER, account="ma.li")
    assert (await service.post(path, elsewhere, ALLOCATE)).status_code == 404
    assert (await service.post(path, FIRST, ALLOCATE | {"employer_no": TWO})).status_code == 404
    assert (await service.post(path, clerk, ALLOCATE)).status_code == 403
    assert (await service.post(path, employer(ONE), ALLOCATE)).status_code == 403
    proposed = (await propose(service, payment)).json()
    for act in ("approve", "refuse"):
        body = {"placed": SHORT} if act == "approve" else None
        assert (await service.post(f"/disposals/{proposed['id']}/{act}", elsewhere, body)).status_code == 404
    codes = [(await service.get(path, caller)).status_code for caller in (SECOND, elsewhere, employer(ONE))]
    assert codes == [200, 404, 403]
