"""An order is served by opening it, runs its five working days, and lapses or is settled (O20 16, A31)."""

import asyncio
from datetime import date

from contracts.http.notices import OrderState, OrderView
from contracts.month import Month
from tests.notices.conftest import (
    COLLECTION,
    ONE,
    opened,
    registered,
    settled,
    specialist,
)
from tests.notices.orders import FIRST, issued, prepared, release
from tests.servers.bare_service import BareService


async def test_O20_16_opening_serves_once_and_five_working_days_run(notices: BareService):
    row = await issued(notices)
    path = f"/orders/{row['id']}/open"
    first = OrderView.model_validate((await notices.post(path, specialist(ONE))).json())
    assert (first.state, first.deadline) == (OrderState.SERVED, date(2016, 9, 20))
    await notices.at(date(2016, 9, 14))
    again = OrderView.model_validate((await notices.post(path, specialist(ONE))).json())
    assert again == first
    assert await notices.events() == [("OrderIssued", FIRST), ("OrderServed", FIRST)]


async def test_O20_16_two_openings_at_once_are_one_service(notices: BareService):
    row = await issued(notices)
    path = f"/orders/{row['id']}/open"
    answers = await asyncio.gather(*(notices.post(path, specialist(ONE)) for _ in range(4)))
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200]
    assert await notices.events() == [("OrderIssued", FIRST), ("OrderServed", FIRST)]


async def test_O20_16_it_lapses_the_day_after_its_deadline_and_payment_settles_it(notices: BareService):
    row = await issued(notices)
    await notices.run_days()
    await notices.post(f"/orders/{row['id']}/open", specialist(ONE))
    await notices.at(date(2016, 9, 20))
    await notices.run_days()
    path = f"/orders/{row['id']}"
    assert (await notices.get(path, specialist(ONE))).json()["state"] == "served"
    await notices.at(date(2016, 9, 21))
    await notices.run_days()
    assert (await notices.get(path, specialist(ONE))).json()["state"] == "lapsed"
    assert await notices.events() == [("OrderIssued", FIRST), ("OrderServed", FIRST), ("OrderLapsed", FIRST)]
    body = await notices.rows("SELECT body FROM outbox WHERE type = 'OrderLapsed'")
    assert body[0]["body"]["lapsed_on"] == "2016-09-21"
    await notices.take(settled(on=date(2016, 9, 22)))
    after = (await notices.get(path, specialist(ONE))).json()
    assert after == row | {
        "state": "settled",
        "served_at": after["served_at"],
        "deadline": "2016-09-20",
    }
    assert after["digest"] == row["digest"]


async def test_O20_16_one_paid_within_its_term_never_lapses(notices: BareService):
    row = await issued(notices)
    await notices.run_days()
    await notices.post(f"/orders/{row['id']}/open", specialist(ONE))
    await notices.take(settled())
    await notices.at(date(2016, 9, 30))
    await notices.run_days()
    assert (await notices.get(f"/orders/{row['id']}", COLLECTION)).json()["state"] == "settled"
    assert await notices.events() == [("OrderIssued", FIRST), ("OrderServed", FIRST)]


async def test_A24_O20_16_paid_on_the_last_day_and_told_after_the_lapse_it_never_lapsed(notices: BareService):
    row = await issued(notices)
    await notices.run_days()
    await notices.post(f"/orders/{row['id']}/open", specialist(ONE))
    await notices.at(date(2016, 9, 21), hour=1)
    await notices.run_days()
    await notices.take(settled(on=date(2016, 9, 20)))
    stored = await notices.rows("SELECT state, settled_on, lapsed_on FROM orders")
    assert stored == [{"state": "settled", "settled_on": date(2016, 9, 20), "lapsed_on": None}]
    acts = [one["act"] for one in await notices.rows("SELECT act FROM audit ORDER BY id")]
    assert acts[-3:] == ["order_lapsed", "order_lapse_undone", "order_settled"]


async def test_A31_unopened_it_becomes_a_paper_task_and_is_never_deemed_served(notices: BareService):
    row = await issued(notices)
    await notices.run_days()
    await notices.at(date(2016, 9, 18))
    await notices.run_days()
    path = f"/orders/{row['id']}"
    assert (await notices.get(path, COLLECTION)).json()["paper_since"] is None
    await notices.at(date(2016, 11, 30))
    await notices.run_days()
    after = (await notices.get(path, COLLECTION)).json()
    assert (after["state"], after["paper_since"], after["served_at"]) == ("issued", "2016-09-19", None)
    assert await notices.events() == [("OrderIssued", FIRST)]


async def test_1_5_without_a_working_day_table_the_job_names_what_is_missing(notices: BareService):
    await notices.at(date(2027, 3, 1))
    await notices.take(registered(), opened(on=date(2027, 3, 1), month=Month(2027, 2)))
    row = (await release(notices, *await prepared(notices))).json()["rows"][0]
    refused = await notices.post(f"/orders/{row['id']}/open", specialist(ONE))
    assert (refused.status_code, refused.json()["code"]) == (409, "policy.missing")
    assert refused.json()["detail"] == "缺少工作日表（2027）的政策数据"
    await notices.run_days()
    days = await notices.rows("SELECT job, problem FROM days ORDER BY job")
    assert days == [
        {"job": "lapse_orders", "problem": ""},
        {"job": "name_paper_tasks", "problem": "缺少工作日表（2027）"},
        {"job": "send_reminders", "problem": ""},
    ]
