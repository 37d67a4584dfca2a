"""A decrease that reaches back into unsettled months re-prices them as if the rest was never owed (A11, A12)."""

from __future__ import annotations

import asyncio
from datetime import date

from contracts.month import Month
from tests.billing.arrears_of_two_months import (
    BANK,
    COUNTER,
    V1,
    WITHOUT_E2,
    arrears_slip,
    conserved,
    day,
    last,
    left,
    owed,
    pay,
    types,
    until_25_october,
)
from tests.billing.facts import employer, golden, specialist, started
from tests.servers.bare_service import BareService

SETTLED_SEPTEMBER = [
    "PaymentPosted",
    "ReceiptIssued",
    "BillSettled 09",
    "ArrearsSettled 09",
    "SubmissionDecided",
]
UNTIL_25_OCTOBER = [
    "BillAssessed 09",
    "ArrearsOpened 09",
    "BillAssessed 10",
    "BillConfirmed 10",
    "SlipIssued",
    "SlipIssued",
    "ArrearsOpened 10",
]
BY_KIND = {
    "pension": (3142_62, 1396_72),
    "medical": (1222_13, 349_18),
    "unemployment": (174_59, 14_55),
    "injury": (157_13, 0),
    "maternity": (87_30, 0),
}


async def test_A11_a_decrease_fired_by_a_late_payment_reprices_the_next_month_in_arrears(
    billing: BareService,
):
    await until_25_october(billing, first_pays=True)
    slip_no = await arrears_slip(billing, "2016-10-30", V1 + 86_02)
    before = await types(billing)
    assert before == [*UNTIL_25_OCTOBER, *SETTLED_SEPTEMBER, "SlipIssued"]
    await billing.take(left())
    assert await types(billing, len(before)) == ["BillAssessed 10", "SlipVoided", "ArrearsOpened 10"]
    assessed, opened = await last(billing, "BillAssessed"), await last(billing, "ArrearsOpened")
    assert (assessed["version"], assessed["persons"], assessed["total"]) == (4, 2, WITHOUT_E2)
    assert {one["kind"]: (one["unit"], one["person"]) for one in assessed["kinds"]} == BY_KIND
    assert (opened["version"], opened["principal"], opened["opened_on"]) == (5, WITHOUT_E2, "2016-10-11")
    assert {one["kind"]: (one["unit"], one["person"]) for one in opened["debts"]} == BY_KIND
    assert await billing.rows("SELECT state, void_cause FROM slips WHERE slip_no = :no", no=slip_no) == [
        {"state": "voided", "void_cause": "roster_changed"}
    ]
    assert await owed(billing, "2016-10-30") == ({"2016-10": (WITHOUT_E2, 65_43)}, 6609_65)
    await arrears_slip(billing, "2016-10-30", 6609_65)
    seen = (await billing.get("/bills/2016-10", specialist())).json()
    assert (seen["state"], seen["persons"], seen["total"]) == ("arrears", 2, WITHOUT_E2)
    paid = (await billing.get("/bills/2016-09", specialist())).json()
    assert (paid["state"], paid["persons"], paid["total"]) == ("settled", 3, V1)
    await conserved(billing)


async def test_A11_the_reduced_month_is_paid_and_settled_with_its_own_fee(billing: BareService):
    await until_25_october(billing, first_pays=True)
    await billing.take(left())
    await day(billing, 10, 30)
    slip_no = await arrears_slip(billing, "2016-10-30", 6609_65)
    await pay(billing, 6609_65, "P2", slip_no)
    settled = await last(billing, "ArrearsSettled")
    assert (settled["month"], settled["version"]) == ("2016-10", 7)
    assert (settled["principal"], settled["fee"], settled["settled_on"]) == (WITHOUT_E2, 65_43, "2016-10-30")
    assert await owed(billing, "2017-03-01") == ({}, 0)
    await conserved(billing)


