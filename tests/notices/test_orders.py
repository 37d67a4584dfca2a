"""责令限期缴纳通知书: prepared, released, served, lapsed, settled (clause 三(四), A31)."""

import asyncio
from datetime import date
from urllib.parse import quote
from uuid import UUID

from contracts.month import Month
from contracts.values import Role
from tests.notices.conftest import (
    COLLECTION,
    FUSHAN,
    ONE,
    OTHER,
    TWO,
    bill_settled,
    officer,
    opened,
    paid,
    registered,
    settled,
    specialist,
)
from tests.notices.orders import FIRST, issued, prepared, release
from tests.servers.bare_service import BareService


async def test_clause_3_4_arrears_prepare_one_order_with_the_sums_of_the_day(notices: BareService):
    await notices.take(registered(), opened())
    page = (await notices.get("/orders", COLLECTION)).json()
    row = page["rows"][0]
    assert (page["total"], row["state"], row["order_no"], row["months"]) == (1, "prepared", "", ["2016-09"])
    assert (row["principal"], row["fee"], row["fee_from"]) == (860_258, 860, "2016-09-11")
    assert (row["digest"], row["paragraphs"], row["issued_on"]) == ("", [], None)
    assert await notices.events() == []


async def test_A31_2_3_a_released_order_has_number_words_and_digest(notices: BareService):
    row = await issued(notices)
    assert (row["order_no"], row["state"]) == ("烟芝社保责〔2016〕第0001号", "issued")
    assert (row["principal"], row["fee"]) == (860_258, 860)
    assert (row["issued_on"], row["issued_by"]) == ("2016-09-12", "gao.min")
    assert (row["served_at"], row["deadline"]) == (None, None)
    assert row["paragraphs"][0] == "责令限期缴纳社会保险费通知书"
    assert "共欠缴本金8,602.58元" in row["paragraphs"][3]
    assert row["fee_text"].splitlines()[0].endswith("5,951.40元×0.05%×2天＝5.95元")
    assert row["agency_name"] == "烟台市芝罘区社会保险服务中心"
    assert "经办人：gao.min　联系电话：12333" in row["paragraphs"]
    assert await notices.events() == [("OrderIssued", FIRST)]
    stored = await notices.rows("SELECT digest FROM orders")
    assert stored == [{"digest": row["digest"]}]
    assert len(row["digest"]) == 64


async def test_2_3_the_order_names_its_officer_and_records_the_account(notices: BareService):
    await notices.take(registered(), opened())
    named = COLLECTION.model_copy(update={"name": "高敏"})
    asked = {"ids": await prepared(notices), "phone": ""}
    row = (await notices.post("/orders/release", named, asked)).json()["rows"][0]
    assert "经办人：高敏　联系电话：12333" in row["paragraphs"]
    assert row["issued_by"] == "gao.min"
    acts = await notices.rows("SELECT account FROM audit WHERE act = 'order_issued'")
    assert acts == [{"account": "gao.min"}]


async def test_V3_one_day_late_the_fee_is_rounded_by_kind(notices: BareService):
    await notices.at(date(2016, 9, 11))
    await notices.take(registered(), opened(on=date(2016, 9, 11)))
    answer = await release(notices, *await prepared(notices))
    assert answer.json()["rows"][0]["fee"] == 431


async def test_V3_forty_days_late_the_fee_is_172_05(notices: BareService):
    await notices.at(date(2016, 10, 20))
    await notices.take(registered(), opened())
    answer = await release(notices, *await prepared(notices), phone="0535-6000000")
    row = answer.json()["rows"][0]
    assert row["fee"] == 17_205
    assert "联系电话：0535-6000000" in "".join(row["paragraphs"])


