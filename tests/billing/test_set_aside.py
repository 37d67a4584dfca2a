"""What one employer lacks stops nobody else's bill, and is a task until it is there (domain 1.5, A7, A8)."""

from __future__ import annotations

from datetime import date
from typing import Any

from contracts.events.enrollment import EnrollmentStarted
from contracts.events.registry import EmployerChanged, InjuryRate
from contracts.month import Month
from contracts.values import Kind, Role, Scheme
from tests.billing.facts import FUSHAN, OCTOBER, ZHIFU, A, B, employer, officer, specialist, started
from tests.servers.bare_service import BareService

MAY_2015 = Month(2015, 5)
OLD: dict[str, Any] = {"from_month": Month(2012, 3), "base_from": Month(2016, 1), "imported": True}
SINCE_2010: dict[str, Any] = {"insured_from": Month(2010, 1)}
BILLS = "SELECT employer_no, persons, total FROM bills WHERE month = :month ORDER BY employer_no"
TASKS = "SELECT employer_no, month, what FROM set_aside ORDER BY employer_no, month"
BLOCKED = "SELECT job FROM days WHERE done_at IS NULL"
ONE = 2058_36
"""A month of base 5,431, fen."""


def _late() -> EnrollmentStarted:
    """Hired in May 2015: the employer's 工伤 rate is known from October 2015 on."""
    return started(
        2, 5_431_00, from_month=MAY_2015, base_from=MAY_2015, hired_on=date(2015, 5, 4), late=True,
        limit_day=date(2015, 6, 3),
    )  # fmt: skip


def _rated(version: int, since: Month) -> EmployerChanged:
    rate = InjuryRate(from_month=since, injury_class=4, float_percent=100, rate=9000)
    body = employer(version=version, injury_rates=(rate,), **SINCE_2010).model_dump()
    return EmployerChanged.model_validate(body | {"changed": ("injury_rates",)})


async def _october(billing: BareService) -> None:
    await billing.at(date(2016, 10, 1))
    await billing.run_days()


async def test_1_5_a_late_increase_without_a_price_holds_back_its_own_months_alone(billing: BareService):
    await billing.take(employer(**SINCE_2010), employer(B), started(1, 5_431_00, **OLD))
    await billing.take(started(9, 5_431_00, employer_no=B))
    await billing.at(date(2016, 9, 20))
    await billing.take(_late())
    await _october(billing)
    assert await billing.rows(BLOCKED) == []
    waiting = [(A, month, "单位工伤保险费率") for month in (201505, 201506, 201507, 201508, 201509)]
    assert [tuple(row.values()) for row in await billing.rows(TASKS)] == waiting
    bills = await billing.rows(BILLS, month=201610)
    assert [(row["employer_no"], row["persons"]) for row in bills] == [(A, 2), (B, 1)]
    assert bills[1]["total"] == ONE
    months = (
        "SELECT DISTINCT contribution_month AS m FROM kind_sums WHERE month = 201610 AND employer_no = :a"
    )
    found = sorted(row["m"] for row in await billing.rows(months, a=A))
    assert found == [201510, 201511, 201512, *range(201601, 201611)]


async def test_1_5_months_before_the_schemes_first_rates_hold_back_nobody(billing: BareService):
    kinds = (Kind.GOV_PENSION, Kind.ANNUITY, Kind.MEDICAL)
    government: dict[str, Any] = {"scheme": Scheme.GOVERNMENT, "kinds": kinds}
    await billing.at(date(2016, 9, 20))
    await billing.take(employer(**government, **SINCE_2010), employer(B), started(9, 5_431_00, employer_no=B))
    early = Month(2014, 8)
    await billing.take(started(1, 5_431_00, from_month=early, base_from=early, **government))
    await _october(billing)
    assert await billing.rows(BLOCKED) == []
    assert [tuple(row.values()) for row in await billing.rows(TASKS)] == [
        (A, 201408, "机关事业单位社会保险费率"),
        (A, 201409, "机关事业单位社会保险费率"),
    ]
    assert [row["employer_no"] for row in await billing.rows(BILLS, month=201610)] == [A, B]


