"""The desk with the real registry, enrollment and notices: opened, a late increase confirmed, a decrease."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest

from contracts.events.base import Event
from contracts.events.catalogue import EVENTS
from contracts.values import Role
from services.enrollment.app import create as create_enrollment
from services.notices.app import create as create_notices
from tests.gateway.desk.test_opening import ALL_FIVE, AT, NEW, OPENING
from tests.servers.bare_service import BareService
from tests.servers.house import House, house
from tests.servers.postgres import Databases

LATE = {
    "name": "赵倩倩",
    "id_kind": "居民身份证",
    "id_number": "37061119880808123X",
    "household": "本地城镇",
    "household_address": "烟台市福山区",
    "home_address": "烟台市芝罘区毓璜顶东路20号",
    "phone": "13805350001",
    "hired_on": "2016-08-01",
    "reason": "新参保",
    "monthly_wage": "5431.37",
}


async def carry(source: BareService, *targets: BareService) -> None:
    """What the broker does: events of one outbox to each subscriber."""
    for row in await source.rows("SELECT type, topic, body FROM outbox ORDER BY id"):
        event: Event = EVENTS[row["type"]].model_validate(row["body"])
        for target in targets:
            if row["topic"] in target.chassis.service.consumers.topics():
                await target.take(event)


@pytest.fixture
async def city(databases: Databases) -> AsyncIterator[House]:
    async with house(databases, enrollment=create_enrollment, notices=create_notices) as home:
        yield home


async def opened(home: House) -> None:
    officer = await home.officer(Role.COUNTER)
    await officer.send("/desk/employers/new", **NEW | {"insured_from": "2016-08"})
    assert (await officer.send(f"{AT}/opening", materials=ALL_FIVE, **OPENING)).status_code == 200
    await carry(home.registry, home.real["enrollment"], home.real["notices"])


async def test_3_1_a_late_increase_is_confirmed_at_the_desk(city: House):
    await opened(city)
    specialist = await city.specialist()
    bearer = {"authorization": f"Bearer {specialist.client.cookies['sid']}"}
    sent = await city.gateway.client.post(
        "/api/v1/employers/3706000001/increases", json={"rows": [LATE]}, headers=bearer
    )
    assert sent.status_code == 200, sent.text
    (number,) = [row["submission_no"] for row in sent.json()["accepted"]]
    officer = await city.officer(Role.COUNTER)
    assert "赵倩倩" in (await officer.get("/desk/counter")).text
    assert "增员柜台确认" in (await officer.get("/desk")).text
    missing = await officer.send(f"/desk/counter/{number}/confirm", filing_materials="1")
    assert missing.status_code == 422
    assert "花名册" in missing.text
    elsewhere = await city.officer(Role.COUNTER, district="370611")
    assert (await elsewhere.get(f"/desk/counter/{number}")).status_code == 404
    assert "赵倩倩" not in (await elsewhere.get("/desk/counter")).text
    papers = {"filing_materials": "1", "staff_register": "1", "two_tables": "1"}
    done = await officer.send(f"/desk/counter/{number}/confirm", **papers)
    assert done.status_code == 303, done.text
    assert "没有待确认的增员" in (await officer.get("/desk/counter")).text
    assert "赵倩倩" in (await officer.get("/desk/counter?state=confirmed_counter")).text
    roster = (await officer.get(f"{AT}/roster")).text
    assert "370611********123X" in roster
    (path,) = re.findall(r'href="(/desk/employers/3706000001/roster/[^"]+/decrease)"', roster)
    form = await officer.get(path)
    assert form.status_code == 200
    queued = await officer.send(path, left_on="2016-09-06", reason="27")
    assert queued.status_code == 303, queued.text
    after = (await officer.get(queued.headers["location"])).text
    assert "本人辞职" in after
    assert "减员已" in after


async def test_agreement_5_an_increase_at_the_counter_leads_to_its_confirmation(city: House):
    await opened(city)
    officer = await city.officer(Role.COUNTER)
    page = (await officer.get(f"{AT}/increase")).text
    assert "户籍性质" in page
    wrong = await officer.send(f"{AT}/increase", **LATE | {"id_number": "370611198808081231", "phone": ""})
    assert wrong.status_code == 422
    assert 'id="f-id_number" name="id_number" type="text" value="370611198808081231"' in wrong.text
    assert wrong.text.count('class="field bad"') == 2
    late = await officer.send(f"{AT}/increase", **LATE)
    assert late.headers["location"].startswith("/desk/counter/Z")
    assert "超过" in (await officer.get(late.headers["location"])).text
    soon = LATE | {"name": "张伟", "id_number": "370681199510107891", "hired_on": "2016-09-01"}
    done = await officer.send(f"{AT}/increase", **soon)
    assert done.headers["location"] == f"{AT}/roster?said=increase_confirmed"
    assert "张伟" in (await officer.get(done.headers["location"])).text
    channels = await city.real["enrollment"].rows("SELECT DISTINCT channel FROM audit")
    assert channels == [{"channel": "counter"}]


async def test_3_a_notice_is_posted_and_listed(city: House):
    await opened(city)
    editor = await city.officer(Role.NOTICE_EDITOR)
    assert (await editor.get("/desk/notices")).status_code == 200
    done = await editor.send("/desk/notices", title="延时服务", body="9月8日至10日延时至18:00。")
    assert done.status_code == 303, done.text
    assert "延时服务" in (await editor.get("/desk/notices")).text
    collection = await city.officer(Role.COLLECTION)
    for state in ("prepared", "issued", "served", "settled", "lapsed"):
        assert (await collection.get(f"/desk/orders?state={state}")).status_code == 200


async def test_3_3_limits_take_two_officers(city: House):
    drafter = await city.officer(Role.POLICY, account="zhou.jie", district="370600")
    page = (await drafter.get("/desk/policy")).text
    assert "2,910" in page
    form = {
        "year": "2019",
        "average_wage": "72000",
        "floor": "3600",
        "ceiling": "18000",
        "effective_from": "2019-01",
        "published_on": "2019-06-01",
        "document_no": "鲁人社发〔2019〕1号",
    }
    drafted = await drafter.send("/desk/policy/limits/new", **form)
    assert drafted.status_code == 303, drafted.text
    second = await city.officer(Role.POLICY, account="sun.tao", district="370600")
    (path,) = re.findall(
        r'action="(/desk/policy/limits/[^"]+/release)"', (await second.get("/desk/policy")).text
    )
    same = await drafter.send(path)
    assert same.status_code == 409
    assert "复核人与经办人不能为同一人" in same.text
    assert (await second.send(path)).status_code == 303
    assert "zhou.jie 录入，sun.tao 复核" in (await drafter.get("/desk/policy")).text
