"""Monthly run and re-pricing on the golden employer (V1, A22, clause 三(四))."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest

from contracts.events.billing import BillAssessed
from contracts.month import Month
from services.billing.commands.run import run_month
from services.chassis.identity import SYSTEM
from services.chassis.policy import MissingPolicy
from services.chassis.work import work_scope
from tests.billing.facts import OCTOBER, A, B, employer, golden, specialist, started
from tests.servers.bare_service import BareService

V1_KINDS = {
    "pension": (3, 22_890_00, 4120_20, 1831_20),
    "unemployment": (3, 22_890_00, 228_90, 41_71),
    "medical": (3, 22_890_00, 1602_30, 457_80),
    "injury": (3, 22_890_00, 206_01, 0),
    "maternity": (3, 22_890_00, 114_46, 0),
}
FIRST_OF_OCTOBER = date(2016, 10, 1)


async def _bodies(billing: BareService) -> list[BillAssessed]:
    rows = await billing.rows("SELECT body FROM outbox WHERE type = 'BillAssessed' ORDER BY id")
    return [BillAssessed.model_validate(row["body"]) for row in rows]


def _kinds(body: BillAssessed) -> dict[str, tuple[int, int, int, int]]:
    return {str(one.kind): (one.persons, one.base_sum, one.unit, one.person) for one in body.kinds}


async def _lines(billing: BareService, month: int) -> list[dict[str, object]]:
    query = "SELECT * FROM person_lines WHERE month = :month ORDER BY enrollment_id"
    rows = await billing.rows(query, month=month)
    return [{k: v for k, v in row.items() if not k.endswith("month") and k != "fee_from"} for row in rows]


async def _run(billing: BareService, day: date, chunk: int = 1) -> bool:
    async with work_scope(billing.chassis, SYSTEM, day=day) as work:
        return await run_month(work, day, chunk)


async def test_v1_a_roster_fact_in_the_window_makes_the_months_bill_at_once(billing: BareService):
    await billing.take(employer(), *golden())
    body = (await _bodies(billing))[-1]
    assert _kinds(body) == V1_KINDS
    assert (body.persons, body.unit, body.person, body.total) == (3, 6271_87, 2330_71, 8602_58)
    assert (body.month, body.due_day, body.provisional) == (Month(2016, 9), date(2016, 9, 10), False)


async def test_v1_the_monthly_run_prices_the_same_to_the_fen(billing: BareService):
    await billing.take(employer(), *golden())
    await billing.at(FIRST_OF_OCTOBER)
    await billing.run_days()
    bills = [body for body in await _bodies(billing) if body.month == OCTOBER]
    assert [(_kinds(one), one.total, one.version) for one in bills] == [(V1_KINDS, 8602_58, 1)]
    assert await _lines(billing, 201610) == await _lines(billing, 201609)
    runs = await billing.rows("SELECT month, bills, persons FROM monthly_runs ORDER BY month")
    assert runs[-1] == {"month": 201610, "bills": 1, "persons": 3}


async def test_a22_the_bill_is_shown_with_kinds_rates_and_words(billing: BareService):
    await billing.take(employer(), *golden())
    bill = (await billing.get("/bills/2016-09", specialist())).json()
    assert (bill["total"], bill["total_words"]) == (8602_58, "捌仟陆佰零贰元伍角捌分")
    shown = {k["kind"]: (k["unit_rate"], k["person_rate"], k["unit"], k["person"]) for k in bill["kinds"]}
    assert shown == {
        "pension": (180_000, 80_000, 4120_20, 1831_20),
        "unemployment": (10_000, 5_000, 228_90, 41_71),
        "medical": (70_000, 20_000, 1602_30, 457_80),
        "injury": (9_000, 0, 206_01, 0),
        "maternity": (5_000, 0, 114_46, 0),
    }
    assert (bill["window_from"], bill["due_day"], bill["state"]) == ("2016-09-01", "2016-09-10", "assessed")


async def test_every_line_opens_to_its_explanation(billing: BareService):
    await billing.take(employer(), *golden())
    page = (await billing.get("/bills/2016-09/lines?kind=unemployment", specialist())).json()
    assert [(row["person_no"], row["unit"], row["person"]) for row in page["rows"]] == [
        ("0000000001", 29_10, 14_55),
        ("0000000002", 54_31, 27_16),
        ("0000000003", 145_49, 0),
    ]
    assert page["rows"][1]["person_text"] == "基数 5,431 × 0.5% = 27.155 ≈ 27.16（四舍五入到分）"
    assert page["rows"][2]["person_text"] == "农民合同制工人个人不缴纳失业保险费"


async def test_repricing_until_confirmed_lets_versions_grow(billing: BareService):
    await billing.take(employer())
    for fact in golden():
        await billing.take(fact)
    assert [(body.version, body.total) for body in await _bodies(billing)] == [
        (1, 797_34 + 305_55),
        (2, 797_34 + 305_55 + 1488_10 + 570_26),
        (3, 8602_58),
    ]


async def test_the_run_is_restartable_and_two_replicas_at_once_bill_once(billing: BareService):
    await billing.take(employer(), employer(B), *golden(), started(9, 5_431_00, employer_no=B))
    await billing.at(FIRST_OF_OCTOBER)
    assert await _run(billing, FIRST_OF_OCTOBER) is False, "one employer a chunk: not done after the first"
    await asyncio.gather(*(_run(billing, FIRST_OF_OCTOBER) for _ in range(3)))
    assert await _run(billing, FIRST_OF_OCTOBER) is True
    rows = await billing.rows("SELECT employer_no, version, total FROM bills WHERE month = 201610 ORDER BY 1")
    assert rows == [
        {"employer_no": A, "version": 1, "total": 8602_58},
        {"employer_no": B, "version": 1, "total": 2058_36},
    ]
    october = [body for body in await _bodies(billing) if body.month == OCTOBER]
    assert sorted(body.employer_no for body in october) == [A, B]


async def test_1_5_missing_rates_stop_the_run_and_are_named(billing: BareService):
    await billing.take(employer(), *golden())
    with pytest.raises(MissingPolicy, match="企业社会保险费率（2020-01）"):
        await _run(billing, date(2020, 1, 1))
    await billing.at(date(2020, 1, 1))
    await billing.run_days()
    blocked = await billing.rows("SELECT job, problem FROM days WHERE done_at IS NULL")
    assert blocked == [{"job": "monthly_run", "problem": "缺少企业社会保险费率（2020-01）"}]
    assert await billing.rows("SELECT * FROM bills WHERE month = 202001") == []


async def test_1_5_an_employer_with_nobody_has_no_bill(billing: BareService):
    await billing.take(employer())
    await billing.run_days()
    assert await billing.events() == []
    assert (await billing.get("/bills/2016-09", specialist())).status_code == 404


async def test_laws_a_foreign_employer_sees_nothing_and_its_owner_does(billing: BareService):
    await billing.take(employer(), employer(B), *golden())
    assert (await billing.get("/bills/2016-09", specialist(A))).status_code == 200
    assert (await billing.get("/bills/2016-09", specialist(B))).status_code == 404
    assert (await billing.get("/bills", specialist(B))).json()["total"] == 0
    assert (await billing.get("/bills", specialist(A))).json()["total"] == 1


async def test_the_event_built_in_sql_is_the_contract_to_the_letter(billing: BareService):
    await billing.take(employer(), *golden())
    bodies = [row["body"] for row in await billing.rows("SELECT body FROM outbox")]
    assert len(bodies) == 1
    assert BillAssessed.model_validate(bodies[0]).model_dump(mode="json") == bodies[0]


async def test_A20_an_employer_is_billed_for_the_month_of_its_deregistration_and_no_more(
    billing: BareService,
):
    await billing.take(employer(), *golden())
    gone = employer(version=2, deregistered_on="2016-09-07")
    await billing.take(gone)
    await billing.take(started(4, 5_431_00))
    assert (await _bodies(billing))[-1].persons == 4
    await billing.at(FIRST_OF_OCTOBER)
    await billing.run_days()
    await billing.take(started(5, 5_431_00, from_month="2016-10", base_from="2016-10", hired_on="2016-10-01"))
    assert {body.month for body in await _bodies(billing)} == {Month(2016, 9)}
