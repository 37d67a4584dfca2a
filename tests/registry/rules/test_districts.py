"""Districts of Yantai by date (domain 4.2)."""

from datetime import date

import pytest

from services.registry.rules.districts import DISTRICTS, district_on, districts_on

IN_2016 = date(2016, 9, 1)
IN_2021 = date(2021, 1, 1)


def test_4_2_the_twelve_districts_two_zones_and_the_city_of_2016():
    assert [entry.code for entry in districts_on(IN_2016)] == [
        "370600", "370602", "370611", "370612", "370613", "370634", "370671", "370676",
        "370681", "370682", "370683", "370684", "370685", "370686", "370687",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "name", "agency"),
    [
        ("370600", "市本级", "烟台市社会保险服务中心"),
        ("370602", "芝罘区", "烟台市芝罘区社会保险服务中心"),
        ("370681", "龙口市", "龙口市社会保险服务中心"),
        ("370676", "经济技术开发区", "烟台经济技术开发区社会保险服务中心"),
    ],
)
def test_4_2_names_and_agencies(code, name, agency):
    entry = district_on(code, IN_2016)
    assert entry is not None
    assert (entry.name, entry.agency_name) == (name, agency)


@pytest.mark.parametrize("code", ["370684", "370634"])
def test_4_2_penglai_and_changdao_belong_to_370614_since_2020(code):
    before, after = district_on(code, IN_2016), district_on(code, IN_2021)
    assert before is not None
    assert before.code == code
    assert after is not None
    assert (after.code, after.name) == ("370614", "蓬莱区")


def test_4_2_370614_does_not_exist_in_2016():
    assert district_on("370614", IN_2016) is None


def test_4_2_the_merged_districts_are_one_afterwards_only():
    assert district_on("370684", IN_2016) != district_on("370634", IN_2016)
    assert district_on("370684", IN_2021) == district_on("370634", IN_2021) is not None


def test_4_2_codes_of_other_cities_are_unknown():
    assert district_on("370202", IN_2016) is None


def test_every_successor_exists_when_its_predecessor_ends():
    for entry in DISTRICTS:
        if entry.successor:
            assert district_on(entry.successor, entry.until) is not None