async def test_A11_the_same_fact_again_or_an_older_one_changes_nothing(billing: BareService):
    await until_25_october(billing, first_pays=True)
    await billing.take(left())
    once = await billing.events()
    await billing.take(left(), left())
    await billing.take(golden()[1])
    assert await billing.events() == once
    await day(billing, 10, 26)
    assert await billing.events() == once
    assert await owed(billing, "2016-10-30") == ({"2016-10": (WITHOUT_E2, 65_43)}, 6609_65)


async def test_A11_in_another_order_of_arrival_the_months_stand_the_same(billing: BareService):
    """The end is known before the start: October is owed without E2 from the first, and no fact repeats it."""
    await billing.take(employer(), golden()[0], golden()[2])
    await billing.take(left())
    before = await types(billing)
    await billing.take(golden()[1])
    assert await types(billing) == before == ["BillAssessed 09", "BillAssessed 09"]
    await day(billing, 9, 11)
    await day(billing, 10, 1)
    await day(billing, 10, 11)
    assert (await types(billing))[2:] == ["ArrearsOpened 09", "BillAssessed 10", "ArrearsOpened 10"]
    assert await owed(billing, "2016-10-30") == (
        {"2016-09": (V1, 215_07), "2016-10": (WITHOUT_E2, 65_43)},
        V1 + 215_07 + 6609_65,
    )


async def test_A11_what_was_paid_too_much_goes_to_the_open_debts_in_order(billing: BareService):
    """Of 13,602.58 on 10-25, 5,000.00 fell on October; E2's personal 570.26 is moved to its unit parts."""
    await until_25_october(billing)
    payment = await pay(billing, V1 + 5000_00, "P1")
    before = await types(billing)
    await billing.take(left())
    assert await types(billing, len(before)) == ["BillAssessed 10", "PaymentPosted", "ArrearsOpened 10"]
    posted = await last(billing, "PaymentPosted")
    assert (posted["payment_id"], posted["version"], posted["amount"]) == (
        payment["payment_id"],
        3,
        V1 + 5000_00,
    )
    october = [part for part in posted["allocations"] if part["month"] == "2016-10"]
    assert {part["kind"]: (part["unit"], part["person"], part["fee"]) for part in october} == {
        "pension": (2128_17, 1396_72, 0),
        "medical": (827_62, 349_18, 0),
        "unemployment": (118_23, 14_55, 0),
        "injury": (106_41, 0, 0),
        "maternity": (59_12, 0, 0),
    }
    assert await owed(billing, "2016-10-30") == (
        {"2016-09": (0, 193_57), "2016-10": (1544_22, 52_95)},
        193_57 + 1544_22 + 52_95,
    )
    opened = await last(billing, "ArrearsOpened")
    assert (opened["principal"], opened["opened_on"]) == (WITHOUT_E2, "2016-10-11")
    assert (await billing.get("/suspense", COUNTER)).json()["total"] == 0
    await conserved(billing)


async def test_A11_what_no_debt_takes_is_suspended_and_seen_on_the_desk(billing: BareService):
    """8,000.00 on October: 1,455.78 too much, of which 193.57 and 49.08 pay the fees of both months."""
    await until_25_october(billing)
    payment = await pay(billing, V1 + 8000_00, "P1")
    before = await types(billing)
    await billing.take(left())
    assert await types(billing, len(before)) == [
        "BillAssessed 10",
        "PaymentPosted",
        "PaymentSuspended",
        "ArrearsSettled 09",
        "BillSettled 10",
        "ArrearsSettled 10",
        "SubmissionDecided",
    ]
    suspended, settled = await last(billing, "PaymentSuspended"), await last(billing, "ArrearsSettled")
    assert (suspended["amount"], suspended["reason"]) == (1213_13, "overpaid_after_decrease")
    assert (settled["principal"], settled["fee"], settled["settled_on"]) == (WITHOUT_E2, 49_08, "2016-10-25")
    desk = (await billing.get("/suspense", COUNTER)).json()
    assert [(row["payment_id"], row["suspended"], row["reason_name"]) for row in desk["rows"]] == [
        (payment["payment_id"], 1213_13, "减员后应缴减少，多缴部分挂账")
    ]
    board = (await billing.get("/collection?month=2016-10", COUNTER)).json()
    assert (board["suspense_count"], board["suspense_sum"]) == (1, 1213_13)
    assert await owed(billing, "2017-10-30") == ({}, 0)
    await conserved(billing)


