"""注销登记 through the employer's page and the desk (A20, 1.4)."""

from __future__ import annotations

from contracts.events.registry import AccountRevoked
from services.chassis.clocks import wall_now
from tests.billing.facts import started
from tests.gateway.desk.test_applications import NO, at_the_counter
from tests.servers.house import House, Person

OWN = "/account/deregistration"
LIST = "/desk/employers/deregistrations"
CASE = f"{LIST}/X201609-000001"
COUNTER = f"/desk/employers/{NO}/deregistration"
ENDED = {
    "ground": "dissolved",
    "ended_on": "2016-09-07",
    "document": "准予注销登记通知书",
    "reason": "股东会决议解散",
}


async def both(home: House) -> tuple[Person, Person]:
    return await at_the_counter(home), await home.specialist(NO)


async def test_A20_an_employer_files_the_officer_accepts_and_nobody_enters_any_more(home: House):
    officer, clerk = await both(home)
    assert "可以办理注销登记" in (await clerk.get(OWN)).text
    filed = await clerk.send(OWN, **ENDED, key="k1")
    assert filed.headers["location"] == f"{OWN}?said=deregistration_filed"
    assert "待审核" in (await clerk.get(OWN)).text
    assert "X201609-000001" in (await officer.get(LIST)).text
    assert "准予注销登记通知书" in (await officer.get(CASE)).text
    done = await officer.send(f"{CASE}/accept", key="k2")
    assert done.headers["location"] == f"{LIST}?said=deregistration_accepted"
    page = (await officer.get(f"/desk/employers/{NO}")).text
    assert "已注销" in page
    assert "办理开通" not in page
    revoked = AccountRevoked(version=1, account=NO, before=wall_now(), why="deregistered")
    await home.gateway.take(revoked)
    assert (await clerk.get(OWN)).headers["location"] == "/log-in"


async def test_A20_what_stands_in_the_way_is_shown_before_anybody_files(home: House):
    officer, clerk = await both(home)
    await home.registry.take(started(1, 543100))
    for person, page in ((clerk, OWN), (officer, COUNTER)):
        text = (await person.get(page)).text
        assert "尚有1人在册参保，请先办理减员" in text
        assert 'name="ground"' not in text
    refused = await clerk.send(OWN, **ENDED, key="k1")
    assert (refused.status_code, "不能办理注销登记" in refused.text) == (409, True)


async def test_A20_what_has_come_since_keeps_the_officer_from_accepting(home: House):
    officer, _ = await both(home)
    filed = await officer.send(COUNTER, **ENDED, key="k1")
    assert filed.headers["location"] == CASE
    assert "准予注销" in (await officer.get(CASE)).text
    await home.registry.take(started(1, 543100))
    page = (await officer.get(CASE)).text
    assert "尚有1人在册参保" in page
    assert f"{CASE}/accept" not in page
    refused = await officer.send(f"{CASE}/accept", key="k2")
    assert (refused.status_code, "尚有1人在册参保" in refused.text) == (409, True)


async def test_2_6_a_refusal_is_read_with_its_reason_and_a_case_is_taken_back(home: House):
    officer, clerk = await both(home)
    await clerk.send(OWN, **ENDED, key="k1")
    assert (await officer.send(f"{CASE}/refuse", reason="", key="k2")).status_code == 422
    await officer.send(f"{CASE}/refuse", reason="缺清算报告", key="k3")
    assert "缺清算报告" in (await clerk.get(OWN)).text
    await clerk.send(OWN, **ENDED, key="k4")
    assert (await clerk.send(f"{OWN}/X201609-000002/withdraw")).status_code == 303
    assert "已撤回" in (await clerk.get(OWN)).text


async def test_4_2_faults_stand_at_their_fields(home: House):
    _, clerk = await both(home)
    page = (await clerk.send(OWN, **ENDED | {"ended_on": "2016-09-30", "ground": ""}, key="k1")).text
    assert 'id="h-ground"' in page
    late = (await clerk.send(OWN, **ENDED | {"ended_on": "2016-09-30"}, key="k2")).text
    assert 'id="h-ended_on"' in late
