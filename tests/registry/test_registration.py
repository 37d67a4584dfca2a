"""社会保险登记 over HTTP."""

import asyncio
from typing import Any

from contracts.http.registry import RegisterEmployer
from contracts.values import Role
from tests.registry.conftest import COUNTER, FUSHAN, ZHIFU, officer, specialist
from tests.servers.bare_service import BareService

CODE, OTHER_CODE = "91370600MA3C1A2B9T", "913706022654678967"


def asked(**changes: Any) -> dict[str, Any]:
    plain = {
        "name": "烟台海风机械有限公司",
        "credit_code": CODE,
        "kind": "enterprise",
        "district": ZHIFU,
        "address": "烟台市芝罘区南大街1号",
        "postcode": "264001",
        "legal_representative": "王海",
        "insured_from": "2016-09",
        "injury_class": 4,
    }
    return plain | changes


async def test_4_2_an_officer_registers_an_employer_and_its_state_is_told(registry: BareService):
    answer = await registry.post("/employers", COUNTER, RegisterEmployer.model_validate(asked()))
    assert answer.status_code == 200, answer.text
    entry = answer.json()
    assert entry["employer_no"] == "3706000001"
    assert entry["kinds"] == ["pension", "medical", "unemployment", "injury", "maternity"]
    assert entry["injury_rates"] == [
        {"from_month": "2016-09", "injury_class": 4, "float_percent": 100, "rate": 9000}
    ]
    assert (entry["district_name"], entry["agency_name"]) == ("芝罘区", "烟台市芝罘区社会保险服务中心")
    assert (entry["version"], entry["registered_on"], entry["opened_on"]) == (1, "2016-09-07", None)
    assert await registry.events() == [("EmployerRegistered", "3706000001")]
    body = (await registry.rows("SELECT body FROM outbox"))[0]["body"]
    assert "legal_representative" not in body
    assert body["version"] == 1


async def test_4_2_numbers_run_without_gaps_over_refusals(registry: BareService):
    first = await registry.post("/employers", COUNTER, asked())
    refused = await registry.post("/employers", COUNTER, asked())
    second = await registry.post("/employers", COUNTER, asked(credit_code=OTHER_CODE))
    assert refused.status_code == 409
    assert [first.json()["employer_no"], second.json()["employer_no"]] == ["3706000001", "3706000002"]


async def test_4_2_a_wrong_credit_code_is_refused_with_the_character(registry: BareService):
    answer = await registry.post("/employers", COUNTER, asked(credit_code="91370600MA3C1A2B9X"))
    problem = answer.json()
    assert (answer.status_code, problem["code"], problem["field"]) == (
        422,
        "employer.credit_code",
        "credit_code",
    )
    assert "第18位校验码应为“T”" in problem["detail"]
    assert await registry.events() == []


async def test_4_2_a_known_credit_code_names_the_employer_that_has_it(registry: BareService):
    await registry.post("/employers", COUNTER, asked())
    answer = await registry.post("/employers", COUNTER, asked(name="另一名称", credit_code=CODE.lower()))
    assert answer.json()["code"] == "employer.exists"
    assert "烟台海风机械有限公司（社保编号3706000001）" in answer.json()["detail"]
    assert await registry.events() == [("EmployerRegistered", "3706000001")]


