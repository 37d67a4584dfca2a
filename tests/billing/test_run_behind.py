"""A month whose run is behind is charged once, whatever fact comes before the run (A7, 1.5)."""

from __future__ import annotations

from datetime import date
from typing import Any

from contracts.events.enrollment import BaseAdjusted, EnrollmentEnded
from contracts.month import Month
from contracts.values import Role
from services.billing.commands.run import run_month
from services.billing.commands.stale import price_stale
from services.chassis.identity import SYSTEM
from services.chassis.work import work_scope
from tests.billing.facts import OCTOBER, A, B, employer, officer, relation, specialist, started
from tests.servers.bare_service import BareService

ONE = 2058_36
"""A month of base 5,431, fen."""
FIRST, SECOND = officer(Role.POLICY, account="lin.cao"), officer(Role.POLICY, account="zhou.he")
PENSION = (
    "SELECT contribution_month, sort, persons, unit + person AS owed FROM kind_sums "
    "WHERE kind = 'pension' AND month = :month ORDER BY 1, 2"
)
NOTED = "SELECT month, bill_month FROM supplements ORDER BY enrollment_id, month"


def _adjusted(number: int = 1, version: int = 2, **changes: Any) -> BaseAdjusted:
    """A fact that changes no price."""
    fact = relation(number, 5_431_00, version=version, **changes)
    return BaseAdjusted.model_validate(fact | {"old_base": 5_431_00, "cause": "x"})


async def _until_september_is_run(billing: BareService, *numbers: int) -> None:
    await billing.take(employer(), *(started(number, 5_431_00) for number in numbers))
    await billing.run_days()


async def _pension(billing: BareService, month: int) -> list[tuple[object, ...]]:
    return [tuple(row.values()) for row in await billing.rows(PENSION, month=month)]


async def test_A7_a_fact_that_overtakes_a_late_run_does_not_charge_the_month_twice(billing: BareService):
    await _until_september_is_run(billing, 1, 2)
    await billing.at(date(2016, 10, 12))
    await billing.take(_adjusted())
    assert await billing.rows(NOTED) == []
    await billing.run_days()
    bill = (await billing.get("/bills/2016-10", specialist())).json()
    assert (bill["persons"], bill["total"]) == (2, 4116_72)
    assert await _pension(billing, 201610) == [(201610, "ordinary", 2, 2 * 1412_06)]


async def test_A7_a_newcomer_before_a_late_run_is_in_its_bill_and_nowhere_else(billing: BareService):
    await _until_september_is_run(billing, 1)
    await billing.at(date(2016, 10, 12))
    await billing.take(started(2, 5_431_00))
    assert await billing.rows(NOTED) == [{"month": 201609, "bill_month": None}]
    await billing.run_days()
    assert (await billing.get("/bills/2016-10", specialist())).json()["total"] == 3 * ONE
    await billing.at(date(2016, 11, 1))
    await billing.run_days()
    assert (await billing.get("/bills/2016-11", specialist())).json()["total"] == 2 * ONE


async def test_1_5_a_fact_while_the_run_waits_for_rates_does_not_charge_the_month_twice(billing: BareService):
    december = Month(2019, 12)
    await billing.at(december.day(9))
    two = (started(number, 5_431_00, from_month=december, base_from=december) for number in (1, 2))
    await billing.take(employer(), *two)
    await billing.run_days()
    await billing.at(date(2020, 1, 11))
    await billing.run_days()
    await billing.take(_adjusted(from_month=december, base_from=december))
    rates = [
        {"kind": "pension", "unit": 160_000, "person": 80_000},
        {"kind": "medical", "unit": 70_000, "person": 20_000},
        {"kind": "unemployment", "unit": 7000, "person": 3000},
        {"kind": "maternity", "unit": 5000},
    ]
    plain = {"scheme": "enterprise", "effective_from": "2020-01", "until": None, "document_no": "x"}
    drafted = await billing.post("/rates", FIRST, plain | {"rates": rates})
    assert (await billing.post(f"/rates/{drafted.json()['id']}/release", SECOND)).status_code == 200
    await billing.run_days()
    assert await _pension(billing, 202001) == [(202001, "ordinary", 2, 2 * (868_96 + 434_48))]


async def test_A7_an_employer_that_the_run_has_passed_is_not_forgotten(billing: BareService):
    """October's run stands between A and B when A gets its first person on the 12th."""
    await billing.take(employer(), employer(B), started(9, 5_431_00, employer_no=B))
    await billing.run_days()
    await billing.at(OCTOBER.day(12))
    async with work_scope(billing.chassis, SYSTEM, day=OCTOBER.first_day) as work:
        assert await run_month(work, OCTOBER.first_day, 1) is False
    await billing.take(started(1, 5_431_00, from_month=OCTOBER, base_from=OCTOBER))
    assert await billing.rows(NOTED) == [{"month": 201610, "bill_month": None}]
    await billing.run_days()
    totals = "SELECT employer_no, total FROM bills WHERE month = 201610"
    assert await billing.rows(totals) == [{"employer_no": B, "total": ONE}]
    await billing.at(date(2016, 11, 1))
    await billing.run_days()
    assert (await billing.get("/bills/2016-11", specialist(A))).json()["total"] == 2 * ONE


async def test_A7_a_month_noted_for_nobody_is_noted_anew_when_it_is_owed_again(billing: BareService):
    """Hired for September, taken back before October's run, and restored after it."""
    await billing.at(date(2016, 9, 20))
    await billing.take(employer(), started(1, 5_431_00), started(2, 5_431_00))
    august = Month(2016, 8)
    gone = relation(2, 5_431_00, version=2, last_month=august) | {"reason": "27", "left_on": august.day(20)}
    await billing.take(EnrollmentEnded.model_validate(gone))
    await billing.at(date(2016, 10, 1))
    await billing.run_days()
    assert (await billing.get("/bills/2016-10", specialist())).json()["total"] == 2 * ONE
    await billing.take(_adjusted(2, version=3))
    assert (await billing.get("/bills/2016-10", specialist())).json()["total"] == 4 * ONE


async def test_A23_a_month_that_a_later_bill_carries_does_not_come_back_to_its_own(billing: BareService):
    """September waits as stale while its days are not run; October has the newcomer's September already."""
    await _until_september_is_run(billing, 1)
    seen = {"version": 1, "total": ONE}
    slip = (await billing.post("/bills/2016-09/confirm", specialist(), seen)).json()
    asked = {"bank": "ICBC", "slip_no": slip["slip_no"]}
    assert (await billing.post("/slips/query", SYSTEM, asked)).status_code == 200
    await billing.take(started(2, 5_431_00))
    await billing.at(date(2016, 10, 3))
    await billing.take(started(2, 5_431_00, version=2))
    assert await billing.rows(NOTED) == [{"month": 201609, "bill_month": 201610}]
    day = date(2016, 9, 8)
    async with work_scope(billing.chassis, SYSTEM, day=day) as work:
        assert await price_stale(work, day)
    assert await _pension(billing, 201609) == [(201609, "ordinary", 1, 1412_06)]
    assert await _pension(billing, 201610) == [
        (201609, "supplement", 1, 1412_06),
        (201610, "ordinary", 2, 2 * 1412_06),
    ]