async def test_A12_forced_at_the_counter_every_month_after_the_unpaid_one_is_priced_anew(
    billing: BareService,
):
    await until_25_october(billing)
    await day(billing, 11, 1)
    await day(billing, 11, 20)
    before = await types(billing)
    await billing.take(left())
    assert await types(billing, len(before)) == [
        "BillAssessed 10",
        "BillAssessed 11",
        "ArrearsOpened 10",
        "ArrearsOpened 11",
    ]
    assert await owed(billing, "2016-11-20") == (
        {"2016-09": (V1, 305_38), "2016-10": (WITHOUT_E2, 134_16), "2016-11": (WITHOUT_E2, 32_74)},
        V1 + 305_38 + 2 * WITHOUT_E2 + 134_16 + 32_74,
    )
    await conserved(billing)


async def test_A11_a_month_that_all_have_left_is_cancelled(billing: BareService):
    await until_25_october(billing, first_pays=True)
    before = await types(billing)
    gone = [left(1, 2_910_00), left(), left(3, 14_549_00, rural_contract=True)]
    await billing.take(*gone)
    assert await types(billing, len(before)) == ["BillAssessed 10", "ArrearsSettled 10"]
    settled = await last(billing, "ArrearsSettled")
    assert (settled["principal"], settled["fee"], settled["settled_on"]) == (0, 0, "2016-10-25")
    assert await owed(billing, "2017-10-30") == ({}, 0)
    assert await billing.rows("SELECT total, persons, state FROM bills WHERE month = 201610") == [
        {"total": 0, "persons": 0, "state": "assessed"}
    ]
    await day(billing, 11, 12)
    assert await types(billing, len(before)) == ["BillAssessed 10", "ArrearsSettled 10"]
    await conserved(billing)


async def test_A11_a_settled_month_is_left_as_it_was_paid(billing: BareService):
    await until_25_october(billing)
    await pay(billing, 2 * V1, "P1")
    before = await types(billing)
    await billing.take(left())
    assert await types(billing, len(before)) == []
    lines = await billing.rows("SELECT person_no FROM person_lines WHERE month = 201610 ORDER BY 1")
    assert len(lines) == 3
    await conserved(billing)


async def test_A11_a_bill_in_its_window_partly_paid_gives_back_what_it_no_longer_owes(billing: BareService):
    """September paid in time; of October 7,000.00 came at the counter on 10-03, 455.78 too much without E2."""
    await billing.take(employer(), *golden())
    seen = {"version": 1, "total": V1}
    slip = (await billing.post("/bills/2016-09/confirm", specialist(), seen)).json()
    await pay(billing, V1, "P0", slip["slip_no"])
    await day(billing, 10, 3)
    assert (await billing.post("/bills/2016-10/confirm", specialist(), seen)).status_code == 200
    await pay(billing, 7000_00, "P1")
    before = await types(billing)
    await billing.take(left())
    assert await types(billing, len(before)) == [
        "BillAssessed 10",
        "PaymentPosted",
        "PaymentSuspended",
        "BillSettled 10",
        "SubmissionDecided",
    ]
    settled = await last(billing, "BillSettled")
    assert (settled["total"], settled["settled_on"]) == (WITHOUT_E2, "2016-10-03")
    assert (await last(billing, "PaymentSuspended"))["amount"] == 455_78
    await conserved(billing)


