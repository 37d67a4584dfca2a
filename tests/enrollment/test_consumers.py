"""Copies from events: any order, any number of times."""

from datetime import date

from contracts.events.billing import ArrearsOpened, ArrearsSettled
from contracts.month import Month
from services.chassis.work import new_id
from tests.enrollment.conftest import (
    OWN,
    SEPTEMBER,
    A,
    bodies,
    confirmed,
    employer,
    enrolled,
    on_roster,
    settled,
)
from tests.servers.bare_service import BareService

NEW = "3706000077"


def opened(version: int) -> ArrearsOpened:
    return ArrearsOpened(
        version=version,
        employer_no=A,
        month=SEPTEMBER,
        debts=(),
        principal=100,
        fee_from=date(2016, 9, 11),
        opened_on=date(2016, 9, 12),
    )


def cleared(version: int) -> ArrearsSettled:
    return ArrearsSettled(
        version=version, employer_no=A, month=SEPTEMBER, principal=100, fee=5, settled_on=date(2016, 10, 20)
    )


async def months(service: BareService) -> list[dict[str, object]]:
    return await service.rows(
        "SELECT confirmed, settled, arrears FROM bill_months WHERE employer_no = :a", a=A
    )


async def test_the_highest_version_of_a_register_entry_stands(enrollment: BareService):
    newer = employer(NEW, version=3, name="烟台新星有限公司")
    await enrollment.take(newer, employer(NEW, version=2, name="旧名称"))
    await enrollment.take(employer(NEW, version=1, name="更旧"))
    rows = await enrollment.rows("SELECT version, name FROM employers WHERE employer_no = :n", n=NEW)
    assert rows == [{"version": 3, "name": "烟台新星有限公司"}]


async def test_a_bill_may_be_told_before_its_employer(enrollment: BareService):
    await enrollment.take(settled(number=NEW))
    held = await enrollment.rows("SELECT version, name FROM employers WHERE employer_no = :n", n=NEW)
    assert held == [{"version": 0, "name": ""}]
    await enrollment.take(employer(NEW))
    held = await enrollment.rows("SELECT version FROM employers WHERE employer_no = :n", n=NEW)
    assert held == [{"version": 1}]
    assert await enrollment.rows("SELECT settled FROM bill_months WHERE employer_no = :n", n=NEW) == [
        {"settled": True}
    ]


async def test_months_end_alike_in_any_order(enrollment: BareService):
    events = (confirmed(), opened(4), settled(version=5), cleared(6))
    for event in reversed(events):
        await enrollment.take(event)
    assert await months(enrollment) == [{"confirmed": True, "settled": True, "arrears": False}]
    await enrollment.take(opened(7))
    assert (await months(enrollment))[0]["arrears"] is True


async def test_one_event_met_twice_fires_once(enrollment: BareService):
    await enrolled(enrollment)
    row = (await on_roster(enrollment))[0]
    asked = {"enrollment_id": row["enrollment_id"], "left_on": "2016-09-06", "reason": "27"}
    await enrollment.post("/decreases", OWN, asked)
    identity = new_id()
    for _ in range(2):
        await enrollment.take(settled(), ids=(identity,))
    assert len(await bodies(enrollment, "EnrollmentEnded")) == 1
    assert await enrollment.rows("SELECT 1 FROM dead_letters") == []


async def test_A11_a_month_that_was_paid_before_lets_a_decrease_pass(enrollment: BareService):
    await enrollment.take(settled(Month(2016, 8)), settled())
    await enrolled(enrollment)
    row = (await on_roster(enrollment))[0]
    asked = {"enrollment_id": row["enrollment_id"], "left_on": "2016-09-06", "reason": "27"}
    assert (await enrollment.post("/decreases", OWN, asked)).json()["state"] == "confirmed_auto"
