"""未能核定的单位: what is missing, since when, what to do, and who sees it (domain 1.5)."""

from __future__ import annotations

from datetime import date

from contracts.http import billing
from contracts.month import Month
from contracts.values import Role
from tests.gateway.desk.city import fill
from tests.servers.house import House

OWN = billing.PolicyTask(
    employer_no="3706000001",
    employer_name="烟台海源机械有限公司",
    month=Month(2015, 5),
    what="单位工伤保险费率",
    since=date(2016, 9, 1),
    own=True,
)
CITY = OWN.model_copy(update={"what": "机关事业单位社会保险费率", "own": False, "month": Month(2014, 8)})
PAGE = billing.PolicyTaskPage(total=2, rows=(OWN, CITY))


async def test_1_5_a_month_without_a_price_says_what_is_missing_and_what_to_do(home: House):
    home.billing.tell("GET", "/tasks", PAGE)
    counter = (await (await home.officer(Role.COUNTER)).get("/desk/tasks")).text
    for told in ("2015年5月", "单位工伤保险费率", "2016年9月1日", "已等 6 天", "办理登记变更"):
        assert told in counter, told
    assert "请政策岗录入该月费率并复核发布" in counter
    assert 'href="/desk/employers/3706000001"' in counter
    assert 'href="/desk/employers/3706000001/changes"' in counter
    policy = (await (await home.officer(Role.POLICY)).get("/desk/tasks")).text
    assert '<a href="/desk/policy/rates/new">录入该月费率</a>' in policy
    assert "请柜台办理登记变更" in policy
    assert 'href="/desk/employers/3706000001"' not in policy


async def test_1_5_the_board_leads_to_them_and_is_silent_without(home: House):
    fill(home)
    officer = await home.officer(Role.COLLECTION)
    assert "未能核定" not in (await officer.get("/desk")).text
    home.billing.tell("GET", "/tasks", PAGE)
    board = (await officer.get("/desk")).text
    assert "2 个单位月份因缺少政策数据未能核定" in board
    assert 'href="/desk/tasks"' in board


async def test_laws_other_roles_see_no_tasks(home: House):
    home.billing.tell("GET", "/tasks", PAGE)
    for role in (Role.AUDITOR, Role.FINANCE, Role.SYSTEM_ADMIN):
        officer = await home.officer(role)
        assert (await officer.get("/desk/tasks")).status_code == 403
        assert "未能核定" not in (await officer.get("/desk")).text
