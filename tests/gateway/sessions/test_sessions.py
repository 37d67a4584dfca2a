"""Sessions: opened, ended, lapsed; nothing changes without the session's own token."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text

from contracts.values import Role
from gateway.sessions import store
from services.chassis.clocks import wall_now
from services.chassis.identity import SYSTEM
from services.chassis.work import work_scope
from tests.gateway.desk import samples
from tests.servers.house import House, specialist

ACTS = (
    "/increase/check",
    "/increase/edit",
    "/increase/send",
    "/increase/sheet",
    "/increase/errors.xlsx",
    "/increase/Z201609-000002/withdraw",
    f"/decrease/new/{samples.ENROLLMENT}",
    "/decrease/J201609-000001/withdraw",
    "/bill/2016-09/confirm",
    "/arrears/slips",
    f"/orders/{samples.ORDER}/open",
    "/password",
    "/log-out",
)


@pytest.mark.parametrize("path", ACTS)
async def test_laws_no_act_without_the_sessions_own_token(home: House, path: str):
    person, other = await home.specialist(), await home.specialist("3706000002")
    for csrf in ("", "0" * 64, other.csrf):
        answer = await person.client.post(path, data={"csrf": csrf, "version": "1", "total": "1"})
        assert answer.status_code == 403, (path, csrf)
    assert home.enrollment.commands() + home.billing.commands() + home.notices.commands() == []
    assert (await person.get("/account")).status_code == 200


async def test_laws_the_token_may_come_as_a_header(home: House):
    person = await home.specialist()
    answer = await person.client.post(
        "/arrears/slips", data={"pay_on": "2016-10-20"}, headers={"x-csrf": person.csrf}
    )
    assert answer.status_code == 303


async def test_3_first_the_initial_password_is_changed(home: House):
    fresh = specialist("3706000001").model_copy(update={"must_change_password": True})
    person = await home.person(fresh)
    for path in ("/", "/bill", "/increase/new", "/live", f"/slips/{samples.SLIP}.pdf"):
        answer = await person.get(path)
        assert (answer.status_code, answer.headers["location"]) == (303, "/password"), path
    part = await person.client.get("/unread", headers={"hx-request": "true"})
    assert (part.status_code, part.headers["hx-redirect"]) == (204, "/password")
    acted = await person.send("/arrears/slips", pay_on="2016-10-20")
    assert (acted.headers["location"], home.billing.commands()) == ("/password", [])
    page = await person.get("/password")
    assert "首次登录须修改初始密码" in page.text
    assert "主菜单" not in page.text
    mismatch = await person.send("/password", old="x", new="Haiyuan-2016-a", again="Haiyuan-2016-b")
    assert (mismatch.status_code, "两次输入的新密码不一致" in mismatch.text) == (422, True)
    assert (await person.send("/log-out")).headers["location"] == "/log-in"


async def test_laws_after_log_out_the_cookie_is_worth_nothing(home: House):
    person = await home.specialist()
    cookie = person.client.cookies["sid"]
    assert (await person.send("/log-out")).headers["location"] == "/log-in"
    again = home.stranger(sid=cookie)
    assert (await again.get("/")).headers["location"] == "/log-in"


async def test_laws_an_idle_session_lapses_and_listening_does_not_prolong_it(home: House):
    person = await home.specialist()
    chassis, token = home.gateway.chassis, person.client.cookies["sid"]
    await _seen(home, wall_now() - timedelta(minutes=29))
    assert await store.lives(chassis, token, 30)
    assert (await home.gateway.rows("SELECT seen_at FROM sessions"))[0]["seen_at"] < wall_now() - timedelta(
        minutes=28
    )
    await _seen(home, wall_now() - timedelta(minutes=31))
    assert not await store.lives(chassis, token, 30)
    assert (await person.get("/")).headers["location"] == "/log-in"


async def test_laws_a_new_password_ends_the_other_sessions(home: House):
    one, other = await home.specialist(), await home.specialist()
    await store.password_changed(home.gateway.chassis, one.client.cookies["sid"], "3706000001")
    assert (await one.get("/account")).status_code == 200
    assert (await other.get("/account")).headers["location"] == "/log-in"


async def test_laws_the_cookie_is_stored_nowhere_and_scripts_cannot_read_it(home: House):
    person = await home.specialist()
    (row,) = await home.gateway.rows("SELECT * FROM sessions")
    assert person.client.cookies["sid"] not in str(row)


async def test_log_in_refused_says_nothing_about_the_account(home: House):
    stranger = home.stranger()
    answers = [
        await stranger.client.post("/log-in", data={"account": name, "password": "x" * 300})
        for name in ("3706000001", "nobody", "", "'; --" * 40)
    ]
    assert {answer.status_code for answer in answers} == {401}
    assert {"登录名或密码不正确" in answer.text for answer in answers} == {True}
    assert {"set-cookie" in answer.headers for answer in answers} == {False}


async def _seen(home: House, at: object) -> None:
    async with work_scope(home.gateway.chassis, SYSTEM) as work:
        await work.session.execute(text("UPDATE sessions SET seen_at = :at"), {"at": at})


async def test_craft_a_wrong_address_leads_people_back_and_tells_programs_in_json(home: House):
    browser = {"accept": "text/html,application/xhtml+xml"}
    stranger, officer = home.stranger(), await home.officer(Role.COUNTER)
    for person, way in ((stranger, "回首页"), (officer, "征缴看板")):
        page = await person.client.get("/nowhere", headers=browser)
        assert (page.status_code, page.text.count("<h1")) == (404, 1)
        assert (way in page.text, "没有找到该内容" in page.text) == (True, True)
    told = await stranger.client.get("/nowhere")
    assert (told.status_code, told.json()["code"]) == (404, "not_found")
