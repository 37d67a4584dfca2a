"""登记变更 through the employer's pages and the desk (协议 二.7)."""

from __future__ import annotations

from tests.gateway.desk.test_applications import NO, at_the_counter
from tests.servers.house import House, Person

LIST, NEW = "/account/changes", "/account/changes/new"
CASE = "/desk/employers/changes/B201609-000001"
AS_IT_STANDS = {
    "name": "烟台海源机械有限公司",
    "address": "烟台市芝罘区南大街1号",
    "postcode": "264001",
    "legal_representative": "王海",
    "payment_way": "net_bank",
    "effective_on": "2016-09-07",
    "reason": "单位迁址",
}
AGENCYS = {
    "district": "370602",
    "paying_agency": "370602",
    "injury_class": "4",
    "injury_float_percent": "100",
}
MOVED = AS_IT_STANDS | {"address": "烟台市芝罘区北马路7号"}


async def both(home: House) -> tuple[Person, Person]:
    officer = await at_the_counter(home)
    return officer, await home.specialist(NO)


async def test_2_7_an_employer_files_and_reads_what_became_of_it(home: House):
    officer, clerk = await both(home)
    form = (await clerk.get(NEW)).text
    assert 'value="烟台市芝罘区南大街1号"' in form
    filed = await clerk.send(NEW, **MOVED, key="k1")
    assert filed.headers["location"] == f"{LIST}?said=change_filed"
    assert "待审核" in (await clerk.get(LIST)).text
    worklist = (await officer.get("/desk/employers/changes")).text
    assert "B201609-000001" in worklist
    page = (await officer.get(CASE)).text
    assert "烟台市芝罘区南大街1号" in page
    assert "<b>烟台市芝罘区北马路7号</b>" in page
    assert page.count("<th>变更前</th>") == 1
    accepted = await officer.send(f"{CASE}/accept", key="k2")
    assert accepted.headers["location"] == "/desk/employers/changes?said=change_accepted"
    assert "已生效" in (await clerk.get(LIST)).text
    assert "烟台市芝罘区北马路7号" in (await clerk.get("/account")).text


async def test_2_7_a_refusal_is_read_with_its_reason(home: House):
    officer, clerk = await both(home)
    await clerk.send(NEW, **MOVED, key="k1")
    assert (await officer.send(f"{CASE}/refuse", reason="", key="k2")).status_code == 422
    await officer.send(f"{CASE}/refuse", reason="与营业执照不一致", key="k3")
    assert "与营业执照不一致" in (await clerk.get(LIST)).text


async def test_2_7_the_employer_takes_back_what_nobody_has_decided(home: House):
    _, clerk = await both(home)
    await clerk.send(NEW, **MOVED, key="k1")
    assert (await clerk.send(f"{LIST}/B201609-000001/withdraw")).status_code == 303
    assert "已撤回" in (await clerk.get(LIST)).text


async def test_2_7_faults_stand_at_their_fields(home: House):
    _, clerk = await both(home)
    nothing = await clerk.send(NEW, **AS_IT_STANDS, key="k1")
    assert (nothing.status_code, "所填内容与现登记一致" in nothing.text) == (422, True)
    page = (await clerk.send(NEW, **MOVED | {"postcode": "26400"}, key="k2")).text
    assert 'id="h-postcode"' in page
    assert 'value="烟台市芝罘区北马路7号"' in page
    early = (await clerk.send(NEW, **MOVED | {"effective_on": "2016-09-01"}, key="k3")).text
    assert 'id="h-effective_on"' in early


async def test_4_2_the_counter_changes_what_is_the_agencys_to_determine(home: House):
    officer, clerk = await both(home)
    path = f"/desk/employers/{NO}/changes"
    assert "登记以来没有变更" in (await officer.get(path)).text
    given = AS_IT_STANDS | AGENCYS
    filed = await officer.send(path, **given | {"injury_float_percent": "120"}, key="k1")
    assert filed.headers["location"] == CASE
    assert "柜台" in (await officer.get(CASE)).text
    await officer.send(f"{CASE}/accept", key="k2")
    assert "第 3 版" in (await officer.get(path)).text
    assert "1.08%" in (await clerk.get("/account")).text
    wrong = await officer.send(path, **given | {"injury_float_percent": "70"}, key="k3")
    assert (wrong.status_code, "浮动档次只能为" in wrong.text) == (422, True)


async def test_4_2_the_counter_changes_the_kinds_from_the_first_of_a_month(home: House):
    officer, _ = await both(home)
    path = f"/desk/employers/{NO}/changes"
    form = (await officer.get(path)).text
    assert form.count('name="kinds"') == 6
    assert form.count(" checked") == 5
    four = ["pension", "medical", "unemployment", "injury"]
    given = AS_IT_STANDS | AGENCYS
    early = await officer.send(path, **given, kinds=four, key="k1")
    assert (early.status_code, "最早为2016-10-01" in early.text) == (422, True)
    filed = await officer.send(path, **given | {"effective_on": "2016-10-01"}, kinds=four, key="k2")
    assert filed.headers["location"] == CASE
    page = (await officer.get(CASE)).text
    assert "<b>企业职工基本养老、职工基本医疗、失业、工伤</b>" in page


async def test_4_2_the_employers_page_shows_every_version_with_old_new_day_and_officer(home: House):
    officer, _ = await both(home)
    await officer.get(f"/desk/employers/{NO}/changes")
    given = AS_IT_STANDS | AGENCYS | {"payment_way": "debit", "paying_agency": "370611"}
    five = ["pension", "medical", "unemployment", "injury", "maternity"]
    filed = await officer.send(f"/desk/employers/{NO}/changes", **given, kinds=five, key="k1")
    assert filed.status_code == 303
    await officer.send(f"{CASE}/accept", key="k2")
    page = (await officer.get(f"/desk/employers/{NO}")).text
    for words in (
        "登记历史",
        "网上银行",
        "<b>委托收款</b>",
        "<b>福山区</b>",
        "2016年9月7日",
        "gao.min",
        "B201609-000001",
    ):
        assert words in page, words
