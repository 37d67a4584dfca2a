"""Registration and opening at the desk: the way of an employer into the system."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from contracts.values import Role
from tests.servers.house import TODAY, House, Person

NEW = {
    "name": "烟台海源机械有限公司",
    "credit_code": "91370600MA3C1A2B9T",
    "kind": "enterprise",
    "scheme": "enterprise",
    "district": "370602",
    "insured_from": "2016-09",
    "address": "烟台市芝罘区南大街1号",
    "postcode": "264001",
    "legal_representative": "王海",
    "injury_class": "4",
    "injury_float_percent": "100",
}
ALL_FIVE = ["authorisation", "agreement", "licence", "identity_original", "identity_copy"]
OPENING = {
    "agreement_signed_on": TODAY,
    "employer_handler": "王敏",
    "specialist__name": "王敏",
    "specialist__id_number": "370602199001010017",
    "specialist__mobile": "13805350000",
    "specialist__office_phone": "0535-6600000",
}
AT = "/desk/employers/3706000001"
_SECRET = re.compile(r'class="secret">([^<]+)<')
_SEALED = re.compile(r'name="sealed" value="([^"]+)"')


async def opened(officer: Person) -> str:
    """Register and open; returns the page with the slip."""
    assert (await officer.send("/desk/employers/new", **NEW)).status_code == 303
    page = await officer.send(f"{AT}/opening", materials=ALL_FIVE, **OPENING)
    assert page.status_code == 200, page.text
    return page.text


def pdf_text(content: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


async def test_4_2_a_wrong_credit_code_is_shown_at_its_character(home: House):
    officer = await home.officer(Role.COUNTER)
    page = await officer.send("/desk/employers/new", **NEW | {"credit_code": "91370600MA3C1A2B9X"})
    assert page.status_code == 422
    assert '<li class="bad">X<small>18</small></li>' in page.text
    assert page.text.count('<li class="bad">') == 1
    assert "第18位校验码应为“T”" in page.text
    assert 'value="烟台海源机械有限公司"' in page.text
    assert await home.registry.events() == []


async def test_4_2_registration_leads_to_the_employers_page(home: House):
    officer = await home.officer(Role.COUNTER)
    answer = await officer.send("/desk/employers/new", **NEW, key="k1")
    assert answer.headers["location"] == f"{AT}?said=employer_registered"
    again = await officer.send("/desk/employers/new", **NEW, key="k1")
    assert again.headers["location"] == answer.headers["location"]
    page = await officer.get(answer.headers["location"])
    assert "单位已登记" in page.text
    assert "办理开通" in page.text
    assert "第 4 类 × 100% = 0.9%" in page.text
    assert await home.registry.events() == [("EmployerRegistered", "3706000001")]


async def test_2_1_a_missing_material_is_named_at_its_tick(home: House):
    officer = await home.officer(Role.COUNTER)
    await officer.send("/desk/employers/new", **NEW)
    page = await officer.send(f"{AT}/opening", materials=ALL_FIVE[:4], **OPENING)
    assert page.status_code == 422
    assert '被授权人身份证复印件<span class="hint"> — 未提交' in page.text
    assert page.text.count("— 未提交") == 1
    assert page.text.count(" checked") == 4
    assert await home.registry.events() == [("EmployerRegistered", "3706000001")]


async def test_2_faults_of_the_opening_form_stand_at_their_fields(home: House):
    officer = await home.officer(Role.COUNTER)
    await officer.send("/desk/employers/new", **NEW)
    wrong = OPENING | {"specialist__mobile": "1380535", "agreement_signed_on": "昨天"}
    page = await officer.send(f"{AT}/opening", materials=ALL_FIVE, **wrong)
    assert page.status_code == 422
    assert '<div class="hint" id="h-specialist.mobile">格式不正确</div>' in page.text
    assert '<div class="hint" id="h-agreement_signed_on">请填写日期，如 2016-09-10</div>' in page.text


async def test_2_2_the_slip_with_the_initial_password_is_printed_once(home: House):
    officer = await home.officer(Role.COUNTER)
    page = await opened(officer)
    secret, sealed = _SECRET.findall(page)[0], _SEALED.findall(page)[0]
    assert secret not in sealed
    slip = await officer.send(f"{AT}/opening/slip", sealed=sealed)
    assert slip.headers["content-type"] == "application/pdf"
    text = pdf_text(slip.content)
    assert secret in text
    assert "370602〔2016〕第000001号" in text
    second = await officer.send(f"{AT}/opening/slip", sealed=sealed)
    assert second.status_code == 409
    assert "开通单只能打印一次" in second.text
    acts = await home.gateway.rows("SELECT act, employer_no FROM audit WHERE act = 'account_slip_printed'")
    assert acts == [{"act": "account_slip_printed", "employer_no": "3706000001"}]


async def test_2_2_a_slip_serves_its_own_officer_alone(home: House):
    page = await opened(await home.officer(Role.COUNTER))
    other = await home.officer(Role.COUNTER, account="li.na")
    sealed = _SEALED.findall(page)[0]
    assert (await other.send(f"{AT}/opening/slip", sealed=sealed)).status_code == 409
    assert (await other.send(f"{AT}/opening/slip", sealed=sealed[:-8] + "AAAAAAAA")).status_code == 422


async def test_2_2_no_stored_answer_holds_the_initial_password(home: House):
    page = await opened(await home.officer(Role.COUNTER))
    secret = _SECRET.findall(page)[0].encode()
    for service in (home.registry, home.gateway):
        kept = await service.rows("SELECT answer FROM idempotency_keys")
        assert not any(secret in bytes(row["answer"]) for row in kept)


async def test_3_the_specialist_enters_with_it_and_must_change_it(home: House):
    secret = _SECRET.findall(await opened(await home.officer(Role.COUNTER)))[0]
    specialist = home.stranger()
    entered = await specialist.send("/log-in", account="3706000001", password=secret)
    assert (entered.status_code, entered.headers["location"]) == (303, "/password")


@pytest.mark.parametrize(
    ("fields", "at", "told"),
    [
        ({"new": "short", "again": "short"}, "new", "新密码至少10位"),
        ({"new": "Haiyuan-2016-Sept", "again": "Haiyuan-2016-Sepx"}, "again", "两次输入的新密码不一致"),
        ({"old": "no", "new": "Haiyuan-2016-Sept", "again": "Haiyuan-2016-Sept"}, "old", "原密码不正确"),
    ],
)
async def test_3_what_is_wrong_with_a_new_password_stands_at_its_field(
    home: House, fields: dict[str, str], at: str, told: str
):
    secret = _SECRET.findall(await opened(await home.officer(Role.COUNTER)))[0]
    person = await home.specialist()
    page = await person.send("/password", **{"old": secret} | fields)
    assert page.status_code in {401, 403, 422}
    assert re.search(rf'id="f-{at}"[^>]*aria-invalid="true"', page.text)
    assert re.search(rf'id="h-{at}">{told}', page.text)
    assert page.text.count("aria-invalid") == 1


async def test_2_an_empty_opening_form_says_what_each_field_wants(home: House):
    officer = await home.officer(Role.COUNTER)
    await officer.send("/desk/employers/new", **NEW)
    page = (await officer.send(f"{AT}/opening", agreement_signed_on=TODAY)).text
    assert page.count("— 未提交") == 5
    assert '<div class="hint" id="h-specialist.mobile">请填写</div>' in page
    wrong = await officer.send(f"{AT}/opening", materials=ALL_FIVE, **OPENING | {"employer_handler": ""})
    assert "未提交" not in wrong.text
    assert '<fieldset class="bad">' not in wrong.text


async def test_4_2_an_empty_list_asks_to_choose(home: House):
    page = await (await home.officer(Role.COUNTER)).send("/desk/employers/new", **NEW | {"kind": ""})
    assert (page.status_code, '<div class="hint" id="h-kind">请选择</div>' in page.text) == (422, True)


async def test_2_an_opened_employer_is_not_opened_again(home: House):
    officer = await home.officer(Role.COUNTER)
    await opened(officer)
    page = await officer.get(f"{AT}/opening")
    assert "该单位已于2016年9月7日开通" in page.text
    again = await officer.send(f"{AT}/opening", materials=ALL_FIVE, **OPENING)
    assert again.status_code == 409


async def test_1_1_coverage_shows_who_is_still_closed(home: House):
    officer = await home.officer(Role.COUNTER)
    await officer.send("/desk/employers/new", **NEW)
    page = await officer.get("/desk/employers/coverage")
    assert "0.0%" in page.text
    await officer.send(f"{AT}/opening", materials=ALL_FIVE, **OPENING)
    assert "100.0%" in (await officer.get("/desk/employers/coverage")).text


async def test_laws_another_district_finds_nothing(home: House):
    await (await home.officer(Role.COUNTER)).send("/desk/employers/new", **NEW)
    for district, status, seen in (("370611", 404, False), ("370600", 200, True), ("370602", 200, True)):
        officer = await home.officer(Role.COUNTER, district=district)
        page = await officer.get(AT)
        assert page.status_code == status
        assert (NEW["name"] in page.text) == seen
        assert (NEW["name"] in (await officer.get("/desk/employers")).text) == seen


async def test_1_1_coverage_leaves_as_a_sheet_with_its_sums(home: House):
    officer = await home.officer(Role.COUNTER)
    assert (await officer.send("/desk/employers/new", **NEW)).status_code == 303
    content = (await officer.get("/desk/employers/coverage.xlsx")).content
    grid = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    assert grid == [
        ["区县代码", "区县", "已登记", "已开通", "未开通", "开通比例"],
        ["370602", "芝罘区", 1.0, 0.0, 1.0, 0.0],
        ["", "合计", 1.0, 0.0, 1.0, 0.0],
    ]