async def test_V3b_a_part_paid_in_between_counts_by_its_days(notices: BareService):
    unit = {"pension": 175_355, "medical": 68_193, "unemployment": 9_742, "injury": 8_768, "maternity": 4_871}
    person = {"pension": 183_120, "medical": 45_780, "unemployment": 4_171}
    await notices.at(date(2016, 10, 20))
    await notices.take(registered(), paid(date(2016, 9, 25), unit, person, {}), opened(on=date(2016, 9, 11)))
    row = (await release(notices, *await prepared(notices))).json()["rows"][0]
    assert (row["principal"], row["fee"]) == (360_258, 10_955)
    assert {debt["kind"]: debt["fee"] for debt in row["debts"]} == {
        "pension": 7_422,
        "medical": 2_696,
        "unemployment": 367,
        "injury": 302,
        "maternity": 168,
    }


async def test_3_4_paid_before_release_it_is_withdrawn_and_nobody_hears_of_it(notices: BareService):
    await notices.take(registered(), opened())
    ids = await prepared(notices)
    await notices.take(settled())
    answer = await release(notices, *ids)
    assert (answer.status_code, answer.json()["rows"]) == (200, [])
    assert (await notices.get("/orders", COLLECTION)).json()["total"] == 0
    assert await notices.events() == []


async def test_A24_money_told_late_but_paid_in_time_leaves_no_order(notices: BareService):
    await notices.take(registered(), opened(), bill_settled(date(2016, 9, 10)))
    assert await prepared(notices) == []


async def test_2_5_a_fee_left_after_the_principal_still_has_its_order(notices: BareService):
    await notices.take(registered(), opened(), bill_settled(date(2016, 9, 12)))
    await notices.at(date(2016, 10, 20))
    row = (await release(notices, *await prepared(notices))).json()["rows"][0]
    assert (row["principal"], row["fee"]) == (0, 860)
    await notices.post(f"/orders/{row['id']}/open", specialist(ONE))
    words = (await notices.get(f"/orders/{row['id']}", COLLECTION)).json()["paragraphs"]
    assert any("本金现已缴清，滞纳金尚未缴纳" in line for line in words)
    assert any(line.endswith("缴清上述滞纳金。") for line in words)
    assert not any("单位欠缴0.00元" in line for line in words)


async def test_A24_a_part_paid_in_time_and_told_after_the_opening_is_not_ordered(notices: BareService):
    late = paid(date(2016, 9, 9), {"pension": 100_000}, {}, {})
    known = opened().model_copy(update={"deducted": (UUID(int=7),)})
    await notices.take(registered(), known, late)
    row = (await release(notices, *await prepared(notices))).json()["rows"][0]
    assert row["principal"] == 760_258


async def test_A24_a_part_that_billing_knew_at_the_opening_is_not_deducted_again(notices: BareService):
    known = paid(date(2016, 9, 9), {"pension": 100_000}, {}, {})
    less = opened().model_copy(update={"deducted": (known.payment_id,)})
    await notices.take(registered(), less, known)
    row = (await release(notices, *await prepared(notices))).json()["rows"][0]
    assert row["principal"] == 860_258


async def test_A31_a_second_month_in_arrears_gets_its_own_order_after_the_first_was_issued(
    notices: BareService,
):
    await issued(notices)
    october = Month(2016, 10)
    await notices.at(date(2016, 10, 11))
    await notices.take(
        opened(month=october, on=date(2016, 10, 11), fee_from=date(2016, 10, 11)), opened(version=5)
    )
    rows = (await release(notices, *await prepared(notices))).json()["rows"]
    assert [(row["order_no"], row["months"]) for row in rows] == [("烟芝社保责〔2016〕第0002号", ["2016-10"])]


async def test_O20_16_one_order_covers_all_open_months_of_an_employer(notices: BareService):
    august = opened(month=Month(2016, 8), on=date(2016, 8, 11), fee_from=date(2016, 8, 11))
    await notices.take(registered(), opened(), august)
    row = (await release(notices, *await prepared(notices))).json()["rows"][0]
    assert (row["months"], row["principal"]) == (["2016-08", "2016-09"], 2 * 860_258)
    await notices.take(settled(month=Month(2016, 8)))
    assert (await notices.get(f"/orders/{row['id']}", COLLECTION)).json()["state"] == "issued"
    await notices.take(settled())
    assert (await notices.get(f"/orders/{row['id']}", COLLECTION)).json()["state"] == "settled"


