"""核对确认 (A22, A23): what was on the page, frozen, with its slip."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Any

from contracts.events.enrollment import BaseDeclared
from contracts.events.registry import InjuryRate
from contracts.identity import Caller
from contracts.month import Month
from contracts.values import Channel, Role
from tests.billing.facts import ZHIFU, A, B, employer, golden, relation, specialist, started
from tests.servers.bare_service import BareService

SEEN = {"version": 1, "total": 8602_58}
_DECEMBER: dict[str, Any] = {"from_month": "2016-12", "base_from": "2016-12", "hired_on": "2016-12-01"}


async def _golden(billing: BareService) -> None:
    await billing.take(employer(), employer(B), *golden())


async def _bill(billing: BareService) -> dict[str, Any]:
    found: dict[str, Any] = (await billing.get("/bills/2016-09", specialist())).json()
    return found


async def test_a22_confirm_freezes_the_bill_and_issues_its_slip(billing: BareService):
    await _golden(billing)
    answer = await billing.post("/bills/2016-09/confirm", specialist(), SEEN)
    assert answer.status_code == 200, answer.text
    slip = answer.json()
    assert (slip["amount"], slip["fee"], slip["sort"], slip["state"]) == (8602_58, 0, "ordinary", "valid")
    assert slip["valid_until"] == "2016-09-11T00:00:00+08:00"
    assert await billing.events() == [
        ("BillAssessed", f"{A}/2016-09"),
        ("BillConfirmed", f"{A}/2016-09"),
        ("SlipIssued", f"{A}/slip/{slip['slip_no']}"),
    ]
    bill = await _bill(billing)
    assert (bill["state"], bill["version"], bill["slip"]["slip_no"]) == ("confirmed", 2, slip["slip_no"])
    body = (await billing.rows("SELECT body FROM outbox WHERE type = 'BillConfirmed'"))[0]["body"]
    assert (body["persons"], body["total"], body["version"]) == (3, 8602_58, 2)


async def test_a22_a_stale_page_is_told_what_changed(billing: BareService):
    await _golden(billing)
    await billing.take(started(4, 2_910_00))
    answer = await billing.post("/bills/2016-09/confirm", specialist(), SEEN)
    assert (answer.status_code, answer.json()["code"]) == (409, "bill.changed")
    assert answer.json()["detail"] == (
        "2016-09账单已变化：您核对的是第1版、合计8,602.58元，现为第2版、4人、合计9,705.47元"
    )
    assert (await _bill(billing))["state"] == "assessed"
    other = await billing.post("/bills/2016-09/confirm", specialist(), {"version": 2, "total": 8602_58})
    assert other.json()["code"] == "bill.changed"


async def test_a22_of_confirmations_at_once_one_freezes_and_all_get_its_slip(billing: BareService):
    await _golden(billing)
    answers = await asyncio.gather(
        *(billing.post("/bills/2016-09/confirm", specialist(), SEEN) for _ in range(4))
    )
    assert [answer.status_code for answer in answers] == [200] * 4
    assert len({answer.json()["slip_no"] for answer in answers}) == 1
    types = [name for name, _ in await billing.events()]
    assert (types.count("BillConfirmed"), types.count("SlipIssued")) == (1, 1)


async def test_a11_a_change_of_a_confirmed_bill_voids_the_slip_and_prices_anew(billing: BareService):
    await _golden(billing)
    slip = (await billing.post("/bills/2016-09/confirm", specialist(), SEEN)).json()["slip_no"]
    await billing.take(started(4, 2_910_00))
    bill = await _bill(billing)
    assert (bill["state"], bill["version"], bill["total"], bill["slip"]) == ("assessed", 3, 9705_47, None)
    assert bill["voided_slip_no"] == slip
    states = await billing.rows("SELECT slip_no, state, void_cause FROM slips")
    assert states == [{"slip_no": slip, "state": "voided", "void_cause": "roster_changed"}]
    again = await billing.post("/bills/2016-09/confirm", specialist(), {"version": 3, "total": 9705_47})
    assert again.json()["amount"] == 9705_47
    assert (await _bill(billing))["voided_slip_no"] is None
    rows = (await billing.get("/bills?slips=true", specialist())).json()["rows"]
    assert [row["slip"]["slip_no"] for row in rows] == [again.json()["slip_no"]]


async def test_a23_a_slip_that_a_bank_holds_keeps_its_bill_until_the_bank_lets_go(billing: BareService):
    await _golden(billing)
    slip = (await billing.post("/bills/2016-09/confirm", specialist(), SEEN)).json()["slip_no"]
    bank = Caller(account="gateway", roles=frozenset({Role.SYSTEM}), channel=Channel.SYSTEM)
    assert (await billing.post("/slips/query", bank, {"bank": "ICBC", "slip_no": slip})).status_code == 200
    await billing.take(started(4, 2_910_00))
    bill = await _bill(billing)
    assert (bill["state"], bill["total"], bill["slip"]["state"]) == ("confirmed", 8602_58, "valid")
    await billing.at(date(2016, 9, 8), hour=1)
    await billing.run_days()
    bill = await _bill(billing)
    assert (bill["state"], bill["persons"], bill["total"]) == ("assessed", 4, 9705_47)


async def test_a22_after_the_10th_the_confirmed_bill_gets_an_arrears_slip(billing: BareService):
    await _golden(billing)
    await billing.at(date(2016, 9, 11))
    answer = await billing.post("/bills/2016-09/confirm", specialist(), SEEN)
    assert answer.status_code == 200, answer.text
    assert (answer.json()["sort"], answer.json()["fee"], answer.json()["amount"]) == (
        "arrears",
        4_31,
        8606_89,
    )


async def test_5_an_officer_confirms_for_an_employer_at_the_counter(billing: BareService):
    await _golden(billing)
    counter = Caller(
        account="gao.min",
        roles=frozenset({Role.COUNTER}),
        district=ZHIFU,
        employer_no=A,
        channel=Channel.COUNTER,
    )
    answer = await billing.post("/bills/2016-09/confirm", counter, SEEN)
    assert answer.status_code == 200, answer.text
    acts = await billing.rows("SELECT account, channel FROM audit WHERE act = 'bill.confirmed'")
    assert acts == [{"account": "gao.min", "channel": "counter"}]


async def test_laws_a_foreign_employer_cannot_confirm_and_a_preparer_may_not(billing: BareService):
    await _golden(billing)
    assert (await billing.post("/bills/2016-09/confirm", specialist(B), SEEN)).status_code == 404
    preparer = Caller(account=A, roles=frozenset({Role.PREPARER}), employer_no=A)
    refused = await billing.post("/bills/2016-09/confirm", preparer, SEEN)
    assert (refused.status_code, refused.json()["code"]) == (403, "identity.approver_only")
    assert (await billing.post("/bills/2016-09/confirm", specialist(), SEEN)).status_code == 200
    assert (await billing.post("/bills/2016-9/confirm", specialist(), SEEN)).status_code == 422


async def test_a22_a_fact_that_changes_no_price_of_the_month_leaves_the_confirmation(billing: BareService):
    await _golden(billing)
    slip = (await billing.post("/bills/2016-09/confirm", specialist(), SEEN)).json()["slip_no"]
    before = await billing.events()
    next_year = relation(1, 3_000_00) | {"version": 2, "base_from": Month(2017, 1), "year": 2017}
    await billing.take(employer(version=2, address="烟台市芝罘区北大街2号"))
    await billing.take(BaseDeclared.model_validate(next_year))
    assert await billing.events() == before
    bill = await _bill(billing)
    assert (bill["state"], bill["slip"]["slip_no"], bill["slip"]["state"]) == ("confirmed", slip, "valid")


async def test_3_2_another_injury_rate_prices_the_open_bill_anew(billing: BareService):
    await _golden(billing)
    float_up = InjuryRate(from_month=Month(2016, 9), injury_class=4, float_percent=150, rate=13_500)
    old = employer().injury_rates
    await billing.take(employer(version=2, injury_rates=(*old, float_up)))
    bill = await _bill(billing)
    shown = {kind["kind"]: (kind["unit_rate"], kind["unit"]) for kind in bill["kinds"]}
    assert shown["injury"] == (13_500, 39_29 + 73_32 + 196_41)
    assert bill["version"] == 2


async def _in_january(billing: BareService) -> dict[str, int]:
    """Two insured since December, whose bill of January 2017 has been run; its page."""
    await billing.at(date(2016, 12, 7))
    await billing.run_days()
    await billing.take(employer(), *(started(number, 5_431_00, **_DECEMBER) for number in (1, 2)))
    await billing.at(date(2017, 1, 4))
    await billing.run_days()
    bill = (await billing.get("/bills/2017-01", specialist())).json()
    return {"version": bill["version"], "total": bill["total"]}


def _declared(number: int) -> BaseDeclared:
    of_january = {"version": 9, "base_from": Month(2017, 1), "year": 2017}
    return BaseDeclared.model_validate(relation(number, 2_910_00) | _DECEMBER | of_january)


async def test_a33_january_waits_for_the_years_bases_and_is_priced_by_them(billing: BareService):
    seen = await _in_january(billing)
    refused = await billing.post("/bills/2017-01/confirm", specialist(), seen)
    assert (refused.status_code, refused.json()["code"]) == (409, "bill.bases_first")
    assert refused.json()["detail"] == "还有2人没有申报2017年度缴费基数，1月应缴尚不能确认"
    await billing.take(_declared(1))
    bill = (await billing.get("/bills/2017-01", specialist())).json()
    seen = {"version": bill["version"], "total": bill["total"]}
    assert "还有1人" in (await billing.post("/bills/2017-01/confirm", specialist(), seen)).json()["detail"]
    await billing.take(_declared(2))
    bill = (await billing.get("/bills/2017-01", specialist())).json()
    assert {kind["base_sum"] for kind in bill["kinds"]} == {2 * 2_910_00}
    seen = {"version": bill["version"], "total": bill["total"]}
    assert (await billing.post("/bills/2017-01/confirm", specialist(), seen)).status_code == 200


async def test_a33_after_the_10th_nothing_is_waited_for(billing: BareService):
    seen = await _in_january(billing)
    await billing.at(date(2017, 1, 11))
    answer = await billing.post("/bills/2017-01/confirm", specialist(), seen)
    assert answer.json().get("code") != "bill.bases_first"
