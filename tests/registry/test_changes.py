"""登记事项变更 over HTTP: filed, decided, in force from its day, told (协议 二.7, domain 4.2)."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Any

from contracts.values import Role
from tests.registry.conftest import COUNTER, FUSHAN, officer, specialist
from tests.registry.test_applications import NO, opened
from tests.servers.bare_service import BareService

CLERK = specialist(NO)
MOVED = {"address": "烟台市芝罘区北马路7号", "postcode": "264000"}
ONE = "B201609-000001"


def asked(effective_on: str = "2016-09-07", **items: Any) -> dict[str, Any]:
    return {"effective_on": effective_on, "reason": "单位迁址", "items": items or MOVED}


async def filed(registry: BareService, body: dict[str, Any]) -> dict[str, Any]:
    answer = await registry.post(f"/employers/{NO}/changes", CLERK, body)
    assert answer.status_code == 200, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def test_2_7_a_change_is_filed_accepted_and_told_with_what_changed(registry: BareService):
    await opened(registry)
    before = await registry.events()
    made = await filed(registry, asked())
    assert made["items"] == [
        {"field": "address", "before": "烟台市芝罘区南大街1号", "after": "烟台市芝罘区北马路7号"},
        {"field": "postcode", "before": "264001", "after": "264000"},
    ]
    assert await registry.events() == before
    accepted = await registry.post(f"/changes/{ONE}/accept", COUNTER)
    assert (accepted.json()["state"], accepted.json()["decided_by"]) == ("in_force", "gao.min")
    assert (await registry.events())[len(before) :] == [
        ("SubmissionDecided", f"{NO}/registration/{ONE}"),
        ("EmployerChanged", NO),
    ]
    body = (await registry.rows("SELECT body FROM outbox WHERE type = 'EmployerChanged'"))[0]["body"]
    assert (body["changed"], body["address"], body["version"]) == (
        ["address", "postcode"],
        "烟台市芝罘区北马路7号",
        3,
    )
    entry = (await registry.get(f"/employers/{NO}", CLERK)).json()
    assert (entry["address"], entry["postcode"]) == ("烟台市芝罘区北马路7号", "264000")
    history = (await registry.get(f"/employers/{NO}/history", CLERK)).json()["rows"]
    assert [(row["version"], row["effective_on"], row["change_no"]) for row in history] == [
        (3, "2016-09-07", ONE)
    ]


async def test_2_7_a_change_ahead_comes_into_force_on_its_day(registry: BareService):
    await opened(registry)
    await filed(registry, asked("2016-09-10", name="烟台海风重工有限公司"))
    accepted = (await registry.post(f"/changes/{ONE}/accept", COUNTER)).json()
    assert accepted["state"] == "accepted"
    await registry.at(date(2016, 9, 9))
    await registry.run_days()
    assert (await registry.get(f"/employers/{NO}", CLERK)).json()["name"] == "烟台海风机械有限公司"
    before = await registry.events()
    await registry.at(date(2016, 9, 10))
    await registry.run_days()
    await registry.run_days()
    assert (await registry.get(f"/employers/{NO}", CLERK)).json()["name"] == "烟台海风重工有限公司"
    assert (await registry.events())[len(before) :] == [("EmployerChanged", NO)]


async def test_4_2_further_items_and_a_bank_account_that_is_never_shown_whole(registry: BareService):
    await opened(registry)
    made = await filed(
        registry,
        asked(payment_way="debit", bank_name="工商银行烟台分行", bank_account="1606020109022100123"),
    )
    assert made["items"][-1] == {"field": "bank_account", "before": "", "after": "尾号0123"}
    await registry.post(f"/changes/{ONE}/accept", COUNTER)
    entry = (await registry.get(f"/employers/{NO}", CLERK)).json()
    assert (entry["particulars"]["payment_way"], entry["bank_account_masked"]) == ("debit", "尾号0123")
    stored = await registry.rows(
        "SELECT body::text AS it FROM outbox UNION ALL SELECT after::text FROM audit "
        "UNION ALL SELECT items::text FROM registration_changes"
    )
    assert not [row for row in stored if "1606020109022100123" in str(row["it"])]


async def test_3_2_a_new_injury_rate_is_the_agencys_and_begins_with_a_month(registry: BareService):
    await opened(registry)
    own = await registry.post(f"/employers/{NO}/changes", CLERK, asked(injury_float_percent=120))
    assert (own.status_code, own.json()["code"]) == (422, "change.not_own")
    past = asked("2016-09-07", injury_float_percent=120)
    await registry.at(date(2016, 10, 8))
    late = await registry.post(f"/employers/{NO}/changes", COUNTER, past)
    assert (late.status_code, late.json()["code"]) == (422, "change.injury_past")
    body = asked("2016-11-01", injury_float_percent=120)
    number = (await registry.post(f"/employers/{NO}/changes", COUNTER, body)).json()["change_no"]
    await registry.post(f"/changes/{number}/accept", COUNTER)
    await registry.at(date(2016, 11, 1))
    await registry.run_days()
    rates = (await registry.get(f"/employers/{NO}", COUNTER)).json()["injury_rates"]
    assert [(rate["from_month"], rate["rate"]) for rate in rates] == [("2016-09", 9000), ("2016-11", 10800)]


async def test_2_6_a_refused_change_is_told_with_its_reason(registry: BareService):
    await opened(registry)
    await filed(registry, asked())
    before = await registry.events()
    refused = await registry.post(f"/changes/{ONE}/refuse", COUNTER, {"reason": "与营业执照不一致"})
    assert (refused.json()["state"], refused.json()["refused_for"]) == ("refused", "与营业执照不一致")
    assert (await registry.events())[len(before) :] == [("SubmissionDecided", f"{NO}/registration/{ONE}")]
    assert (await registry.get(f"/employers/{NO}", CLERK)).json()["postcode"] == "264001"
    assert (await registry.post(f"/changes/{ONE}/accept", COUNTER)).status_code == 409


async def test_2_7_one_change_is_open_at_a_time_and_may_be_withdrawn(registry: BareService):
    await opened(registry)
    path = f"/employers/{NO}/changes"
    answers = await asyncio.gather(*(registry.post(path, CLERK, asked()) for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409]
    assert (await registry.post(f"/changes/{ONE}/withdraw", CLERK)).json()["state"] == "withdrawn"
    assert (await filed(registry, asked()))["change_no"] == "B201609-000002"


async def test_2_7_of_two_officers_who_decide_at_once_one_does(registry: BareService):
    await opened(registry)
    await filed(registry, asked())
    accept, refuse = f"/changes/{ONE}/accept", f"/changes/{ONE}/refuse"
    answers = await asyncio.gather(
        registry.post(accept, COUNTER),
        registry.post(refuse, COUNTER, {"reason": "不符"}),
        registry.post(accept, COUNTER),
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409]


async def test_2_7_bad_input_names_the_field(registry: BareService):
    await opened(registry)
    path = f"/employers/{NO}/changes"
    for body, code in (
        (asked(postcode="264001"), "change.nothing"),
        (asked("2016-09-06"), "change.day"),
        (asked("2018-01-01"), "change.day"),
        (asked(postcode="26400"), "input.invalid"),
        (asked(bank_account="12"), "input.invalid"),
        ({"effective_on": "2016-09-07", "reason": " ", "items": MOVED}, "input.invalid"),
    ):
        answer = await registry.post(path, CLERK, body)
        assert (answer.status_code, answer.json()["code"]) == (422, code), body
    unknown = await registry.post(path, COUNTER, asked(district="370614"))
    assert (unknown.json()["code"], unknown.json()["field"]) == ("employer.district", "items.district")


async def test_4_2_an_employer_moves_to_another_district_with_all_that_is_its_own(registry: BareService):
    await opened(registry)
    body = asked(district=FUSHAN, paying_agency=FUSHAN)
    assert (await registry.post(f"/employers/{NO}/changes", COUNTER, body)).status_code == 200
    await registry.post(f"/changes/{ONE}/accept", COUNTER)
    there = officer(Role.COUNTER, district=FUSHAN)
    assert (await registry.get(f"/employers/{NO}", there)).json()["district"] == FUSHAN
    assert (await registry.get(f"/employers/{NO}", COUNTER)).status_code == 404


async def test_laws_a_change_is_seen_and_decided_where_it_belongs(registry: BareService):
    await opened(registry)
    await filed(registry, asked())
    stranger, elsewhere = specialist("3706000002"), officer(Role.COUNTER, district=FUSHAN)
    for path in (f"/changes/{ONE}", f"/employers/{NO}/changes", f"/employers/{NO}/history"):
        assert (await registry.get(path, CLERK)).status_code == 200
        assert (await registry.get(path, COUNTER)).status_code == 200
        assert (await registry.get(path, stranger)).status_code == 404
        assert (await registry.get(path, elsewhere)).status_code == 404
    assert (await registry.get("/changes?state=filed", COUNTER)).json()["total"] == 1
    assert (await registry.get("/changes?state=filed", elsewhere)).json()["total"] == 0
    assert (await registry.get("/changes", CLERK)).status_code == 403
    assert (await registry.post(f"/employers/{NO}/changes", stranger, asked())).status_code == 404
    for act, body in (("accept", None), ("refuse", {"reason": "x"})):
        assert (await registry.post(f"/changes/{ONE}/{act}", CLERK, body)).status_code == 403
        assert (await registry.post(f"/changes/{ONE}/{act}", elsewhere, body)).status_code == 404
    assert (await registry.post(f"/changes/{ONE}/withdraw", stranger)).status_code == 404


FIVE = ["pension", "medical", "unemployment", "injury", "maternity"]
FOUR = [kind for kind in FIVE if kind != "maternity"]


async def test_4_2_kinds_change_with_a_month_that_has_not_begun_and_are_told_by_month(registry: BareService):
    await opened(registry)
    path = f"/employers/{NO}/changes"
    own = await registry.post(path, CLERK, asked("2016-10-01", kinds=FOUR))
    assert own.json()["code"] == "change.not_own"
    for day in ("2016-09-07", "2016-10-02", "2016-09-01"):
        answer = await registry.post(path, COUNTER, asked(day, kinds=FOUR))
        assert answer.status_code == 422, day
    unfit = await registry.post(path, COUNTER, asked("2016-10-01", kinds=["gov_pension"]))
    assert (unfit.json()["code"], unfit.json()["field"]) == ("employer.kinds", "items.kinds")
    made = (await registry.post(path, COUNTER, asked("2016-10-01", kinds=FOUR))).json()
    assert made["items"][-1] == {
        "field": "kinds",
        "before": "pension,medical,unemployment,injury,maternity",
        "after": "pension,medical,unemployment,injury",
    }
    await registry.post(f"/changes/{ONE}/accept", COUNTER)
    assert (await registry.get(f"/employers/{NO}", COUNTER)).json()["kinds"] == FIVE
    await registry.at(date(2016, 10, 1))
    await registry.run_days()
    body = (await registry.rows("SELECT body FROM outbox WHERE type = 'EmployerChanged'"))[0]["body"]
    assert (body["kinds"], body["changed"]) == (FOUR, ["kinds"])
    assert body["kind_terms"] == [
        {"from_month": "2016-09", "kinds": FIVE},
        {"from_month": "2016-10", "kinds": FOUR},
    ]


async def test_4_2_kinds_and_injury_rate_are_not_accepted_once_their_month_has_passed(registry: BareService):
    await opened(registry)
    path = f"/employers/{NO}/changes"
    for items, code in (
        ({"kinds": FOUR}, "change.kinds_day"),
        ({"injury_float_percent": 120}, "change.injury_past"),
    ):
        await registry.at(date(2016, 9, 30))
        number = (await registry.post(path, COUNTER, asked("2016-10-01", **items))).json()["change_no"]
        await registry.at(date(2016, 11, 1))
        late = await registry.post(f"/changes/{number}/accept", COUNTER)
        assert (late.status_code, late.json()["code"]) == (422, code)
        await registry.post(f"/changes/{number}/withdraw", COUNTER)


async def test_4_2_every_item_stands_in_the_history_with_its_day_and_who_decided(registry: BareService):
    await opened(registry)
    path = f"/employers/{NO}/changes"
    for day, items in (
        ("2016-09-07", {"payment_way": "debit", "organisation_code": "16512345X"}),
        ("2016-09-07", {"injury_float_percent": 120}),
        ("2016-09-07", {"district": FUSHAN, "paying_agency": FUSHAN}),
    ):
        number = (await registry.post(path, COUNTER, asked(day, **items))).json()["change_no"]
        assert (await registry.post(f"/changes/{number}/accept", COUNTER)).status_code == 200
    rows = (await registry.get(f"/employers/{NO}/history", CLERK)).json()["rows"]
    assert [(row["version"], row["recorded_by"], row["effective_on"]) for row in rows] == [
        (version, "gao.min", "2016-09-07") for version in (5, 4, 3)
    ]
    assert [(item["field"], item["before"], item["after"]) for row in rows for item in row["items"]] == [
        ("district", "370602", FUSHAN),
        ("paying_agency", "370602", FUSHAN),
        ("injury_float_percent", "100", "120"),
        ("payment_way", "net_bank", "debit"),
        ("organisation_code", "", "16512345X"),
    ]
    there = officer(Role.COUNTER, district=FUSHAN)
    for text, total in (("16512345-X", 1), ("MA3C1A2B9", 1), ("165123450", 0)):
        assert (await registry.get(f"/employers?text={text}", there)).json()["total"] == total, text
    warnings = (await registry.get(f"/employers/{NO}", there)).json()["warnings"]
    assert warnings == ["原组织机构代码16512345X的校验码不符，请核对证照"]