async def test_2_3_numbers_have_no_gaps_with_releases_at_once(notices: BareService):
    numbers = [f"37060001{n:02d}" for n in range(13)]
    await notices.take(*(registered(number) for number in numbers), *(opened(number) for number in numbers))
    first, *ids = await prepared(notices)
    await release(notices, first)
    parts = (ids[:4], ids[4:8], ids[8:], ["00000000-0000-0000-0000-000000000000", *ids[:2]])
    answers = await asyncio.gather(*(release(notices, *part) for part in parts))
    assert [answer.status_code for answer in answers] == [200, 200, 200, 404]
    stored = await notices.rows("SELECT order_no FROM orders ORDER BY order_no")
    assert [row["order_no"] for row in stored] == [f"烟芝社保责〔2016〕第{n:04d}号" for n in range(1, 14)]
    assert len(await notices.events()) == 13


async def test_A31_an_order_released_by_two_officers_at_once_is_issued_once(notices: BareService):
    await notices.take(registered(), registered(TWO), opened(), opened(TWO))
    ids = await prepared(notices)
    answers = await asyncio.gather(*(release(notices, *order) for order in (ids, ids[::-1], ids[:1])))
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert sorted(answers[0].json()["rows"], key=str) == sorted(answers[1].json()["rows"], key=str)
    assert sorted(kind for kind, _ in await notices.events()) == ["OrderIssued", "OrderIssued"]


async def test_3_4_a_payment_told_while_orders_are_released_leaves_none_in_force(notices: BareService):
    numbers = [f"37060003{n:02d}" for n in range(10)]
    await notices.take(*(registered(number) for number in numbers), *(opened(number) for number in numbers))
    ids = await prepared(notices)
    races = [release(notices, *ids[:5]), release(notices, *ids[5:])]
    races += [notices.take(settled(number)) for number in numbers]
    await asyncio.gather(*races)
    states = await notices.rows("SELECT state, count(*) AS n FROM orders GROUP BY state")
    found = {row["state"]: row["n"] for row in states}
    assert set(found) <= {"withdrawn", "settled"}
    assert sum(found.values()) == 10
    assert len(await notices.events()) == found.get("settled", 0)
    assert await notices.rows("SELECT error FROM dead_letters") == []


async def test_2_3_numbers_run_by_agency_and_year(notices: BareService):
    await notices.take(registered(), registered(TWO, paying_agency=FUSHAN), opened(), opened(TWO))
    rows = (await release(notices, *await prepared(notices))).json()["rows"]
    assert [row["order_no"] for row in rows] == ["烟芝社保责〔2016〕第0001号", "烟福社保责〔2016〕第0001号"]
    await notices.at(date(2017, 1, 12))
    await notices.take(registered(OTHER), opened(OTHER))
    rows = (await release(notices, *await prepared(notices))).json()["rows"]
    assert [row["order_no"] for row in rows] == ["烟芝社保责〔2017〕第0001号"]


async def test_A31_arrears_of_an_employer_not_heard_of_yet_wait_for_its_entry(notices: BareService):
    await notices.take(opened())
    assert await prepared(notices) == []
    stored = await notices.rows("SELECT state FROM orders")
    assert stored == [{"state": "prepared"}]
    await notices.take(registered())
    rows = (await release(notices, *await prepared(notices))).json()["rows"]
    assert rows[0]["employer_name"] == "烟台海风机械有限公司"


async def test_2_3_a_frozen_order_does_not_follow_the_register(notices: BareService):
    row = await issued(notices)
    await notices.take(registered(version=2, name="烟台新名有限公司"))
    assert (await notices.get(f"/orders/{row['id']}", COLLECTION)).json() == row


async def test_laws_only_collection_officers_of_the_district_release(notices: BareService):
    await notices.take(registered(), opened())
    ids = await prepared(notices)
    for caller, status in (
        (officer(Role.COUNTER), 403),
        (specialist(ONE), 403),
        (officer(Role.COLLECTION, district=FUSHAN), 404),
        (officer(Role.COLLECTION, district="370600"), 200),
    ):
        assert (await release(notices, *ids, caller=caller)).status_code == status


