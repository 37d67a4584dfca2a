"""The bank door on real PostgreSQL: a payment's identity is (bank, serial), stored once, answered alike."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime

import pytest

from contracts.http.billing import SlipForBank, SlipState
from gateway.bank import signature
from tests.gateway.bank.conftest import NOTIFY, PAID, QUERY, Bank


async def stored(bank: Bank) -> tuple[int, int]:
    """(payments, events)."""
    payments = await bank.home.gateway.rows("SELECT serial FROM bank_payments")
    return len(payments), len(await bank.home.gateway.events())


async def test_5_a_notification_is_stored_with_its_event_and_answered(bank: Bank):
    answer = await bank.notify()
    assert answer.status_code == 200, answer.text
    said = answer.json()
    assert set(said) == {"notification_id", "serial", "received_at"}
    assert said["serial"] == "ICBC20160909000001"
    (event,) = await bank.home.gateway.rows("SELECT type, topic, key, body FROM outbox")
    assert (event["type"], event["topic"]) == ("PaymentNotified", "bank.notifications")
    body = event["body"]
    assert body["notification_id"] == said["notification_id"]
    assert (body["bank"], body["serial"], body["amount"]) == ("ICBC", "ICBC20160909000001", 860258)
    assert datetime.fromisoformat(body["paid_at"]) == datetime(2016, 9, 9, 2, 5, tzinfo=UTC)
    assert bank.counted("accepted") == 1


async def test_laws_the_payer_leaves_in_no_event_and_rests_encrypted(bank: Bank):
    await bank.notify()
    (event,) = await bank.home.gateway.rows("SELECT body::text AS body FROM outbox")
    assert "1606020109000000001" not in event["body"]
    assert "海源" not in event["body"]
    (row,) = await bank.home.gateway.rows("SELECT payer FROM bank_payments")
    assert b"1606020109000000001" not in bytes(row["payer"])
    assert (
        bank.home.gateway.chassis.vault.open(bytes(row["payer"]))
        == "1606020109000000001 烟台海源机械有限公司"
    )


async def test_5_the_same_serial_again_gets_the_stored_answer_whatever_the_nonce(bank: Bank):
    first = await bank.notify()
    again = [await bank.notify() for _ in range(3)]
    assert [answer.json() for answer in again] == [first.json()] * 3
    assert await stored(bank) == (1, 1)


async def test_5_a_body_written_otherwise_with_the_same_content_is_the_same(bank: Bank):
    first = await bank.notify()
    spaced = json.dumps(dict(reversed(PAID.items())), indent=2).encode()
    assert (await bank.call(NOTIFY, spaced)).json() == first.json()
    assert await stored(bank) == (1, 1)


async def test_5_the_same_call_resent_byte_by_byte_is_answered_alike(bank: Bank):
    first = await bank.notify(nonce="n-1")
    assert (await bank.notify(nonce="n-1")).json() == first.json()
    assert await stored(bank) == (1, 1)


@pytest.mark.parametrize(
    "changed",
    [
        {"amount": 860259},
        {"slip_no": "37060001230000026"},
        {"paid_at": "2016-09-09T10:06:00+08:00"},
        {"clearing_day": "2016-09-10"},
        {"payer_account": "1606020109000000002"},
    ],
)
async def test_5_the_same_serial_with_other_content_is_refused_and_counted(
    bank: Bank, changed: dict[str, str | int], caplog: pytest.LogCaptureFixture
):
    await bank.notify()
    answer = await bank.notify(changed)
    assert (answer.status_code, answer.json()["code"]) == (409, "bank.serial_reused")
    assert answer.headers["content-type"] == "application/problem+json"
    assert bank.counted("bank.serial_reused") == 1
    assert "bank serial came with another content" in caplog.text
    assert "1606020109000000002" not in caplog.text
    assert await stored(bank) == (1, 1)


async def test_5_a_nonce_with_another_body_is_refused(bank: Bank):
    await bank.notify(nonce="n-1")
    answer = await bank.notify({"serial": "ICBC20160909000002"}, nonce="n-1")
    assert (answer.status_code, answer.json()["code"]) == (401, "bank.nonce_reused")
    assert bank.counted("bank.nonce_reused") == 1
    assert await stored(bank) == (1, 1)
    fresh = await bank.notify({"serial": "ICBC20160909000002"}, nonce="n-2")
    assert fresh.status_code == 200
    assert await stored(bank) == (2, 2)


async def test_5_a_stale_time_stamp_is_refused_and_a_retry_is_signed_anew(bank: Bank):
    stale = await bank.notify(ago=301)
    assert (stale.status_code, stale.json()["code"]) == (401, "bank.stale_timestamp")
    early = await bank.notify(ago=-310)
    assert early.json()["code"] == "bank.stale_timestamp"
    assert bank.counted("bank.stale_timestamp") == 2
    assert await stored(bank) == (0, 0)
    assert (await bank.notify(ago=290)).status_code == 200
    assert await stored(bank) == (1, 1)


async def test_5_forged_calls_leave_nothing_and_are_counted(bank: Bank):
    body = json.dumps(PAID).encode()
    for forged in (
        {"x-signature": "0" * 64},
        {"x-key": "k9"},
        {"x-bank": "CCB"},
        {"x-algorithm": "HMAC-SM3"},
    ):
        answer = await bank.call(NOTIFY, body, forged=forged)
        assert (answer.status_code, answer.json()["code"]) == (401, "bank.bad_signature")
    bare = await bank.home.gateway.client.post(NOTIFY, content=body)
    assert bare.status_code == 401
    assert bank.counted("bank.bad_signature") == 3
    assert await stored(bank) == (0, 0)
    assert (await bank.call(NOTIFY, body)).status_code == 200


async def test_5_two_at_once_are_one_payment(bank: Bank):
    answers = await asyncio.gather(*(bank.notify() for _ in range(8)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.text for answer in answers}) == 1
    assert await stored(bank) == (1, 1)


async def test_5_two_contents_of_one_serial_at_once_book_one(bank: Bank):
    answers = await asyncio.gather(
        bank.notify(), bank.notify({"amount": 1}), bank.notify(), bank.notify({"amount": 1})
    )
    statuses = sorted(answer.status_code for answer in answers)
    assert statuses == [200, 200, 409, 409]
    assert await stored(bank) == (1, 1)


async def test_5_two_banks_may_use_one_serial(bank: Bank):
    await bank.notify()
    other = Bank(bank.home, key=bytes(reversed(bank.key)))
    body = json.dumps(PAID).encode()
    signed = signature.headers(
        "CCB", "k1", other.key, path=NOTIFY, body=body, stamp=int(datetime.now(UTC).timestamp()), nonce="n-1"
    )
    answer = await bank.home.gateway.client.post(NOTIFY, content=body, headers=signed)
    assert answer.status_code == 200
    assert await stored(bank) == (2, 2)


async def test_5_after_the_database_cut_the_line_the_bank_is_answered_again(bank: Bank):
    first = await bank.notify()
    others = "datname = current_database() AND pid <> pg_backend_pid()"
    await bank.home.gateway.rows(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")
    answers = [await bank.notify({"serial": "ICBC20160909000002"}) for _ in range(2)]
    assert answers[0].status_code in {200, 503}
    assert answers[1].status_code == 200
    assert (await bank.notify()).json() == first.json()
    assert await stored(bank) == (2, 2)


async def test_5_a_refused_nonce_among_new_and_known_payments_harms_no_other(bank: Bank):
    first = await bank.notify(nonce="n-1")
    later = {"serial": "ICBC20160909000002"}
    answers = await asyncio.gather(
        bank.notify(later),
        bank.notify({"serial": "ICBC20160909000003"}, nonce="n-1"),
        bank.notify(),
        bank.notify(later, nonce="n-4"),
        bank.notify({"serial": "ICBC20160909000005"}, nonce="n-4"),
    )
    assert [answer.status_code for answer in answers] == [200, 401, 200, 200, 401]
    assert answers[2].json() == first.json()
    assert answers[0].json() == answers[3].json()
    assert await stored(bank) == (2, 2)


async def test_5_sm3_opens_the_door_too(bank: Bank):
    bank.algorithm = signature.SM3
    assert (await bank.notify()).status_code == 200
    assert await stored(bank) == (1, 1)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"amount": 0}, "amount"),
        ({"amount": 8602.58}, "amount"),
        ({"amount": "860258"}, "amount"),
        ({"slip_no": "123"}, "slip_no"),
        ({"paid_at": "2016-09-09T10:05:00"}, "paid_at"),
        ({"paid_at": 1473386700}, "paid_at"),
        ({"serial": ""}, "serial"),
        ({"tip": 1}, "tip"),
    ],
)
async def test_5_a_body_of_another_form_names_its_field(
    bank: Bank, changed: dict[str, str | int], field: str
):
    answer = await bank.notify(changed)
    assert (answer.status_code, answer.json()["code"]) == (422, "input.invalid")
    assert answer.json()["faults"][0]["field"] == field
    assert await stored(bank) == (0, 0)


async def test_architecture_billing_may_be_down_and_the_bank_is_answered(bank: Bank):
    bank.home.billing.down = True
    assert (await bank.notify()).status_code == 200
    assert await stored(bank) == (1, 1)
    query = await bank.call(QUERY, b'{"slip_no":"37060001230000018"}')
    assert (query.status_code, query.json()["code"]) == (503, "unavailable")


async def test_5_a_query_is_asked_of_billing_in_the_banks_name(bank: Bank):
    known = SlipForBank(
        slip_no="37060001230000018",
        employer_no="3706000123",
        employer_name="烟台海源机械有限公司",
        amount=860258,
        valid_until=datetime(2016, 9, 10, 16, tzinfo=UTC),
        state=SlipState.VALID,
    )
    bank.home.billing.tell("POST", "/slips/query", known)
    answer = await bank.call(QUERY, b'{"slip_no":"37060001230000018"}')
    assert (answer.status_code, answer.json()["amount"]) == (200, 860258)
    (asked,) = bank.home.billing.asked
    assert json.loads(asked.body) == {"bank": "ICBC", "slip_no": "37060001230000018"}
    assert asked.caller.channel == "bank"
    unsigned = await bank.home.gateway.client.post(QUERY, content=b"{}")
    assert unsigned.status_code == 401
    unknown = await bank.call(QUERY, b'{"slip_no":"37060001230000026","more":1}')
    assert unknown.status_code == 422
