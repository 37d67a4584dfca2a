"""What the counter takes, and which slips that costs (A23, A30), with the whole of billing behind it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text

from contracts.month import Month
from contracts.values import Role
from services.billing.app import create
from services.billing.commands.expiry import expire_slips
from services.chassis.identity import SYSTEM
from services.chassis.work import work_scope
from tests.billing.facts import A, employer, golden, officer, specialist, started
from tests.billing.money.conftest import BANK, COUNTER, at, counted, notified
from tests.servers.bare_service import BareService, bare_service
from tests.servers.postgres import Databases

AUGUST = Month(2016, 8)


@pytest.fixture
async def billing(databases: Databases) -> AsyncIterator[BareService]:
    async with bare_service(databases, "billing", create, date(2016, 9, 7)) as service:
        yield service


async def confirm(service: BareService, month: str = "2016-09") -> dict[str, Any]:
    bill = (await service.get(f"/bills/{month}", specialist())).json()
    asked = {"version": bill["version"], "total": bill["total"]}
    answer = await service.post(f"/bills/{month}/confirm", specialist(), asked)
    assert answer.status_code == 200, answer.text
    slip: dict[str, Any] = answer.json()
    return slip


async def types(service: BareService) -> list[str]:
    return [name for name, _ in await service.events()]


async def fee_left_of_august(service: BareService) -> None:
    """A late hire of August whose principal is paid with September's bill on its seventh day of arrears."""
    late = started(
        1,
        5_431_00,
        from_month=AUGUST,
        base_from=AUGUST,
        hired_on=date(2016, 8, 1),
        late=True,
        limit_day=date(2016, 8, 31),
    )
    await service.take(employer(), late)
    slip = await confirm(service)
    await service.take(notified(slip["slip_no"], slip["amount"], at(7, 9, 0)))


async def test_A30_a_fee_already_paid_is_not_taken_again_with_an_expired_slip(billing: BareService):
    await fee_left_of_august(billing)
    await billing.at(date(2016, 9, 20))
    await billing.run_days()
    first = (await billing.post("/arrears/slips", specialist(), {"pay_on": "2016-09-20"})).json()
    await billing.at(date(2016, 9, 21), hour=1)
    await billing.run_days()
    second = (await billing.post("/arrears/slips", specialist(), {"pay_on": "2016-09-21"})).json()
    assert (first["amount"], second["amount"]) == (721, 721)
    await billing.take(notified(second["slip_no"], 721, at(21, 0, 30), "A2"))
    again = await billing.post(
        "/counter-payments", COUNTER, counted(721, "2016-09-20", "P9", slip_no=first["slip_no"])
    )
    assert (again.status_code, again.json()["code"]) == (409, "slip.not_payable")
    assert await billing.rows("SELECT sum(fee_paid)::bigint AS fee FROM debts") == [{"fee": 721}]
    assert await billing.rows("SELECT count(*) AS n FROM payments") == [{"n": 2}]


async def test_A30_an_expired_slip_is_refused_once_its_debts_are_partly_paid(billing: BareService):
    await billing.take(employer(), *golden())
    slip = await confirm(billing)
    await billing.at(date(2016, 9, 12))
    await billing.run_days()
    paid = await billing.post("/counter-payments", COUNTER, counted(860_259, "2016-09-12"))
    assert paid.status_code == 200
    late = counted(860_258, "2016-09-10", "P2", slip_no=slip["slip_no"])
    refused = await billing.post("/counter-payments", COUNTER, late)
    assert (refused.status_code, refused.json()["code"]) == (409, "slip.not_payable")


async def test_A23_money_for_old_arrears_leaves_the_new_months_slip_in_force(billing: BareService):
    await billing.take(employer(), *golden())
    await billing.at(date(2016, 10, 1))
    await billing.run_days()
    slip = await confirm(billing, "2016-10")
    paid = await billing.post("/counter-payments", COUNTER, counted(100_00, "2016-10-01"))
    assert {row["month"] for row in paid.json()["allocations"]} == {"2016-09"}
    kept = (await billing.get(f"/slips/{slip['slip_no']}", specialist())).json()
    assert kept["state"] == "valid"
    assert "SlipVoided" not in await types(billing)
    reaching = await billing.post("/counter-payments", COUNTER, counted(900_000, "2016-10-01", "P2"))
    assert {row["month"] for row in reaching.json()["allocations"]} == {"2016-09", "2016-10"}
    assert (await types(billing)).count("SlipVoided") == 1


