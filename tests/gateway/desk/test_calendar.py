"""工作日表 at the desk: a year seen, entered from the notice, released by another (A32; domain 1.5)."""

from __future__ import annotations

import re
from datetime import date

from contracts.values import Role
from tests.servers.house import House

HOME = "/desk/policy/calendar"
NEXT = {
    "year": "2027",
    "document_no": "国办发明电〔2026〕1号",
    "holidays": "2027-01-01 至 2027-01-03\n2027-02-05 至 2027-02-11",
    "swapped": "2027-01-31、2027-02-20",
}


async def test_A32_a_year_is_shown_with_what_differs_from_the_week(home: House):
    officer = await home.officer(Role.POLICY, district="370600")
    page = (await officer.get(HOME)).text
    assert "2016年工作日表" in page
    assert '<td class=" odd">8<small>班</small></td>' in page
    assert '<td class="rest odd">3<small>休</small></td>' in page
    assert "2016-10-03 至 2016-10-07" in page
    assert "2016-10-08 至 2016-10-09" in page
    missing = (await officer.get(f"{HOME}?year=2027")).text
    assert ("尚未录入" in missing, "录入2027年" in missing) == (True, True)


async def test_1_5_a_year_is_entered_and_released_by_another(home: House):
    first = await home.officer(Role.POLICY, district="370600", account="zhou.jie")
    second = await home.officer(Role.POLICY, district="370600", account="sun.tao")
    await first.get(HOME)
    sent = await first.send(HOME, **NEXT)
    assert sent.headers["location"] == f"{HOME}?year=2027&said=policy_drafted"
    page = (await first.get(sent.headers["location"])).text
    assert ("2027年，待复核" in page, "须由另一名工作人员复核发布" in page) == (True, True)
    for told in ("2027-02-05 至 2027-02-11", "2027-01-31、2027-02-20", "108 天（含周末）"):
        assert told in page, told
    place = re.findall(rf'action="({HOME}/[0-9a-f-]+/release)"', (await second.get(HOME)).text)[0]
    released = await second.send(place)
    assert released.headers["location"] == f"{HOME}?year=2027&said=policy_released"
    page = (await second.get(released.headers["location"])).text
    assert ("尚未录入" in page, "2027-02-05" in page, "待复核" in page) == (False, True, False)


async def test_1_5_what_is_no_date_is_named_at_its_field(home: House):
    officer = await home.officer(Role.POLICY, district="370600")
    await officer.get(HOME)
    for wrong in ("春节", "2027-02-11 至 2027-02-05", "2027-02-30"):
        page = await officer.send(HOME, **NEXT | {"holidays": wrong})
        assert page.status_code == 422
        assert f'id="h-holidays">“{wrong}”不是日期' in page.text
    week = await officer.send(HOME, **NEXT | {"swapped": "2027-02-22"})
    assert (week.status_code, "不是周末，本来就上班" in week.text) == (422, True)


async def test_1_5_a_year_that_lacks_is_a_task_on_the_policy_page(home: House):
    await home.registry.at(date(2026, 12, 1))
    await home.registry.run_days()
    officer = await home.officer(Role.POLICY, district="370600")
    page = (await officer.get("/desk/policy")).text
    assert "2026年12月1日 的批处理停下等待：</b>缺少工作日表（2027）。录入并复核发布后自动继续。" in page
