"""增员表 by the JSON API, with the real enrollment behind it: all rows or none, each faulty cell named."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from contracts.http.enrollment import RawIncrease
from contracts.values import Role
from deploy.city.people import id_number
from gateway.sheets.opening import MOST_BYTES
from services.chassis.rendezvous import EVENT_IDS
from services.enrollment.app import create as create_enrollment
from services.enrollment.rules.rows import COLUMNS
from tests.gateway.api.sheet import sheet
from tests.gateway.desk.test_opening import NEW
from tests.gateway.desk.test_real import carry
from tests.servers.house import House, house
from tests.servers.postgres import Databases

OWN, FOREIGN = "3706000001", "3706000002"
NAMES = ("王建国", "李秀英", "张伟")


@pytest.fixture(scope="module")
async def home(databases: Databases) -> AsyncIterator[House]:
    """Two registered employers, known to enrollment."""
    async with house(databases, enrollment=create_enrollment) as made:
        officer = await made.officer(Role.COUNTER)
        other = NEW | {"name": "烟台芝罘渔具店", "credit_code": "92370602MA3D9XYQ25"}
        for entry in (NEW, other):
            assert (await officer.send("/desk/employers/new", **entry)).status_code == 303
        await carry(made.registry, made.real["enrollment"])
        yield made


def people(first: int, count: int = 3) -> list[RawIncrease]:
    """Persons that no other test has."""
    return [
        RawIncrease(
            name=NAMES[number % 3],
            id_kind="居民身份证",
            id_number=id_number(8_000_000 + first + number),
            household="本地城镇",
            household_address="烟台市芝罘区幸福中路88号",
            home_address="烟台市芝罘区幸福中路88号",
            phone=f"138{first + number:08}",
            hired_on="2016-09-01",
            monthly_wage="5431.37",
        )
        for number in range(count)
    ]


async def upload(
    home: House, content: bytes, *, key: str = "", employer_no: str = OWN, query: str = "", by: str = OWN
) -> httpx.Response:
    """As the employer's program sends it."""
    person = await home.specialist(by)
    headers = {"authorization": f"Bearer {person.client.cookies['sid']}", "idempotency-key": key}
    path = f"/api/v1/employers/{employer_no}/increases/sheet{query}"
    return await home.gateway.client.post(path, content=content, headers=headers)


async def on_roster(home: House, employer_no: str = OWN) -> int:
    rows = await home.real["enrollment"].rows("SELECT employer_no FROM relations")
    return [row["employer_no"] for row in rows].count(employer_no)


async def test_3_1_a_good_sheet_enrolls_everybody_and_names_its_events(home: House):
    before = await on_roster(home)
    answer = await upload(home, sheet(people(100)))
    assert answer.status_code == 200, answer.text
    rows = answer.json()["accepted"]
    assert [(row["name"], row["state"], row["base"]) for row in rows] == [
        (name, "confirmed_auto", 543_100) for name in NAMES
    ]
    assert answer.json()["refused"] == []
    assert await on_roster(home) == before + 3
    assert len(answer.headers[EVENT_IDS].split()) > 0


async def test_3_1_columns_are_found_by_their_headings_and_starred_ones_are_the_same(home: House):
    turned = [f"{heading}*" if heading == "姓名" else heading for heading in reversed(COLUMNS.values())]
    answer = await upload(home, sheet(people(150), turned))
    assert [row["name"] for row in answer.json()["accepted"]] == list(NAMES)


async def test_3_1_every_faulty_cell_is_named_and_nobody_is_enrolled(home: House):
    before = await on_roster(home)
    good, no_phone, wrong = people(200)
    no_phone = no_phone.model_copy(update={"phone": ""})
    wrong = wrong.model_copy(
        update={"id_number": wrong.id_number[:-1] + "?", "monthly_wage": "五千", "hired_on": "2016-13-01"}
    )
    answer = await upload(home, sheet([good, no_phone, wrong]))
    assert answer.status_code == 422
    told = answer.json()
    assert (told["code"], told["clause"]) == ("increase.refused", "三(一)")
    assert "有2人未通过校验，本次未录入任何人员" in told["detail"]
    named = [fault["field"] for fault in told["faults"]]
    assert sorted(named) == ["rows.3.phone", "rows.4.hired_on", "rows.4.id_number", "rows.4.monthly_wage"]
    assert all(fault["message"] for fault in told["faults"])
    assert await on_roster(home) == before