async def test_1_5_an_employer_without_its_rate_is_set_aside_until_registry_tells_it(billing: BareService):
    await billing.take(employer(injury_rates=()), employer(B), started(1, 5_431_00))
    await billing.take(started(9, 5_431_00, employer_no=B))
    await _october(billing)
    assert await billing.rows(BLOCKED) == []
    assert await billing.rows(BILLS, month=201610) == [{"employer_no": B, "persons": 1, "total": ONE}]
    tasks = [(A, 201609, "单位工伤保险费率"), (A, 201610, "单位工伤保险费率")]
    assert [tuple(row.values()) for row in await billing.rows(TASKS)] == tasks
    await billing.take(_rated(2, Month(2015, 10)))
    assert await billing.rows(TASKS) == []
    assert (await billing.rows(BILLS, month=201610))[0] == {"employer_no": A, "persons": 1, "total": 2 * ONE}


async def test_1_5_in_the_window_a_newcomer_is_billed_beside_a_month_that_has_no_price(billing: BareService):
    await billing.take(employer(**SINCE_2010), started(1, 5_431_00, **OLD))
    await billing.take(_late())
    await billing.take(started(3, 5_431_00))
    bill = (await billing.get("/bills/2016-09", specialist())).json()
    assert bill["persons"] == 3
    assert [row["month"] for row in await billing.rows(TASKS)] == [201505, 201506, 201507, 201508, 201509]


async def test_a11_a_confirmed_bill_that_cannot_be_priced_keeps_its_slip_and_waits_as_stale(
    billing: BareService,
):
    """The employer's 工伤 rate is taken back after the confirmation, and comes again three days later."""
    await billing.take(employer(), started(1, 5_431_00))
    await billing.run_days()
    asked = {"version": 1, "total": ONE}
    assert (await billing.post("/bills/2016-09/confirm", specialist(), asked)).status_code == 200
    await billing.take(_rated(2, OCTOBER), started(2, 5_431_00))
    state = "SELECT b.state, b.stale, s.state AS slip FROM bills b JOIN slips s USING (employer_no)"
    assert await billing.rows(state) == [{"state": "confirmed", "stale": True, "slip": "valid"}]
    assert [
        row["type"] for row in await billing.rows("SELECT type FROM outbox WHERE type = 'SlipVoided'")
    ] == []
    assert [tuple(row.values()) for row in await billing.rows(TASKS)] == [(A, 201609, "单位工伤保险费率")]
    await billing.at(date(2016, 9, 10))
    await billing.take(_rated(3, Month(2015, 10)))
    assert await billing.rows(state) == [{"state": "assessed", "stale": False, "slip": "voided"}]
    assert await billing.rows(BILLS, month=201609) == [{"employer_no": A, "persons": 2, "total": 2 * ONE}]
    assert await billing.rows(TASKS) == []


async def test_1_5_the_daily_retry_bills_once_and_only_what_has_got_its_price(billing: BareService):
    await billing.take(employer(), started(1, 5_431_00))
    await billing.run_days()
    await billing.at(date(2016, 9, 8))
    await billing.take(employer(B, injury_rates=()), started(9, 5_431_00, employer_no=B))
    rate = "INSERT INTO injury_rates VALUES (:b, 201510, 999912, 4, 100, 9000) RETURNING rate"
    assert [row["employer_no"] for row in await billing.rows(TASKS)] == [B]
    async with billing.chassis.engine.begin() as connection:
        await connection.exec_driver_sql(rate.replace(":b", f"'{B}'"))
    await billing.run_days()
    assert await billing.rows(TASKS) == []
    assert (await billing.rows(BILLS, month=201609))[1] == {"employer_no": B, "persons": 1, "total": ONE}
    told = len(await billing.events())
    await billing.at(date(2016, 9, 9))
    await billing.run_days()
    assert len(await billing.events()) == told


async def test_laws_officers_see_the_tasks_of_their_district_and_nobody_else(billing: BareService):
    await billing.take(employer(injury_rates=()), started(1, 5_431_00))
    own, elsewhere = officer(Role.POLICY, district=ZHIFU), officer(Role.POLICY, district=FUSHAN)
    page = (await billing.get("/tasks", own)).json()
    assert (page["total"], page["rows"][0]) == (
        1,
        {
            "employer_no": A,
            "employer_name": "烟台海风机械有限公司",
            "month": "2016-09",
            "what": "单位工伤保险费率",
            "since": "2016-09-07",
            "own": True,
        },
    )
    assert (await billing.get("/tasks", elsewhere)).json()["total"] == 0
    assert (await billing.get("/tasks", specialist())).status_code == 403
