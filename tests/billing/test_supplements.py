"""补缴 of months that their own bill can no longer take (A7, A8, cut-over)."""

from __future__ import annotations

from datetime import date

from contracts.month import Month
from tests.billing.facts import SEPTEMBER, A, employer, golden, specialist, started
from tests.servers.bare_service import BareService

AUGUST = Month(2016, 8)
ROWS = "SELECT month, bill_month, fee_from FROM supplements ORDER BY enrollment_id, month"
SUMS = (
    "SELECT contribution_month, sort, fee_from, unit, person FROM kind_sums "
    "WHERE kind = 'pension' AND month = :month ORDER BY 1, 2, 3"
)


async def _sums(billing: BareService, month: int) -> list[tuple[object, ...]]:
    return [tuple(row.values()) for row in await billing.rows(SUMS, month=month)]


async def test_a7_a_month_whose_window_has_passed_enters_the_next_bill(billing: BareService):
    await billing.at(date(2016, 9, 12))
    await billing.take(employer(), started(1, 5_431_00))
    assert await billing.rows("SELECT * FROM bills") == []
    assert await billing.rows(ROWS) == [{"month": 201609, "bill_month": None, "fee_from": None}]
    await billing.at(date(2016, 10, 1))
    await billing.run_days()
    assert await _sums(billing, 201610) == [
        (201609, "supplement", date(2016, 10, 11), 977_58, 434_48),
        (201610, "ordinary", date(2016, 10, 11), 977_58, 434_48),
    ]
    bill = (await billing.get("/bills/2016-10", specialist())).json()
    assert (bill["persons"], bill["total"]) == (1, 2 * 2058_36)
    assert bill["kinds"][0]["note"] == "含补缴1,412.06"
    lines = (await billing.get("/bills/2016-10/lines?kind=pension", specialist())).json()["rows"]
    assert [line["unit_text"][:10] for line in lines] == ["补缴2016-09：", "基数 5,431 ×"]


async def test_a7_an_earlier_hire_month_enters_the_open_bill_at_its_own_rates(billing: BareService):
    await billing.take(employer(), started(1, 5_431_00, from_month=Month(2016, 4), base_from=Month(2016, 4)))
    query = "SELECT contribution_month, unit_unemployment, rate_set FROM person_lines ORDER BY 1"
    assert [(row["contribution_month"], row["unit_unemployment"]) for row in await billing.rows(query)] == [
        (201604, 81_47),
        (201605, 54_31),
        (201606, 54_31),
        (201607, 54_31),
        (201608, 54_31),
        (201609, 54_31),
    ]


async def test_a8_a_late_increase_is_in_arrears_from_its_own_days(billing: BareService):
    """Hired 2016-08-05, limit 09-04 rolled to 09-05: August from 09-06, September from 09-11."""
    await billing.at(date(2016, 9, 20))
    await billing.take(employer())
    late = started(
        1, 5_431_00, from_month=AUGUST, base_from=AUGUST, hired_on=date(2016, 8, 5), late=True,
        limit_day=date(2016, 9, 5), confirmed_on=date(2016, 9, 20),
    )  # fmt: skip
    await billing.take(late)
    assert await billing.rows(ROWS) == [
        {"month": 201608, "bill_month": None, "fee_from": date(2016, 9, 6)},
        {"month": 201609, "bill_month": None, "fee_from": date(2016, 9, 11)},
    ]
    await billing.at(date(2016, 10, 1))
    await billing.run_days()
    assert await _sums(billing, 201610) == [
        (201608, "supplement", date(2016, 9, 6), 977_58, 434_48),
        (201609, "supplement", date(2016, 9, 11), 977_58, 434_48),
        (201610, "ordinary", date(2016, 10, 11), 977_58, 434_48),
    ]


async def test_a7_a_settled_or_overdue_month_is_not_touched_and_the_newcomer_is_supplemented(
    billing: BareService,
):
    await billing.take(employer(), *golden())
    await billing.at(date(2016, 9, 12))
    await billing.take(started(4, 2_910_00))
    assert (await billing.get("/bills/2016-09", specialist())).json()["total"] == 8602_58
    assert await billing.rows(ROWS) == [{"month": 201609, "bill_month": None, "fee_from": None}]
    await billing.take(started(4, 2_910_00, version=2))
    assert len(await billing.rows(ROWS)) == 1


async def test_1_5_imported_relations_are_billed_from_the_cut_over_month_on(billing: BareService):
    old = {"from_month": Month(2010, 5), "base_from": Month(2016, 1), "imported": True}
    await billing.take(employer(insured_from=Month(2010, 1)), started(1, 5_431_00, **old))
    assert await billing.rows(ROWS) == []
    assert await _sums(billing, 201609) == [(201609, "ordinary", date(2016, 9, 11), 977_58, 434_48)]


async def test_4_2_nothing_is_owed_before_the_employer_is_insured(billing: BareService):
    await billing.take(employer(insured_from=SEPTEMBER))
    await billing.take(started(1, 5_431_00, from_month=AUGUST, base_from=AUGUST))
    assert await billing.rows(ROWS) == []
    assert [row[0] for row in await _sums(billing, 201609)] == [201609]


async def test_a8_supplements_of_a_confirmed_bill_become_debts_with_their_own_fee_days(billing: BareService):
    await billing.take(employer())
    late = started(1, 5_431_00, from_month=AUGUST, base_from=AUGUST, late=True, limit_day=date(2016, 9, 5))
    await billing.take(late)
    bill = (await billing.get("/bills/2016-09", specialist())).json()
    seen = {"version": bill["version"], "total": bill["total"]}
    assert (await billing.post("/bills/2016-09/confirm", specialist(), seen)).status_code == 200
    debts = "SELECT month, sort, fee_from, sum(unit + person) AS owed FROM debts GROUP BY 1, 2, 3 ORDER BY 1"
    assert [tuple(row.values()) for row in await billing.rows(debts)] == [
        (201608, "supplement", date(2016, 9, 6), 2058_36),
        (201609, "ordinary", date(2016, 9, 11), 2058_36),
    ]
    assert {row["employer_no"] for row in await billing.rows("SELECT employer_no FROM debts")} == {A}