async def test_4_2_of_two_registrations_of_one_code_at_once_one_wins(registry: BareService):
    answers = await asyncio.gather(*(registry.post("/employers", COUNTER, asked()) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
    assert await registry.events() == [("EmployerRegistered", "3706000001")]


async def test_1_5_an_officer_registers_in_the_own_district_only(registry: BareService):
    foreign = await registry.post("/employers", officer(Role.COUNTER, district=FUSHAN), asked())
    wrong_role = await registry.post("/employers", officer(Role.COLLECTION), asked())
    employer = await registry.post("/employers", specialist("3706000001"), asked())
    city = await registry.post("/employers", officer(Role.COUNTER, district="370600"), asked())
    assert [a.status_code for a in (foreign, wrong_role, employer, city)] == [403, 403, 403, 200]


async def test_3_1_a_state_organ_stands_outside_unemployment_insurance(registry: BareService):
    organ = asked(kind="state_organ", scheme="government", credit_code="113706000042600109", injury_class=1)
    answer = await registry.post("/employers", COUNTER, organ)
    assert answer.json()["kinds"] == ["gov_pension", "annuity", "medical", "injury", "maternity"]
    wanting = organ | {"kinds": ["gov_pension", "unemployment"], "credit_code": OTHER_CODE}
    refused = await registry.post("/employers", COUNTER, wanting)
    assert (refused.status_code, refused.json()["code"]) == (422, "employer.kinds")


async def test_3_2_a_float_step_the_class_does_not_have_is_refused(registry: BareService):
    answer = await registry.post("/employers", COUNTER, asked(injury_class=1, injury_float_percent=50))
    assert (answer.status_code, answer.json()["code"]) == (422, "employer.injury")
    stepped = await registry.post("/employers", COUNTER, asked(injury_class=3, injury_float_percent=50))
    assert stepped.json()["injury_rates"][0]["rate"] == 3500


async def test_4_2_a_code_that_does_not_fit_the_kind_is_a_warning_only(registry: BareService):
    answer = await registry.post("/employers", COUNTER, asked(kind="institution"))
    assert answer.status_code == 200
    assert answer.json()["warnings"] == ["统一社会信用代码以91开头，与所选单位类型不一致，请核对"]


async def test_1_5_cut_over_keeps_the_number_and_the_next_one_follows_it(registry: BareService):
    kept = asked(employer_no="3706004711", imported=True, insured_from="2010-01")
    imported = await registry.post("/employers", COUNTER, kept)
    assert imported.json()["employer_no"] == "3706004711"
    assert imported.json()["injury_rates"][0]["from_month"] == "2015-10"
    following = await registry.post("/employers", COUNTER, asked(credit_code=OTHER_CODE))
    assert following.json()["employer_no"] == "3706004712"
    own = await registry.post("/employers", COUNTER, asked(employer_no="3706000009"))
    assert own.json()["code"] == "employer.number_not_given"


async def test_4_2_bad_input_names_each_field(registry: BareService):
    answer = await registry.post("/employers", COUNTER, asked(name=" ", injury_class=9, postcode="26400"))
    assert answer.json()["code"] == "input.invalid"
    assert {fault["field"] for fault in answer.json()["faults"]} == {"name", "injury_class", "postcode"}
    for changed, code in (
        ({"district": "370101"}, 422),
        ({"insured_from": "2017-01"}, 422),
        ({"district": "370614"}, 422),
    ):
        assert (await registry.post("/employers", COUNTER, asked(**changed))).status_code == code


async def test_laws_two_employers_cannot_see_each_other(registry: BareService):
    await registry.post("/employers", COUNTER, asked())
    await registry.post("/employers", COUNTER, asked(credit_code=OTHER_CODE, name="烟台芝罘渔具店"))
    path = "/employers/3706000001"
    assert (await registry.get(path, specialist("3706000001"))).json()["name"] == "烟台海风机械有限公司"
    assert (await registry.get(path, specialist("3706000002"))).status_code == 404
    assert (await registry.get(path, officer(Role.COUNTER, district=FUSHAN))).status_code == 404
    assert (await registry.get(path, COUNTER)).status_code == 200
    assert (await registry.client.get(path)).status_code == 401


async def test_laws_an_officer_lists_the_own_district(registry: BareService):
    await registry.post("/employers", COUNTER, asked())
    await registry.post("/employers", COUNTER, asked(credit_code=OTHER_CODE, name="烟台芝罘渔具店"))
    listed = (await registry.get("/employers?text=渔具&page=1", COUNTER)).json()
    assert (listed["total"], [row["employer_no"] for row in listed["rows"]]) == (1, ["3706000002"])
    assert (await registry.get("/employers?opened=false", COUNTER)).json()["total"] == 2
    assert (await registry.get("/employers?opened=true", COUNTER)).json()["total"] == 0
    elsewhere = await registry.get("/employers", officer(Role.COUNTER, district=FUSHAN))
    assert elsewhere.json()["total"] == 0
    assert (await registry.get("/employers", specialist("3706000001"))).status_code == 403


async def test_1_1_coverage_counts_registered_and_opened(registry: BareService):
    await registry.post("/employers", COUNTER, asked())
    rows = (await registry.get("/coverage", COUNTER)).json()["rows"]
    assert rows == [{"district": ZHIFU, "district_name": "芝罘区", "registered": 1, "opened": 0}]


async def test_4_2_districts_of_2016(registry: BareService):
    rows = (await registry.get("/districts", COUNTER)).json()["rows"]
    assert {"370634", "370684"} <= {row["code"] for row in rows}
    assert "370614" not in {row["code"] for row in rows}
