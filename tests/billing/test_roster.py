"""Roster facts by version, whatever the order of arrival (architecture, Events)."""

from __future__ import annotations

import itertools
from datetime import date
from uuid import UUID

from contracts.events.enrollment import BaseAdjusted, BaseDeclared, EnrollmentEnded, RelationEvent
from contracts.month import Month
from services.chassis.work import new_id
from tests.billing.facts import FIVE, SEPTEMBER, employer, golden, relation, specialist, started
from tests.servers.bare_service import BareService

SPANS = (
    "SELECT from_month, to_month, version, base, relation_from, relation_to FROM roster "
    "WHERE enrollment_id = :id ORDER BY from_month"
)


def _life(number: int) -> tuple[RelationEvent, ...]:
    """Started on 3,000; 4,000 declared from January; corrected to 3,500 from November; left in March."""
    adjusted = {"version": 5, "base_from": Month(2016, 11), "old_base": 3_000_00, "cause": "correction"}
    ended = {"version": 7, "base_from": Month(2017, 1), "last_month": Month(2017, 3), "reason": "27"}
    return (
        started(number, 3_000_00, version=2),
        BaseAdjusted.model_validate(relation(number, 3_500_00) | adjusted),
        BaseDeclared.model_validate(
            relation(number, 4_000_00) | {"version": 6, "base_from": Month(2017, 1), "year": 2017}
        ),
        EnrollmentEnded.model_validate(relation(number, 4_000_00) | ended | {"left_on": date(2017, 3, 9)}),
    )


async def test_any_order_and_any_repetition_gives_the_same_roster(billing: BareService):
    await billing.take(employer())
    orders = list(itertools.permutations(range(4)))
    lives = [(_life(number), (*order, order[0])) for number, order in enumerate(orders, start=1)]
    for step in range(5):
        await billing.take(*(life[order[step]] for life, order in lives))
    for number, order in enumerate(orders, start=1):
        spans = [tuple(row.values()) for row in await billing.rows(SPANS, id=UUID(int=number))]
        assert spans == [
            (201609, 201610, 2, 3_000_00, 201609, 201703),
            (201611, 201612, 5, 3_500_00, 201609, 201703),
            (201701, 201703, 7, 4_000_00, 201609, 201703),
        ], order


async def test_a_whole_life_in_one_batch_gives_the_same_roster(billing: BareService):
    await billing.take(employer(), *reversed(_life(1)), *_life(2))
    first, second = [await billing.rows(SPANS, id=UUID(int=number)) for number in (1, 2)]
    assert first == second
    assert len(first) == 3


async def test_a_later_version_that_starts_earlier_replaces_what_it_covers(billing: BareService):
    late = started(1, 5_000_00, version=9, base_from=SEPTEMBER)
    await billing.take(employer(), *_life(1), late)
    spans = await billing.rows(SPANS, id=UUID(int=1))
    assert [tuple(row.values()) for row in spans] == [(201609, 999912, 9, 5_000_00, 201609, 999912)]


async def test_roster_before_its_employer_waits_and_is_priced_when_it_comes(billing: BareService):
    await billing.take(*golden())
    assert await billing.rows("SELECT version FROM employers") == [{"version": 0}]
    assert await billing.events() == []
    await billing.take(employer())
    assert (await billing.get("/bills/2016-09", specialist())).json()["total"] == 8602_58


async def test_employers_follow_the_highest_version(billing: BareService):
    newer = employer(version=3, name="烟台海风重工有限公司")
    await billing.take(newer, employer(version=2, name="旧名"), newer)
    await billing.take(employer(version=1, name="更旧"))
    assert await billing.rows("SELECT version, name FROM employers") == [
        {"version": 3, "name": "烟台海风重工有限公司"}
    ]


async def test_a_repeated_message_changes_nothing(billing: BareService):
    ids = (new_id(),)
    await billing.take(employer(), *golden())
    before = await billing.events()
    await billing.take(started(4, 3_000_00), ids=ids)
    once = await billing.events()
    await billing.take(started(4, 3_000_00), ids=ids)
    assert await billing.events() == once
    assert len(once) == len(before) + 1


async def test_a_leaver_is_owed_through_the_last_month_and_an_emptied_bill_stays_at_nought(
    billing: BareService,
):
    await billing.take(employer(), started(1, 2_910_00))
    gone = relation(1, 2_910_00) | {
        "version": 2,
        "last_month": Month(2016, 8),
        "from_month": Month(2016, 8),
        "reason": "27",
        "left_on": date(2016, 8, 20),
    }
    await billing.take(EnrollmentEnded.model_validate(gone))
    bill = (await billing.get("/bills/2016-09", specialist())).json()
    assert (bill["version"], bill["persons"], bill["total"], bill["kinds"]) == (2, 0, 0, [])
    answer = await billing.post("/bills/2016-09/confirm", specialist(), {"version": 2, "total": 0})
    assert answer.json()["code"] == "bill.empty"


async def test_a_thousand_facts_of_one_batch_are_one_bill_each(billing: BareService):
    numbers = [f"3706{n:06d}" for n in range(1, 11)]
    await billing.take(*(employer(number) for number in numbers))
    facts = [
        started(n, 5_431_00, employer_no=numbers[n % 10], kinds=FIVE, imported=True) for n in range(1, 1001)
    ]
    await billing.take(*facts)
    rows = await billing.rows("SELECT persons, version, total FROM bills ORDER BY employer_no")
    assert rows == [{"persons": 100, "version": 1, "total": 100 * 2058_36}] * 10
