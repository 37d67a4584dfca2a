"""Templates over HTTP: imported, released by a second officer, and the papers made of them (annexes 1, 2)."""

from __future__ import annotations

from datetime import date
from typing import Any

from contracts.identity import WHOLE_CITY
from contracts.values import Role
from tests.registry.conftest import COUNTER, FUSHAN, officer, specialist
from tests.registry.rules.test_templates import SHORT
from tests.registry.test_applications import ALL_SIX, CHANGE, NO, finished, opened
from tests.servers.bare_service import BareService

FIRST = officer(Role.POLICY, district=WHOLE_CITY, account="zhou.jie")
SECOND = officer(Role.POLICY, district=WHOLE_CITY, account="sun.tao")
OFFICIAL = {"paper": "authorisation", "name": "2016年版", "effective_on": "2016-10-01", "text": SHORT}


async def imported(registry: BareService, **changes: Any) -> str:
    answer = await registry.post("/templates", FIRST, OFFICIAL | changes)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["id"])


def words(document: dict[str, Any]) -> str:
    return "\n".join(
        "".join(run["text"] for cell in line["cells"] for run in cell) for line in document["lines"]
    )


async def test_1_5_a_template_is_in_force_once_a_second_officer_has_released_it(registry: BareService):
    number = await imported(registry)
    itself = await registry.post(f"/templates/{number}/release", FIRST)
    assert (itself.status_code, itself.json()["code"]) == (409, "four_eyes.same_officer")
    await registry.at(date(2016, 9, 30))
    assert (await registry.post(f"/templates/{number}/release", SECOND)).status_code == 200
    assert (await registry.get("/templates/blank/authorisation", SECOND)).json()["sample"] is True
    await registry.at(date(2016, 10, 1))
    blank = (await registry.get("/templates/blank/authorisation", SECOND)).json()
    assert (blank["title"], blank["sample"], blank["version_name"]) == ("授权书", False, "2016年版")
    rows = (await registry.get("/templates", COUNTER)).json()["rows"]
    assert [(row["paper"], row["name"], row["in_force"]) for row in rows] == [
        ("agreement", "示例文本", True),
        ("authorisation", "2016年版", True),
        ("authorisation", "示例文本", False),
    ]
    acts = await registry.rows("SELECT act, account FROM audit ORDER BY id")
    assert [tuple(row.values()) for row in acts] == [
        ("template_imported", "zhou.jie"),
        ("template_released", "sun.tao"),
    ]


async def test_1_5_the_database_itself_refuses_one_officer_for_both(registry: BareService):
    checks = await registry.rows("SELECT conname FROM pg_constraint WHERE conname = 'ck_templates_four_eyes'")
    assert len(checks) == 1


async def test_1_5_an_unknown_field_is_named_with_its_line(registry: BareService):
    wrong = OFFICIAL | {"text": SHORT.replace("{单位名称}", "{单位名}")}
    answer = await registry.post("/templates", FIRST, wrong)
    assert (answer.status_code, answer.json()["code"]) == (422, "template.text")
    assert [(one["value"], one["message"]) for one in answer.json()["faults"]] == [
        ("第2行", "字段“单位名”不是这份文书的字段"),
        ("", "缺少字段“单位名称”"),
    ]


async def test_1_5_a_template_never_takes_effect_in_the_past(registry: BareService):
    early = await registry.post("/templates", FIRST, OFFICIAL | {"effective_on": "2016-09-06"})
    assert (early.status_code, early.json()["code"]) == (422, "template.day")
    number = await imported(registry)
    await registry.at(date(2016, 10, 2))
    assert (await registry.post(f"/templates/{number}/release", SECOND)).status_code == 422


async def test_1_5_no_day_has_two_released_templates(registry: BareService):
    one, two = await imported(registry), await imported(registry)
    assert (await registry.post(f"/templates/{one}/release", SECOND)).status_code == 200
    again = await registry.post(f"/templates/{two}/release", SECOND)
    assert (again.status_code, again.json()["code"]) == (409, "template.released")


async def test_1_5_a_preview_shows_each_field_by_its_name(registry: BareService):
    number = await imported(registry)
    preview = (await registry.get(f"/templates/{number}", SECOND)).json()["preview"]
    assert "授权 〔专管员姓名〕 同志。" in words(preview)


async def test_annex_1_the_agreement_carries_number_dates_and_handlers_of_both_sides(registry: BareService):
    await opened(registry)
    made = (await registry.post(f"/employers/{NO}/papers/agreement", COUNTER)).json()
    assert (made["title"], made["sample"], made["number"]) == (
        "社会保险费网上申报缴纳协议书",
        True,
        "370602〔2016〕第000001号",
    )
    for told in (
        "烟台市社会保险服务中心", "烟台海风机械有限公司", NO, "370602〔2016〕第000001号", "甲方经办人：gao.min",
        "乙方经办人：王敏", "2016年9月7日",
    ):  # fmt: skip
        assert told in words(made), told


async def test_annex_2_the_letter_carries_the_specialist_and_each_print_is_recorded(registry: BareService):
    await opened(registry)
    await finished(registry, CHANGE, ALL_SIX)
    made = (await registry.post(f"/employers/{NO}/papers/authorisation", specialist(NO))).json()
    for told in (
        "烟台海风机械有限公司",
        "王海",
        "烟台市芝罘区南大街1号",
        "264001",
        "李静",
        "37061119880808123X",
        "13905350001",
    ):
        assert told in words(made), told
    acts = await registry.rows("SELECT account, after::text AS after FROM audit WHERE act = 'paper_printed'")
    assert [row["account"] for row in acts] == [NO]
    assert "37061119880808123X" not in acts[0]["after"]


async def test_laws_papers_are_printed_by_their_employer_and_its_counter_alone(registry: BareService):
    await opened(registry)
    path = f"/employers/{NO}/papers/authorisation"
    assert (await registry.post(path, officer(Role.COUNTER, district=FUSHAN))).status_code == 404
    assert (await registry.post(path, specialist("3706000002"))).status_code == 404
    assert (await registry.post(path, officer(Role.FINANCE))).status_code == 403
    assert (await registry.post(path, COUNTER)).status_code == 200
    assert (await registry.post("/templates", officer(Role.POLICY), OFFICIAL)).status_code == 403
    assert (await registry.post("/templates", COUNTER, OFFICIAL)).status_code == 403
    assert (await registry.get("/templates", specialist(NO))).status_code == 403