async def test_laws_an_employer_sees_and_opens_its_own_issued_orders_only(notices: BareService):
    await notices.take(registered(), registered(TWO), opened())
    ids = await prepared(notices)
    assert (await notices.get(f"/orders/{ids[0]}", specialist(ONE))).status_code == 404
    assert (await notices.post(f"/orders/{ids[0]}/open", specialist(ONE))).status_code == 404
    assert (await notices.get("/orders", specialist(ONE))).json()["total"] == 0
    await release(notices, *ids)
    assert (await notices.get(f"/orders/{ids[0]}", specialist(TWO))).status_code == 404
    assert (await notices.post(f"/orders/{ids[0]}/open", specialist(TWO))).status_code == 404
    assert (await notices.get("/orders", specialist(TWO))).json()["total"] == 0
    elsewhere = officer(Role.COLLECTION, district=FUSHAN)
    assert (await notices.get(f"/orders/{ids[0]}", elsewhere)).status_code == 404
    assert (await notices.get("/orders", specialist(ONE))).json()["rows"][0]["state"] == "issued"
    assert (await notices.get(f"/orders/{ids[0]}", specialist(ONE))).status_code == 200
    assert (await notices.client.get(f"/orders/{ids[0]}")).status_code == 401
    assert (await notices.post(f"/orders/{ids[0]}/open", specialist(ONE))).json()["state"] == "served"


async def test_A31_its_words_are_told_to_the_employer_by_opening_it_alone(notices: BareService):
    row = await issued(notices)
    path = f"/orders/{row['id']}"
    before = (await notices.get(path, specialist(ONE))).json()
    listed = (await notices.get("/orders", specialist(ONE))).json()["rows"][0]
    assert (before["paragraphs"], before["fee_text"], listed["paragraphs"]) == ([], "", [])
    assert (before["order_no"], before["digest"]) == (row["order_no"], row["digest"])
    opened_row = (await notices.post(f"{path}/open", specialist(ONE))).json()
    after = (await notices.get(path, specialist(ONE))).json()
    assert opened_row["paragraphs"] == after["paragraphs"] == row["paragraphs"]
    assert after["fee_text"] == row["fee_text"]


async def test_A31_an_officer_opening_it_for_an_employer_serves_nothing(notices: BareService):
    row = await issued(notices)
    behalf = officer(Role.COUNTER, acts_for=ONE)
    assert (await notices.get(f"/orders/{row['id']}", behalf)).json()["state"] == "issued"
    assert (await notices.post(f"/orders/{row['id']}/open", behalf)).status_code == 403
    assert await notices.events() == [("OrderIssued", FIRST)]


async def test_laws_every_act_leaves_an_audit_row(notices: BareService):
    row = await issued(notices)
    await notices.run_days()
    await notices.post(f"/orders/{row['id']}/open", specialist(ONE))
    await notices.at(date(2016, 9, 21))
    await notices.run_days()
    await notices.take(settled(on=date(2016, 9, 22)))
    acts = await notices.rows("SELECT act, account, employer_no FROM audit ORDER BY id")
    assert [(act["act"], act["account"], act["employer_no"]) for act in acts] == [
        ("order_issued", "gao.min", ONE),
        ("order_served", ONE, ONE),
        ("order_lapsed", "system", ONE),
        ("order_settled", "system", ONE),
    ]


async def test_3_4_orders_are_found_by_employer_and_number_within_the_district(notices: BareService):
    await issued(notices)
    await notices.take(registered(TWO, name="烟台芝罘渔具店"), opened(TWO))
    for text, found in (
        ("海风", [ONE]),
        ("渔具", [TWO]),
        (ONE, [ONE]),
        (ONE[:6], []),
        ("第0001号", [ONE]),
        ("%", []),
        ("", [TWO, ONE]),
    ):
        page = (await notices.get(f"/orders?text={quote(text)}", COLLECTION)).json()
        assert (page["total"], [row["employer_no"] for row in page["rows"]]) == (len(found), found), text
    elsewhere = officer(Role.COLLECTION, district=FUSHAN)
    assert (await notices.get(f"/orders?text={ONE}", elsewhere)).json()["total"] == 0
