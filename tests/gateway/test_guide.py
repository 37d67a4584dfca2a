"""办事须知: open without a log-in, in the measure's words, with the matters that an editor keeps."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date

import pytest

from contracts.values import Role
from gateway.app import create
from gateway.settings import Settings
from tests.servers.bare_service import bare_service
from tests.servers.house import House, house
from tests.servers.postgres import Databases

HOME = "/desk/notices/guide"
NEW: dict[str, str | list[str]] = {
    "title": "补办证件",
    "order": "2",
    "place": "参保地社会保险经办机构",
    "materials": "补办申请\n  登报声明 \n\n",
    "note": "缴清社会保险费后办理。\n<b>不是标记</b>",
    "forms": ["password"],
    "reason": "增加补办",
    "base": "1",
}


@pytest.fixture
async def home(databases: Databases) -> AsyncIterator[House]:
    async with house(databases) as made:
        yield made


async def test_agreement_4_2_the_guide_is_open_to_everybody(home: House):
    door, page = await home.stranger().get("/log-in"), await home.stranger().get("/guide")
    assert 'href="/guide"' in door.text
    assert page.status_code == 200
    for words in (
        "按照社会保险经办机构的规定操作、使用",
        "安装防护软件，加强网络安全",
        "不得向其他任何单位和个人透露",
        "网上未开通的业务",
        "一个工作日内办结",
        "不可抗力停办时",
        "《社会保险费网上申报缴纳协议书》（一式二份）",
        'href="/guide/papers/agreement.pdf"',
        'href="/guide/specialist.pdf"',
        "data-print",
    ):
        assert words in page.text


async def test_agreement_4_2_the_duties_stand_while_the_register_is_away(databases: Databases):
    def gateway(settings):
        return create(Settings(**dict(settings)))

    async with bare_service(databases, "gateway", gateway, date(2016, 9, 7)) as service:
        page = await service.client.get("/guide")
    assert page.status_code == 200
    assert ("安装防护软件" in page.text, "柜台办理的事项暂不可用" in page.text) == (True, True)


async def test_5_an_editor_adds_a_matter_and_everybody_reads_it_as_plain_text(home: House):
    editor = await home.officer(Role.NOTICE_EDITOR, district="370600", account="bian.ji")
    form = (await editor.get(f"{HOME}/11")).text
    assert 'name="base" value="1"' in form
    saved = await editor.send(f"{HOME}/11", **NEW)
    assert saved.headers["location"] == f"{HOME}?said=guide_edited"
    page = (await home.stranger().get("/guide")).text
    assert page.index("开通网上服务") < page.index("补办申请") < page.index("增员确认")
    assert ("<li>登报声明</li>" in page, "&lt;b&gt;不是标记&lt;/b&gt;" in page) == (True, True)
    desk = (await editor.get(HOME)).text
    assert ("第 2 版" in desk, "增加补办" in desk) == (True, True)
    assert "补办申请" not in (await editor.get(f"{HOME}/versions/1")).text
    acts = await home.registry.rows("SELECT act, subject, account FROM audit WHERE act = 'guide_edited'")
    assert [tuple(row.values()) for row in acts] == [("guide_edited", "guide/2", "bian.ji")]


async def test_5_a_matter_is_changed_moved_and_taken_out(home: House):
    editor = await home.officer(Role.NOTICE_EDITOR, district="370600")
    await editor.get(f"{HOME}/1")
    assert (await editor.send(f"{HOME}/3", **NEW | {"title": "重置密码", "order": "1"})).status_code == 303
    page = (await home.stranger().get("/guide")).text
    assert ("<h3>密码重置</h3>" in page, page.index("重置密码") < page.index("开通网上服务")) == (False, True)
    gone = await editor.send(f"{HOME}/1", act="remove", base="2", reason="重复")
    assert gone.status_code == 303
    assert "重置密码" not in (await home.stranger().get("/guide")).text


async def test_5_of_two_editors_the_later_is_told_and_nothing_is_lost(home: House):
    editor = await home.officer(Role.NOTICE_EDITOR, district="370600")
    await editor.get(f"{HOME}/11")
    assert (await editor.send(f"{HOME}/11", **NEW)).status_code == 303
    late = await editor.send(f"{HOME}/12", **NEW | {"title": "另一事项"})
    assert (late.status_code, "该内容已被他人修改" in late.text) == (409, True)
    assert 'value="另一事项"' in late.text


async def test_5_what_a_matter_lacks_stands_at_its_field(home: House):
    editor = await home.officer(Role.NOTICE_EDITOR, district="370600")
    await editor.get(f"{HOME}/11")
    page = await editor.send(f"{HOME}/11", **NEW | {"title": "", "order": "99"})
    assert page.status_code == 422
    assert ('id="h-title">请填写' in page.text, 'id="h-order">请填写 1 至 11' in page.text) == (True, True)
    page = await editor.send(f"{HOME}/11", **NEW | {"reason": ""})
    assert (page.status_code, 'id="h-reason">请填写' in page.text) == (422, True)


async def test_laws_the_guide_is_changed_by_an_editor_of_the_city_alone(home: House):
    district = await home.officer(Role.NOTICE_EDITOR)
    await district.get(f"{HOME}/11")
    assert (await district.send(f"{HOME}/11", **NEW)).status_code == 403
    counter = await home.officer(Role.COUNTER, district="370600")
    assert (await counter.get(HOME)).status_code == 403
    assert "补办申请" not in (await home.stranger().get("/guide")).text