async def test_A23_the_counter_does_not_take_what_a_bank_holds(billing: BareService):
    await billing.take(employer(), *golden())
    slip = await confirm(billing)
    await billing.post("/slips/query", BANK, {"bank": "ICBC", "slip_no": slip["slip_no"]})
    refused = await billing.post("/counter-payments", COUNTER, counted(100_00, "2016-09-07"))
    assert (refused.status_code, refused.json()["code"]) == (409, "slip.held")
    assert await billing.rows("SELECT * FROM payments") == []


async def test_A24_a_fee_left_of_a_bill_paid_in_time_opens_its_arrears(billing: BareService):
    await fee_left_of_august(billing)
    before = len(await billing.events())
    await billing.at(date(2016, 9, 20))
    await billing.run_days()
    assert (await billing.events())[before:] == [("ArrearsOpened", f"{A}/2016-09")]
    body = (await billing.rows("SELECT body FROM outbox WHERE type = 'ArrearsOpened'"))[0]["body"]
    assert (body["principal"], body["fee_from"]) == (0, "2016-09-01")
    assert {(debt["month"], debt["kind"]): debt["fee"] for debt in body["debts"]} == {
        ("2016-08", "pension"): 494,
        ("2016-08", "medical"): 171,
        ("2016-08", "unemployment"): 29,
        ("2016-08", "injury"): 17,
        ("2016-08", "maternity"): 10,
    }
    paid = await billing.post("/counter-payments", COUNTER, counted(721, "2016-09-20"))
    assert paid.status_code == 200
    assert (await types(billing))[before:] == [
        "ArrearsOpened",
        "PaymentPosted",
        "ReceiptIssued",
        "ArrearsSettled",
        "SubmissionDecided",
    ]
    await billing.at(date(2016, 9, 25))
    await billing.run_days()
    assert (await types(billing)).count("ArrearsOpened") == 1


async def test_A23_only_officers_of_the_money_ask_a_slip_on_behalf(billing: BareService):
    await billing.take(employer(), *golden())
    await billing.at(date(2016, 9, 12))
    await billing.run_days()
    own = await billing.post("/arrears/slips", specialist(), {"pay_on": "2016-09-12"})
    editor = officer(Role.NOTICE_EDITOR, district="370602").model_copy(update={"employer_no": A})
    refused = await billing.post("/arrears/slips", editor, {"pay_on": "2016-09-30"})
    assert (refused.status_code, refused.json()["code"]) == (403, "identity.forbidden")
    states = await billing.rows("SELECT slip_no, state FROM slips")
    assert states == [{"slip_no": own.json()["slip_no"], "state": "valid"}]
    counter = officer(Role.COUNTER, district="370602").model_copy(update={"employer_no": A})
    taken = await billing.post("/arrears/slips", counter, {"pay_on": "2016-09-30"})
    assert taken.status_code == 200


async def test_A23_the_payment_day_of_a_slip_is_at_most_a_year_ahead(billing: BareService):
    await billing.take(employer(), *golden())
    await billing.at(date(2016, 9, 12))
    await billing.run_days()
    for day in ("9999-12-31", "2017-09-14"):
        refused = await billing.post("/arrears/slips", specialist(), {"pay_on": day})
        assert (refused.status_code, refused.json()["code"]) == (422, "slip.pay_day_far")
    taken = await billing.post("/arrears/slips", specialist(), {"pay_on": "2017-09-13"})
    assert taken.status_code == 200


async def test_A23_expiring_slips_waits_for_the_employer_whom_a_payment_holds(billing: BareService):
    await billing.take(employer(), *golden())
    slip = await confirm(billing)
    await billing.at(date(2016, 9, 11), hour=1)
    held = asyncio.Event()

    async def pay() -> None:
        async with work_scope(billing.chassis, SYSTEM) as work:
            await work.session.execute(text("SELECT 1 FROM employers FOR UPDATE"))
            held.set()
            await _until_somebody_waits(billing)
            await work.session.execute(text("SELECT 1 FROM slips FOR UPDATE NOWAIT"))

    async def expire() -> None:
        await held.wait()
        async with work_scope(billing.chassis, SYSTEM, day=date(2016, 9, 11)) as work:
            assert await expire_slips(work, date(2016, 9, 11))

    await asyncio.gather(pay(), expire())
    states = await billing.rows("SELECT slip_no, state FROM slips")
    assert states == [{"slip_no": slip["slip_no"], "state": "expired"}]


async def _until_somebody_waits(service: BareService) -> None:
    """Ask the server until a transaction of this database waits for a lock."""
    waiting = (
        "SELECT count(*) AS n FROM pg_stat_activity "
        "WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    async with asyncio.timeout(10):
        while (await service.rows(waiting))[0]["n"] == 0:
            pass
