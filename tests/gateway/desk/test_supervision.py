"""Supervision the whole way: flagged, ordered to correct, told, overdue, corrected, accepted (四(一), 协议 三)."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import date

import pytest

from contracts.values import Role
from services.notices.app import create as create_notices
from tests.gateway.desk.test_applications import NO, at_the_counter
from tests.gateway.desk.test_materials import OWN as CASE
from tests.gateway.desk.test_materials import sends
from tests.gateway.portal.test_real import City
from tests.registry.rules.test_scans import pdf
from tests.servers.house import Person, house
from tests.servers.postgres import Databases

ORDER = {
    "sort": "correction",
    "employer_nos": NO,
    "what": "更正王建国的缴费基数",
    "ground": "2016年8月工资表载明6,000.00元，申报2,500.00元",
    "deadline": "2016-09-14",
}
AT, DESK = f"/desk/employers/{NO}", "/desk/materials"
_RESULT = re.compile(r'<li id="r-[^"]+">(.*?)</li>', re.DOTALL)


@pytest.fixture
async def city(databases: Databases) -> AsyncIterator[City]:
    async with house(databases, notices=create_notices) as home:
        yield City(home)


async def ordered(city: City) -> tuple[Person, Person]:
    """An auditor who has ordered a correction, and the employer's specialist."""
    await at_the_counter(city.home)
    auditor = await city.home.officer(Role.AUDITOR, account="ji.he")
    form = (await auditor.get(f"{DESK}/new?employer_no={NO}&sort=correction")).text
    assert '<option value="correction" selected>' in form
    assert (await auditor.send(f"{DESK}/new", **ORDER, key="k1")).status_code == 303
    await city.post()
    return auditor, await city.home.specialist(NO)


async def results(city: City, clerk: Person) -> list[str]:
    await city.post()
    return _RESULT.findall((await clerk.get("/results")).text)


async def test_agreement_3_a_false_declaration_is_flagged_ordered_followed_and_accepted(city: City):
    auditor, clerk = await ordered(city)
    entry = (await auditor.get(AT)).text
    assert ("申报2,500.00元" in entry, "申报不实，责令改正" in entry) == (True, True)
    (told, *_) = await results(city, clerk)
    for words in ("责令改正", "更正王建国的缴费基数", "2016年9月14日前", f'href="{CASE}"', "去提交改正材料"):
        assert words in told, words
    assert await sends(clerk, pdf()) == 303
    assert (await clerk.send(f"{CASE}/answer", note="已更正", key="k2")).status_code == 303
    again = {"reason": "缺职工签字", "deadline": "2016-09-21", "key": "k3"}
    assert (await auditor.send(f"{DESK}/T201609-000001/again", **again)).status_code == 303
    (told, *_) = await results(city, clerk)
    assert ("缺职工签字" in told, f'href="{CASE}"' in told, "9月21日" in told) == (True, True, True)
    assert (await clerk.send(f"{CASE}/answer", note="已补签", key="k4")).status_code == 303
    assert (await auditor.send(f"{DESK}/T201609-000001/accept", key="k5")).status_code == 303
    (told, *_) = await results(city, clerk)
    assert ("通过" in told, "去提交改正材料" in told) == (True, False)


async def test_4_1_what_is_overdue_has_its_list_and_leaves_it_once_handed_in(city: City):
    auditor, clerk = await ordered(city)
    assert (
        await auditor.send(f"{DESK}/new", **ORDER | {"sort": "materials", "ground": ""})
    ).status_code == 303
    overdue = f"{DESK}?state=overdue"
    assert "没有逾期未交的" in (await auditor.get(overdue)).text
    for service in (city.home.gateway, city.home.registry):
        await service.at(date(2016, 9, 15))
    page = (await auditor.get(overdue)).text
    assert ("T201609-000001" in page, "T201609-000002" in page, "2 件逾期" in page) == (True, True, True)
    orders = (await auditor.get(f"{overdue}&sort=correction")).text
    assert ("T201609-000001" in orders, "T201609-000002" in orders) == (True, False)
    assert "已逾期" in (await auditor.get(AT)).text
    assert "2 件逾期" in (await clerk.get("/materials")).text
    assert await sends(clerk, pdf()) == 303
    assert (await clerk.send(f"{CASE}/answer", key="k2")).status_code == 303
    page = (await auditor.get(overdue)).text
    assert ("T201609-000001" in page, "T201609-000002" in page) == (False, True)


async def test_agreement_2_6_other_decisions_lead_to_their_subject_too(city: City):
    officer = await at_the_counter(city.home)
    await officer.send(f"/desk/applications/new/{NO}", matter="password", reason="密码遗失")
    await officer.send("/desk/applications/S201609-000001/return", reason="缺公章")
    clerk = await city.home.specialist(NO)
    (reset, opening) = await results(city, clerk)
    assert 'href="/account">密码重置' in reset
    assert 'href="/account">网上服务开通' in opening
