"""Reminders: once for each step, in any order of arrival, never after the thing is done (clause 三, A6)."""

from __future__ import annotations

import asyncio
from datetime import date, datetime

from contracts.events.billing import BillAssessed
from contracts.identity import Caller
from contracts.month import Month
from contracts.values import Outcome, Role
from services.chassis.clocks import SHANGHAI
from tests.notices.conftest import ONE, TWO, bill_settled, decided, officer, opened, registered, specialist
from tests.servers.bare_service import BareService

SEPTEMBER, OCTOBER = Month(2016, 9), Month(2016, 10)
BILL_STEPS = [date(2016, 10, 1), date(2016, 10, 5), date(2016, 10, 8), date(2016, 10, 10)]


def assessed(
    employer_no: str = ONE, version: int = 1, month: Month = OCTOBER, total: int = 860_258
) -> BillAssessed:
    return BillAssessed(
        employer_no=employer_no,
        version=version,
        month=month,
        persons=6,
        unit=total,
        person=0,
        total=total,
        kinds=(),
        due_day=date(month.year, month.number, 10),
    )


async def live(notices: BareService, first: date, last: date) -> None:
    """Open every day from the first to the last."""
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        await notices.at(date.fromordinal(ordinal))
        await notices.run_days()


async def sent(notices: BareService, employer_no: str = ONE) -> list[date]:
    query = "SELECT sent_on FROM reminders WHERE employer_no = :employer ORDER BY id"
    return [row["sent_on"] for row in await notices.rows(query, employer=employer_no)]


async def unread(notices: BareService, caller: Caller) -> int:
    found: int = (await notices.get("/unread", caller)).json()["reminders"]
    return found


async def test_clause_3_an_unpaid_bill_is_reminded_of_on_four_days_and_then_no_more(notices: BareService):
    await notices.take(registered())
    await notices.at(date(2016, 10, 1))
    await notices.take(assessed())
    await live(notices, date(2016, 10, 1), date(2016, 10, 12))
    assert await sent(notices) == BILL_STEPS


async def test_clause_3_a_paid_bill_is_reminded_of_no_more_and_counts_as_unread_no_more(notices: BareService):
    await notices.take(registered(), registered(TWO))
    await notices.at(date(2016, 9, 1))
    await notices.take(assessed(month=SEPTEMBER), assessed(TWO, month=SEPTEMBER))
    await live(notices, date(2016, 9, 1), date(2016, 9, 6))
    assert (await unread(notices, specialist(ONE)), await unread(notices, specialist(TWO))) == (2, 2)
    await notices.take(bill_settled(date(2016, 9, 6)))
    await live(notices, date(2016, 9, 7), date(2016, 9, 10))
    assert await sent(notices) == [date(2016, 9, 1), date(2016, 9, 5)]
    assert await sent(notices, TWO) == [date(2016, 9, day) for day in (1, 5, 8, 10)]
    assert (await unread(notices, specialist(ONE)), await unread(notices, specialist(TWO))) == (0, 4)
    rows = (await notices.get("/reminders", specialist(ONE))).json()["rows"]
    assert [(row["done"], row["read"], row["reference"]) for row in rows] == [(True, False, "2016-09")] * 2


async def test_clause_3_a_bill_settled_before_it_is_told_is_never_reminded_of(notices: BareService):
    await notices.take(registered())
    await notices.at(date(2016, 9, 8))
    await notices.take(bill_settled(date(2016, 9, 6)))
    await notices.take(assessed(month=SEPTEMBER, version=5))
    await live(notices, date(2016, 9, 8), date(2016, 9, 10))
    assert await sent(notices) == []


async def test_clause_3_4_once_arrears_are_open_no_reminder_goes_out(notices: BareService):
    await notices.take(registered(), opened(version=7), assessed(month=SEPTEMBER, version=6))
    await notices.at(date(2016, 9, 10))
    await notices.run_days()
    assert await sent(notices) == []