async def test_3_1_with_partial_the_good_rows_are_taken_and_the_others_come_back(home: House):
    before = await on_roster(home)
    good, bad, again = people(300)
    bad = bad.model_copy(update={"home_address": ""})
    again = again.model_copy(update={"id_number": good.id_number})
    answer = (await upload(home, sheet([good, bad, again]), query="?partial=true")).json()
    assert [row["name"] for row in answer["accepted"]] == ["王建国"]
    refused = {row["row"]: [fault["field"] for fault in row["faults"]] for row in answer["refused"]}
    assert refused == {3: ["home_address"], 4: ["id_number"]}
    assert await on_roster(home) == before + 1


async def test_a_sheet_sent_again_under_its_key_gets_the_same_answer_and_enrolls_once(home: House):
    before = await on_roster(home)
    content = sheet(people(400))
    first, second = [await upload(home, content, key="sheet-1") for _ in range(2)]
    assert (first.status_code, first.json()) == (200, second.json())
    assert first.headers[EVENT_IDS] == second.headers[EVENT_IDS]
    assert await on_roster(home) == before + 3
    other = await upload(home, sheet(people(450)), key="sheet-1")
    assert (other.status_code, other.json()["code"]) == (409, "idempotency.key_reused")
    unkeyed = await upload(home, content)
    assert {fault["code"] for fault in unkeyed.json()["faults"]} == {"increase.active_here"}
    assert await on_roster(home) == before + 3


async def test_laws_a_sheet_for_another_employer_is_refused_and_its_owner_may_send_it(home: House):
    content = sheet(people(500))
    asked = await upload(home, content, employer_no=FOREIGN)
    assert (asked.status_code, asked.json()["code"]) == (403, "identity.forbidden")
    assert await on_roster(home, FOREIGN) == 0
    nobody = await home.gateway.client.post(f"/api/v1/employers/{OWN}/increases/sheet", content=content)
    assert (nobody.status_code, nobody.json()["code"]) == (401, "identity.missing")
    owner = await upload(home, content, employer_no=FOREIGN, by=FOREIGN)
    assert owner.status_code == 200, owner.text
    assert await on_roster(home, FOREIGN) == 3


async def test_5_an_officer_uploads_at_the_counter_in_the_own_district_alone(home: House):
    before = await on_roster(home)
    path = f"/api/v1/employers/{OWN}/increases/sheet"
    for district, status in (("370611", 404), ("370602", 200)):
        officer = await home.officer(Role.COUNTER, district=district)
        headers = {"authorization": f"Bearer {officer.client.cookies['sid']}"}
        answer = await home.gateway.client.post(path, content=sheet(people(600)), headers=headers)
        assert answer.status_code == status, answer.text
    assert await on_roster(home) == before + 3
    query = "SELECT DISTINCT channel FROM increases WHERE submitted_by = 'gao.min'"
    assert [row["channel"] for row in await home.real["enrollment"].rows(query)] == ["counter"]


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (b"", "sheet.unreadable", ".xlsx"),
        (b"\xe5\xa7\x93\xe5\x90\x8d,\xe7\x94\xb5\xe8\xaf\x9d\n", "sheet.unreadable", ".xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "sheet.unreadable", ".xlsx"),
        (b"PK\x03\x04 no sheet", "sheet.unreadable", ".xlsx"),
        (b"PK\x03\x04" + bytes(MOST_BYTES), "sheet.unreadable", "8 MB"),
        (sheet([]), "sheet.empty", "第 2 行"),
        (sheet([], ["姓名", "联系电话"]), "sheet.missing_columns", "身份证号码"),
    ],
    ids=["empty", "csv", "xls", "zip", "too large", "no rows", "columns missing"],
)
async def test_what_is_no_increase_sheet_is_refused_with_what_to_do(
    home: House, content: bytes, code: str, words: str
):
    answer = await upload(home, content)
    assert (answer.status_code, answer.json()["code"]) == (422, code), answer.text
    assert words in answer.json()["detail"] + answer.json()["todo"]


async def test_3_1_a_cell_that_is_too_long_is_named(home: House):
    (row,) = people(700, 1)
    answer = await upload(home, sheet([row.model_copy(update={"phone": "1" * 61})]))
    assert (answer.status_code, answer.json()["code"]) == (422, "sheet.cell_too_long")
    assert [fault["message"] for fault in answer.json()["faults"]] == ["第2行“联系电话”最多60字"]


async def test_6_more_than_20_000_rows_are_refused(home: House):
    answer = await upload(home, sheet([RawIncrease(name="王")] * 20_001))
    assert (answer.status_code, answer.json()["code"]) == (422, "sheet.too_many_rows")
    assert "20000" in answer.json()["detail"]
