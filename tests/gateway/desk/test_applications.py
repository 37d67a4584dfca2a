"""Written applications at the desk: received, checked, finished, and the slip printed once (clause 三(六))."""

from __future__ import annotations

import re

from contracts.events.registry import AccountRevoked
from contracts.values import Role
from gateway.sessions import store
from services.chassis.clocks import wall_now
from tests.gateway.desk.test_opening import opened, pdf_text
from tests.servers.house import House, Person

NO = "3706000001"
NEW = f"/desk/applications/new/{NO}"
CASE = "/desk/applications/S201609-000001"
WRITTEN = ["application", "seal", "signature"]
ALL_SIX = [*WRITTEN, "authorisation", "identity_original", "identity_copy"]
LI = {
    "specialist__name": "李静",
    "specialist__id_number": "37061119880808123X",
    "specialist__mobile": "13905350001",
    "specialist__office_phone": "",
}
_SECRET = re.compile(r'class="secret">([^<]+)<')
_SEALED = re.compile(r'name="sealed" value="([^"]+)"')


async def at_the_counter(home: House) -> Person:
    officer = await home.officer(Role.COUNTER)
    await opened(officer)
    return officer


async def test_3_6_a_reset_is_received_checked_finished_and_its_slip_printed_once(home: House):
    officer = await at_the_counter(home)
    received = await officer.send(NEW, matter="password", reason="密码遗失", key="k1")
    assert received.headers["location"] == f"{CASE}?said=application_received"
    page = await officer.get(received.headers["location"])
    assert "书面申请已受理" in page.text
    assert "申请上加盖单位公章" in page.text
    checked = await officer.send(f"{CASE}/check", materials=WRITTEN, key="k2")
    assert checked.headers["location"] == f"{CASE}?said=application_checked"
    assert "9月8日" in (await officer.get(CASE)).text
    done = await officer.send(f"{CASE}/finish")
    secret, sealed = _SECRET.findall(done.text)[0], _SEALED.findall(done.text)[0]
    slip = await officer.send(f"{CASE}/slip", sealed=sealed)
    text = pdf_text(slip.content)
    assert "密码重置单" in text
    assert secret in text
    assert (await officer.send(f"{CASE}/slip", sealed=sealed)).status_code == 409
    clerk = home.stranger()
    entered = await clerk.send("/log-in", account=NO, password=secret)
    assert entered.headers["location"] == "/password"


async def test_3_6_a_new_specialist_ends_the_sessions_of_the_old_one(home: House):
    officer = await at_the_counter(home)
    old = await home.specialist(NO)
    assert (await old.get("/account")).status_code == 200
    await officer.send(NEW, matter="specialist", reason="原专管员离职", **LI, key="k1")
    await officer.send(f"{CASE}/check", materials=ALL_SIX, key="k2")
    done = await officer.send(f"{CASE}/finish")
    assert f"{NO}-2" in done.text
    revoked = await home.registry.rows("SELECT event_id, body FROM outbox WHERE type = 'AccountRevoked'")
    assert [row["body"]["account"] for row in revoked] == [NO, f"{NO}-2"]


async def test_3_6_missing_materials_are_marked_at_their_ticks(home: House):
    officer = await at_the_counter(home)
    await officer.send(NEW, matter="password", reason="密码遗失", key="k1")
    page = await officer.send(f"{CASE}/check", materials=WRITTEN[:2], key="k2")
    assert page.status_code == 422
    assert '<fieldset class="bad">' in page.text
    assert "尚缺1项" in page.text
    assert page.text.count("未提交") == 1


async def test_3_6_a_returned_application_tells_why(home: House):
    officer = await at_the_counter(home)
    await officer.send(NEW, matter="password", reason="密码遗失", key="k1")
    blank = await officer.send(f"{CASE}/return", reason="", key="k2")
    assert blank.status_code == 422
    await officer.send(f"{CASE}/return", reason="缺法定代表人签字", key="k3")
    assert "缺法定代表人签字" in (await officer.get(CASE)).text
    clerk = await home.specialist(NO)
    assert "缺法定代表人签字" in (await clerk.get("/account")).text


async def test_3_6_a_change_without_a_name_is_marked_at_its_field(home: House):
    officer = await at_the_counter(home)
    page = await officer.send(
        NEW, matter="specialist", reason="离职", **LI | {"specialist__name": ""}, key="k1"
    )
    assert page.status_code == 422
    assert 'id="h-specialist.name"' in page.text
    assert 'value="离职"' in page.text


async def test_3_6_the_list_shows_who_waits_how_long(home: House):
    officer = await at_the_counter(home)
    await officer.send(NEW, matter="password", reason="密码遗失", key="k1")
    page = (await officer.get("/desk/applications?state=received")).text
    assert "密码遗失" in page
    assert "已 0 天" in page
    assert "没有这一状态的申请" in (await officer.get("/desk/applications?state=done")).text


async def test_3_6_the_employer_prints_the_form_with_its_own_data(home: House):
    await at_the_counter(home)
    clerk = await home.specialist(NO)
    text = pdf_text((await clerk.get("/account/applications/specialist.pdf")).content)
    assert "社会保险专管员变更申请书" in text
    assert "烟台海源机械有限公司" in text
    assert "王敏" in text
    blank = pdf_text((await home.stranger().get("/guide/password.pdf")).content)
    assert "密码重置申请书" in blank
    assert "烟台海源机械有限公司" not in blank


async def test_3_6_a_revoked_account_is_out_and_a_later_session_stays(home: House):
    early = await home.specialist(NO)
    token = early.client.cookies["sid"]
    before = wall_now()
    late = await home.specialist(NO)
    await home.gateway.take(AccountRevoked(version=1, account=NO, before=before, why="reset"))
    assert await store.find(home.gateway.chassis, token, 30) is None
    assert (await early.get("/account")).headers["location"] == "/log-in"
    assert await store.find(home.gateway.chassis, late.client.cookies["sid"], 30) is not None