async def test_clause_3_a_bill_born_on_the_5th_is_told_at_once_and_an_empty_one_never(notices: BareService):
    await notices.at(date(2016, 9, 6))
    await notices.take(registered(), assessed(month=SEPTEMBER), assessed(TWO, month=SEPTEMBER, total=0))
    assert (await sent(notices), await sent(notices, TWO)) == ([date(2016, 9, 6)], [])
    await notices.take(assessed(month=SEPTEMBER, version=2, total=700_000))
    await notices.run_days()
    assert await sent(notices) == [date(2016, 9, 6)]


async def test_laws_missed_days_are_made_up_for_each_once(notices: BareService):
    await notices.at(date(2016, 9, 1))
    await notices.take(registered(), assessed(month=SEPTEMBER))
    await notices.run_days()
    await notices.at(date(2016, 9, 9))
    await notices.run_days()
    assert await sent(notices) == [date(2016, 9, 1), date(2016, 9, 5), date(2016, 9, 8)]


async def test_A6_a_waiting_increase_is_reminded_of_5_2_and_0_working_days_before(notices: BareService):
    waiting = decided("Z0001", Outcome.WAITING, deadline=date(2016, 9, 30))
    await notices.take(registered(), waiting, decided("Z0002", Outcome.WAITING, deadline=date(2016, 9, 30)))
    await live(notices, date(2016, 9, 13), date(2016, 9, 27))
    await notices.take(decided("Z0002", Outcome.ACCEPTED, version=2))
    await live(notices, date(2016, 9, 28), date(2016, 10, 1))
    titles = await notices.rows("SELECT sent_on, title FROM reminders ORDER BY sent_on, title")
    assert [(row["sent_on"], row["title"]) for row in titles] == [
        (date(2016, 9, 23), "增员申报 Z0001 待柜台确认，还有 7 天"),
        (date(2016, 9, 23), "增员申报 Z0002 待柜台确认，还有 7 天"),
        (date(2016, 9, 28), "增员申报 Z0001 待柜台确认，还有 2 天"),
        (date(2016, 9, 30), "增员申报 Z0001 待柜台确认，今天截止"),
    ]


async def test_A6_a_submission_of_today_is_not_reminded_of_today(notices: BareService):
    await notices.at(date(2016, 9, 28))
    await notices.take(registered(), decided("Z0001", Outcome.WAITING, deadline=date(2016, 9, 30)))
    await live(notices, date(2016, 9, 28), date(2016, 9, 29))
    assert await sent(notices) == []
    await live(notices, date(2016, 9, 30), date(2016, 9, 30))
    assert await sent(notices) == [date(2016, 9, 30)]


async def test_laws_two_jobs_at_once_remind_once(notices: BareService):
    await notices.at(date(2016, 9, 5))
    await notices.take(registered(), decided("Z1", Outcome.WAITING, deadline=date(2016, 9, 9)))
    await notices.at(date(2016, 9, 7))
    await asyncio.gather(notices.run_days(), notices.run_days())
    assert await sent(notices) == [date(2016, 9, 7)]


async def test_clause_3_only_the_employer_reads_its_reminders(notices: BareService):
    await notices.at(date(2016, 9, 5))
    await notices.take(
        registered(), registered(TWO), assessed(month=SEPTEMBER), assessed(TWO, month=SEPTEMBER)
    )
    rows = (await notices.get("/reminders", specialist(ONE))).json()["rows"]
    assert [row["title"] for row in rows] == ["2016年9月社会保险费待缴纳，还有 5 天"]
    asked = {"ids": [rows[0]["id"]]}
    for caller, status in (
        (officer(Role.COUNTER, acts_for=ONE), 403),
        (officer(Role.COUNTER), 403),
        (specialist(TWO), 200),
    ):
        assert (await notices.post("/reminders/read", caller, asked)).status_code == status
        assert await unread(notices, specialist(ONE)) == 1
    answers = [(await notices.post("/reminders/read", specialist(ONE), asked)).json() for _ in range(2)]
    assert [answer["reminders"] for answer in answers] == [0, 0]
    reader = await notices.rows("SELECT read_by, read_at FROM reminders WHERE employer_no = :one", one=ONE)
    assert reader[0]["read_by"] == ONE
    assert reader[0]["read_at"] >= datetime(2016, 9, 5, tzinfo=SHANGHAI)
    acts = await notices.rows("SELECT act FROM audit WHERE act = 'reminders_read'")
    assert len(acts) == 1
