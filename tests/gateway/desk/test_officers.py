"""工作人员 at the desk."""

from __future__ import annotations

import re

from contracts.identity import WHOLE_CITY
from contracts.values import Role
from tests.servers.house import House

NEW = {"account": "liu.yan", "display_name": "刘岩", "district": "370602"}


async def test_1_5_an_account_is_made_and_its_password_shown_once(home: House):
    chief = await home.officer(Role.SECURITY_ADMIN, district=WHOLE_CITY, account="an.quan")
    page = await chief.send("/desk/officers", **NEW, roles=["collection", "counter"])
    secret = re.findall(r'class="secret">([^<]+)<', page.text)[0]
    assert secret not in (await chief.get("/desk/officers")).text
    officer = home.stranger()
    entered = await officer.send("/log-in", account="liu.yan", password=secret)
    assert entered.headers["location"] == "/password"
    assert (await officer.get("/desk")).headers["location"] == "/password"
    fresh = "Kelp7!tideQz"
    await officer.get("/password")
    changed = await officer.send("/password", old=secret, new=fresh, again=fresh)
    assert changed.headers["location"] == "/desk?said=password_changed"
    menu = (await officer.get("/desk")).text
    assert "柜台确认" in menu
    assert "责令与欠费" in menu
    assert "政策参数" not in menu


async def test_1_5_the_three_administrators_are_never_one_person(home: House):
    chief = await home.officer(Role.SECURITY_ADMIN, district=WHOLE_CITY, account="an.quan")
    page = await chief.send("/desk/officers", **NEW, roles=["system_admin", "audit_admin"])
    assert page.status_code == 409
    assert '<fieldset class="bad">' in page.text
    assert "不能由一人兼任" in page.text
    assert 'value="liu.yan"' in page.text


async def test_1_5_an_auditor_looks_and_makes_nobody(home: House):
    auditor = await home.officer(Role.AUDIT_ADMIN, district=WHOLE_CITY)
    page = await auditor.get("/desk/officers")
    assert page.status_code == 200
    assert "开设账户" not in page.text
    refused = await auditor.send("/desk/officers", **NEW, roles=["counter"])
    assert refused.status_code == 403
    assert await home.registry.rows("SELECT account FROM accounts") == []