async def test_A23_while_a_bank_holds_the_slip_the_arrears_wait_and_are_priced_when_it_lets_go(
    billing: BareService,
):
    await until_25_october(billing, first_pays=True)
    slip_no = await arrears_slip(billing, "2016-10-30", V1 + 86_02)
    asked = {"bank": "ICBC", "slip_no": slip_no}
    assert (await billing.post("/slips/query", BANK, asked)).status_code == 200
    before = await types(billing)
    await billing.take(left())
    await billing.run_days()
    assert await types(billing, len(before)) == []
    assert await billing.rows("SELECT month FROM bills WHERE stale") == [{"month": 201610}]
    await billing.at(date(2016, 10, 25), hour=10)
    await billing.run_days()
    assert await types(billing, len(before)) == ["BillAssessed 10", "SlipVoided", "ArrearsOpened 10"]
    assert await billing.rows("SELECT month FROM bills WHERE stale") == []
    assert await owed(billing, "2016-10-30") == ({"2016-10": (WITHOUT_E2, 65_43)}, 6609_65)


async def test_A11_two_replicas_with_two_leavers_at_once_take_both_off_once(billing: BareService):
    await until_25_october(billing, first_pays=True)
    before = await types(billing)
    third = left(3, 14_549_00, rural_contract=True)
    await asyncio.gather(*(billing.take(one) for one in (left(), third, left(), third)))
    assert sorted(await types(billing, len(before))) == [
        "ArrearsOpened 10",
        "ArrearsOpened 10",
        "BillAssessed 10",
        "BillAssessed 10",
    ]
    assert (await last(billing, "ArrearsOpened"))["principal"] == 1102_89
    assert await owed(billing, "2016-10-30") == ({"2016-10": (1102_89, 11_04)}, 1102_89 + 11_04)


async def test_A8_a_late_increase_over_months_in_arrears_is_supplemented_with_its_own_days(
    billing: BareService,
):
    """Hired 2016-08-05, limit 09-05: August from 09-06; September and October from their own 11ths."""
    await until_25_october(billing)
    before = await types(billing)
    late = started(
        4, 2_910_00, from_month=Month(2016, 8), base_from=Month(2016, 8), hired_on=date(2016, 8, 5),
        late=True, limit_day=date(2016, 9, 5), confirmed_on=date(2016, 10, 25),
    )  # fmt: skip
    await billing.take(late)
    assert await types(billing, len(before)) == []
    assert await owed(billing, "2016-10-30") == (
        {"2016-09": (V1, 215_07), "2016-10": (V1, 86_02)},
        2 * V1 + 215_07 + 86_02,
    )
    await day(billing, 11, 1)
    sums = (
        "SELECT contribution_month, sort, fee_from, sum(unit + person)::bigint AS owed FROM kind_sums "
        "WHERE month = 201611 GROUP BY 1, 2, 3 ORDER BY 1"
    )
    assert [tuple(row.values()) for row in await billing.rows(sums)] == [
        (201608, "supplement", date(2016, 9, 6), 1102_89),
        (201609, "supplement", date(2016, 9, 11), 1102_89),
        (201610, "supplement", date(2016, 10, 11), 1102_89),
        (201611, "ordinary", date(2016, 11, 11), V1 + 1102_89),
    ]


async def test_A8_a_supplement_in_arrears_goes_when_the_relation_never_reached_its_month(
    billing: BareService,
):
    await until_25_october(billing)
    late = {"from_month": Month(2016, 8), "base_from": Month(2016, 8), "hired_on": date(2016, 8, 5)}
    extra = {"late": True, "limit_day": date(2016, 9, 5), "confirmed_on": date(2016, 10, 25)}
    await billing.take(started(4, 2_910_00, **late, **extra))
    await day(billing, 11, 1)
    await day(billing, 11, 12)
    await billing.take(left(4, 2_910_00, last=Month(2016, 8), **late))
    assert (await last(billing, "BillAssessed"))["total"] == V1 + 1102_89
    assert [row["month"] for row in await billing.rows("SELECT month FROM supplements")] == [201608]
    opened = await last(billing, "ArrearsOpened")
    assert {one["month"] for one in opened["debts"]} == {"2016-08", "2016-11"}
    assert (opened["principal"], opened["fee_from"]) == (V1 + 1102_89, "2016-09-06")
    await conserved(billing)
