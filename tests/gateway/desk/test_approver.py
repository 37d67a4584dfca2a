"""复核人: set up at the desk, seen on the pages, and alone in confirming (clauses 三(四), 四(二))."""

from __future__ import annotations

from datetime import timedelta

import pytest

from contracts.events.registry import AccountRevoked
from contracts.http.applications import ApplicationMatter
from contracts.http.billing import BillState
from contracts.http.registry import LoggedIn
from contracts.values import Role
from gateway.print.application_form import ApplicationForm, application_form
from services.chassis.clocks import wall_now
from tests.gateway.desk import samples
from tests.gateway.desk.test_applications import (
    _SEALED,
    _SECRET,
    ALL_SIX,
    LI,
    NEW,
    NO,
    WRITTEN,
    at_the_counter,
)
from tests.gateway.desk.test_opening import pdf_text
from tests.servers.house import House, Person

CASE = "/desk/applications/S201609-00000{}"
BILL = samples.BILL.model_copy(update={"state": BillState.ASSESSED, "slip": None})
CONFIRM = "/bill/2016-09/confirm"


async def logged_in(home: House, account: str, name: str, *roles: Role) -> Person:
    who = LoggedIn(
        account=account,
        display_name=name,
        roles=frozenset(roles),
        employer_no=NO,
        employer_name="烟台海源机械有限公司",
        must_change_password=False,
    )
    return await home.person(who)


async def finished(officer: Person, number: int, matter: str, materials: list[str], **person: str) -> str:
    received = await officer.send(NEW, matter=matter, reason="内部分设", key=f"r{number}", **person)
    assert received.status_code == 303, received.text
    await officer.send(f"{CASE.format(number)}/check", materials=materials, key=f"c{number}")
    assert "/finish" in (await officer.get(CASE.format(number))).text
    done = await officer.send(f"{CASE.format(number)}/finish")
    assert done.status_code == 200, done.text
    return done.text


async def appointed(home: House) -> tuple[Person, str]:
    officer = await at_the_counter(home)
    return officer, await finished(officer, 1, "approver", ALL_SIX, **LI)


async def test_issue_3_an_approver_is_set_up_and_the_slip_names_the_account(home: House):
    officer, page = await appointed(home)
    assert "复核人</dt><dd>李静" in page
    slip = await officer.send(f"{CASE.format(1)}/slip", sealed=_SEALED.findall(page)[0])
    text = pdf_text(slip.content)
    for words in ("复核人账户单", f"{NO}-2", _SECRET.findall(page)[0], "李静"):
        assert words in text
    entry = await officer.get(f"/desk/employers/{NO}")
    assert entry.text.index(f"<td>{NO}</td><td>经办</td>") < entry.text.index(f"<td>{NO}-2</td><td>复核</td>")
    form = (await officer.get(NEW)).text
    assert ("复核人密码重置" in form, "撤销复核人" in form) == (True, True)


async def test_issue_3_a_preparer_who_confirms_is_told_who_may(home: House):
    await appointed(home)
    home.billing.tell("GET", "/bills/2016-09", BILL)
    wang = await logged_in(home, NO, "王敏", Role.PREPARER)
    page = (await wang.get("/bill/2016-09")).text
    assert f"由复核人 <b>李静</b>（账户 {NO}-2）确认" in page
    assert CONFIRM not in page
    assert "王敏（经办）" in page
    refused = await wang.send(CONFIRM, version="1", total="860258")
    assert refused.status_code == 403
    assert f"您的账户只能经办，该事项由本单位复核人李静（账户{NO}-2）办理" in refused.text
    assert home.billing.commands() == []


async def test_issue_3_the_approver_confirms_under_the_own_account(home: House):
    await appointed(home)
    home.billing.tell("GET", "/bills/2016-09", BILL)
    home.billing.tell("POST", "/bills/2016-09/confirm", samples.SLIP_VIEW)
    li = await logged_in(home, f"{NO}-2", "李静", Role.APPROVER)
    assert CONFIRM in (await li.get("/bill/2016-09")).text
    done = await li.send(CONFIRM, version="1", total="860258")
    assert done.headers["location"] == "/bill/2016-09?said=confirmed"
    (asked,) = home.billing.commands()
    assert (asked.caller.account, set(asked.caller.roles)) == (f"{NO}-2", {"approver"})
    account = (await li.get("/account")).text
    assert f"{NO}-2（复核）" in account
    assert "撤销复核人申请书" in account
    assert "<dt>角色</dt><dd>复核</dd>" in (await li.get("/security")).text


async def test_issue_3_the_api_tells_programs_whose_roles_reach(home: House):
    await appointed(home)
    wang = await logged_in(home, NO, "王敏", Role.PREPARER)
    headers = {"authorization": f"Bearer {wang.client.cookies['sid']}"}
    rows = (await home.gateway.client.get(f"/api/v1/employers/{NO}/accounts", headers=headers)).json()["rows"]
    assert [(row["account"], row["roles"]) for row in rows] == [
        (NO, ["preparer"]),
        (f"{NO}-2", ["approver"]),
    ]


async def test_issue_3_an_ended_approver_leaves_no_password_and_no_session(home: House):
    officer, _ = await appointed(home)
    li = await logged_in(home, f"{NO}-2", "李静", Role.APPROVER)
    assert (await li.get("/account")).status_code == 200
    page = await finished(officer, 2, "approver_end", WRITTEN)
    assert "没有密码需要交付" in page
    assert _SECRET.findall(page) == []
    ended = AccountRevoked(
        version=2, account=f"{NO}-2", before=wall_now() + timedelta(seconds=1), why="superseded"
    )
    await home.gateway.take(ended)
    assert (await li.get("/account")).headers["location"] == "/log-in"
    assert "复核人密码重置" not in (await officer.get(NEW)).text


@pytest.mark.parametrize("matter", list(ApplicationMatter))
async def test_3_6_every_matter_has_its_form(matter: ApplicationMatter):
    text = pdf_text(await application_form(ApplicationForm(matter)))
    named = matter in (ApplicationMatter.SPECIALIST, ApplicationMatter.APPROVER)
    assert ("手机号码" in text, "法定代表人" in text) == (named, True)
