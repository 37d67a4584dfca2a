"""Opening cases at the desk: received, papers printed, put right, opened or refused (clause 二)."""

from __future__ import annotations

import re

from contracts.values import Role
from tests.gateway.desk.test_opening import ALL_FIVE, AT, NEW, OPENING, pdf_text
from tests.servers.house import TODAY, House, Person

CASE = "/desk/employers/openings/K201609-000001"
_SECRET = re.compile(r'class="secret">([^<]+)<')


async def received(home: House) -> Person:
    officer = await home.officer(Role.COUNTER)
    await officer.send("/desk/employers/new", **NEW)
    answer = await officer.send(
        f"{AT}/opening/receive",
        way="receive",
        materials=ALL_FIVE[2:4],
        **OPENING | {"agreement_signed_on": ""},
    )
    assert answer.headers["location"] == f"{CASE}?said=opening_received"
    return officer


async def test_2_1_a_case_is_received_before_the_agreement_is_signed(home: House):
    officer = await received(home)
    page = (await officer.get(f"{CASE}?said=opening_received")).text
    assert "开通已受理" in page
    assert ("370602〔2016〕第000001号" in page, "370602********0017" in page) == (True, True)
    assert page.count(" checked") == 2
    text = "".join(pdf_text((await officer.send(f"{AT}/papers/agreement")).content).split())
    assert ("370602〔2016〕第000001号" in text, "乙方经办人：王敏" in text) == (True, True)
    assert "开通受理中" in (await officer.get(AT)).text
    assert (await officer.get(f"{AT}/opening")).headers["location"] == CASE
    assert "烟台海源机械有限公司" in (await officer.get("/desk/employers/openings")).text


async def test_2_2_a_case_that_lacks_a_material_is_named_and_then_opened(home: House):
    officer = await received(home)
    short = await officer.send(f"{CASE}/open", materials=ALL_FIVE[:4], agreement_signed_on=TODAY)
    assert (short.status_code, short.text.count("— 未提交")) == (422, 1)
    done = await officer.send(f"{CASE}/open", materials=ALL_FIVE, agreement_signed_on=TODAY)
    assert done.status_code == 200
    assert len(_SECRET.findall(done.text)) == 1
    page = (await officer.get(CASE)).text
    assert ("已开通" in page, "逐项核对" in page) == (True, False)
    assert "已开通，初始密码未改" in (await officer.get(AT)).text


async def test_2_2_putting_right_and_refusing_want_a_reason(home: House):
    officer = await received(home)
    for act, field in (("again", "again_for"), ("refuse", "refused_for")):
        empty = await officer.send(f"{CASE}/{act}", **{field: ""})
        assert empty.status_code == 422
        assert f'<div class="hint" id="h-{field}">请填写</div>' in empty.text
    again = await officer.send(f"{CASE}/again", again_for="授权书缺单位公章")
    assert again.headers["location"] == f"{CASE}?said=opening_again"
    assert "授权书缺单位公章" in (await officer.get(CASE)).text
    refused = await officer.send(f"{CASE}/refuse", refused_for="登记信息与证照不符")
    assert refused.headers["location"] == f"{CASE}?said=opening_refuse"
    page = (await officer.get(CASE)).text
    assert ("登记信息与证照不符" in page, "打印协议书" in page) == (True, False)


async def test_2_1_faults_of_a_receipt_stand_at_their_fields(home: House):
    officer = await home.officer(Role.COUNTER)
    await officer.send("/desk/employers/new", **NEW)
    page = await officer.send(
        f"{AT}/opening/receive", way="receive", **OPENING | {"specialist__mobile": "138"}
    )
    assert page.status_code == 422
    assert '<div class="hint" id="h-specialist.mobile">格式不正确</div>' in page.text
    assert "未提交" not in page.text


async def test_2_1_the_licence_is_named_by_the_kind_of_employer(home: House):
    officer = await home.officer(Role.COUNTER)
    organ = {"kind": "institution", "scheme": "government", "credit_code": "12370600495100010B"}
    assert (await officer.send("/desk/employers/new", **NEW | organ)).status_code == 303
    page = (await officer.get(f"{AT}/opening")).text
    assert ("规定的有效证照（事业单位法人证书等）" in page, "《营业执照》副本" in page) == (True, False)
