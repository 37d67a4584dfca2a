"""What the portal's forms send to the owners, and what bad input gets."""

from __future__ import annotations

import json
import re

import pytest

from contracts.errors.code import Fault
from contracts.http import billing, enrollment
from gateway.portal.packed import INCREASES
from gateway.sheets import write
from services.enrollment.choices import choices
from tests.gateway.desk import samples
from tests.gateway.portal.city import ARREARS_SLIP, DECREASE_ROW, OPEN_BILL, OTHER, PREVIEW_ROW, REMINDERS
from tests.servers.house import House

FILLED = {
    "name": "李秀英",
    "id_number": "370602199001010017",
    "household": "本地城镇",
    "home_address": "烟台市芝罘区毓璜顶东路20号",
    "phone": "13805350001",
    "hired_on": "2016-09-01",
    "monthly_wage": "5431.37",
}
RAW = enrollment.RawIncrease.model_validate(FILLED)
_PACKED = re.compile(r'name="packed" value="([^"]+)"')
_KEY = re.compile(r'name="key" value="([^"]+)"')
FAULT = Fault(field="phone", code="phone", message="手机号码应为11位", value="1380")


async def test_3_1_an_increase_is_checked_priced_and_sent_once(home: House):
    person = await home.specialist()
    await person.get("/increase/new")
    page = await person.send("/increase/check", **FILLED)
    assert page.status_code == 200
    assert ("2016年10月8日" in page.text, "2,058.36" in page.text) == (True, True)
    for heading, stands in (("证件类型", "按证件号码认定"), ("用工形式", "合同制职工"), ("增加原因", "其他")):
        assert f'<dt>{heading}</dt><dd>{stands} <span class="tag warn">未选</span></dd>' in page.text
    assert "<dt>户籍性质</dt><dd>本地城镇</dd>" in page.text
    packed, key = _PACKED.findall(page.text)[0], _KEY.findall(page.text)[0]
    answers = [await person.send("/increase/send", packed=packed, key=key) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].headers["location"] == "/increase/Z201609-000003?said=increase_sent"
    sent = [one for one in home.enrollment.commands() if one.path == "/increases"]
    assert [one.key for one in sent] == [key, key]
    rows = enrollment.IncreaseBatch.model_validate_json(sent[0].body).rows
    assert rows == (RAW,)


async def test_3_1_a_faulty_row_returns_to_its_field_and_nothing_is_sent(home: House):
    refused = PREVIEW_ROW.model_copy(update={"path": enrollment.Path.REFUSED, "faults": (FAULT,)})
    preview = enrollment.Preview(rows=(refused,), auto=0, counter=0, refused=1)
    home.enrollment.tell("POST", "/increases/preview", preview)
    person = await home.specialist()
    page = await person.send("/increase/check", **FILLED | {"phone": "1380"})
    assert page.status_code == 422
    assert 'value="李秀英"' in page.text
    assert re.search(r'id="f-phone"[^>]*value="1380"[^>]*aria-invalid="true"', page.text)
    assert "手机号码应为11位" in page.text
    assert "/increases" not in {one.path for one in home.enrollment.commands()}


async def test_3_1_a_cell_that_is_too_long_keeps_what_was_typed(home: House):
    page = await (await home.specialist()).send("/increase/check", **FILLED | {"phone": "1" * 61})
    assert (page.status_code, home.enrollment.commands()) == (422, [])
    assert "内容过长" in page.text
    assert 'value="李秀英"' in page.text


@pytest.mark.parametrize("packed", ["", "?", "eJwDAAAAAAE=", "x" * 5000])
async def test_bad_input_packed_rows_that_are_none_are_refused(home: House, packed: str):
    person = await home.specialist()
    for path in ("/increase/send", "/increase/edit", "/increase/errors.xlsx"):
        answer = await person.send(path, packed=packed)
        assert answer.status_code == 422, path
        assert "提交的内容有误" in answer.text
    assert home.enrollment.commands() == []


async def test_3_1_a_sheet_is_previewed_and_its_faulty_rows_come_back(home: House):
    person = await home.specialist()
    template = await person.get("/increase/template.xlsx")
    assert template.headers["content-type"] == write.MEDIA_TYPE
    empty = await person.client.post(
        "/increase/sheet", data={"csrf": person.csrf}, files={"sheet": template.content}
    )
    assert (empty.status_code, "没有填写人员" in empty.text) == (422, True)
    rubbish = await person.client.post(
        "/increase/sheet", data={"csrf": person.csrf}, files={"sheet": b"PK\x03\x04no"}
    )
    assert (rubbish.status_code, "无法读取该文件" in rubbish.text) == (422, True)
    row = RAW.model_copy(update={"row": 2, "phone": "1380"})
    refused = PREVIEW_ROW.model_copy(update={"row": 2, "path": enrollment.Path.REFUSED, "faults": (FAULT,)})
    home.enrollment.tell(
        "POST", "/increases/preview", enrollment.Preview(rows=(refused,), auto=0, counter=0, refused=1)
    )
    filled = write.error_file(choices().columns, (row,), (refused,))
    page = await person.client.post("/increase/sheet", data={"csrf": person.csrf}, files={"sheet": filled})
    assert page.status_code == 200
    assert "手机号码应为11位" in page.text
    returned = await person.send("/increase/errors.xlsx", packed=_PACKED.findall(page.text)[0])
    assert returned.content.startswith(b"PK")
    asked = [one for one in home.enrollment.commands() if one.path == "/increases/preview"]
    rows = enrollment.RawRows.model_validate_json(asked[-1].body).rows
    assert [(one.row, one.name, one.phone) for one in rows] == [(2, "李秀英", "1380")]


async def test_3_1_a_cell_of_a_sheet_that_is_too_long_is_named(home: House):
    row = RAW.model_copy(update={"phone": "1" * 61})
    verdict = PREVIEW_ROW.model_copy(update={"faults": (FAULT,)})
    filled = write.error_file(choices().columns, (row,), (verdict,))
    person = await home.specialist()
    page = await person.client.post("/increase/sheet", data={"csrf": person.csrf}, files={"sheet": filled})
    assert (page.status_code, "第2行“联系电话”最多60字" in page.text) == (422, True)


async def test_A11_a_decrease_is_sent_and_a_waiting_one_withdrawn(home: House):
    person = await home.specialist()
    path = f"/decrease/new/{samples.ENROLLMENT}"
    form = await person.get(path)
    done = await person.send(path, left_on="2016-09-06", reason="27", key=_KEY.findall(form.text)[0])
    assert done.headers["location"] == "/decrease?said=own_decrease_queued"
    assert "缴清后自动生效" in (await person.get(done.headers["location"])).text
    (sent,) = [one for one in home.enrollment.commands() if one.path == "/decreases"]
    command = json.loads(sent.body)
    assert (command["enrollment_id"], command["left_on"], command["reason"], command["extra_date"]) == (
        str(samples.ENROLLMENT), "2016-09-06", "27", None,
    )  # fmt: skip
    back = await person.send("/decrease/J201609-000001/withdraw")
    assert back.headers["location"] == "/decrease?said=own_decrease_withdrawn"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"left_on": "2016-09-06"}, "请选择减员原因"),
        ({"left_on": "2016-9-31", "reason": "27"}, "请填写日期"),
        ({"left_on": "2016-09-06", "reason": "32"}, "请填写死亡日期"),
        ({"left_on": "2016-09-06", "reason": "99"}, "请说明原因"),
        ({"left_on": "2016-09-06", "reason": "77"}, "请选择减员原因"),
    ],
)
async def test_A13_bad_input_of_a_decrease_is_named_at_its_field(
    home: House, given: dict[str, str], message: str
):
    page = await (await home.specialist()).send(f"/decrease/new/{samples.ENROLLMENT}", **given)
    assert page.status_code == 422
    assert message in page.text
    assert home.enrollment.commands() == []


async def test_A22_confirming_sends_the_heads_and_sum_that_were_on_the_page(home: House):
    person = await home.specialist()
    page = await person.get("/bill/2016-09")
    assert "¥ 8,602.58" in page.text
    assert 'name="total" value="860258"' in page.text
    done = await person.send("/bill/2016-09/confirm", version="1", total="860258", key="k1")
    assert done.headers["location"] == "/bill/2016-09?said=confirmed"
    (sent,) = home.billing.commands()
    assert (json.loads(sent.body), sent.key) == ({"version": 1, "total": 860258}, "k1")


@pytest.mark.parametrize(
    "fields", [{}, {"version": "1"}, {"version": "x", "total": "1"}, {"version": "1", "total": "8,602.58"}]
)
async def test_bad_input_of_a_confirmation_is_refused(home: House, fields: dict[str, str]):
    answer = await (await home.specialist()).send("/bill/2016-09/confirm", **fields)
    assert (answer.status_code, home.billing.commands()) == (422, [])


async def test_bad_input_in_addresses_is_answered_with_a_page(home: House):
    person = await home.specialist()
    for path in (
        "/bill/2016-13",
        "/bill/x",
        "/increase?page=0",
        "/roster/x",
        "/bill/2016-09/lines?kind=x",
        "/arrears?on=x",
    ):
        answer = await person.get(path)
        assert answer.status_code in {404, 422}, path
        assert answer.text.count("<h1") == 1


async def test_A23_an_arrears_slip_is_made_for_the_chosen_day_and_no_past_one(home: House):
    person = await home.specialist()
    page = await person.get("/arrears?on=2016-10-20")
    assert ("8,774.63" in page.text, "172.05" in page.text, "40 天" in page.text) == (True, True, True)
    done = await person.send("/arrears/slips", pay_on="2016-10-20", key="k")
    assert done.headers["location"] == f"/slips/{samples.SLIP}?said=slip_issued"
    assert json.loads(home.billing.commands()[0].body) == {"pay_on": "2016-10-20"}
    for day in ("", "soon", "2016-09-06"):
        refused = await person.send("/arrears/slips", pay_on=day)
        assert refused.status_code == 422
        assert "请填写今天或以后的日期" in refused.text, day + refused.text
    assert len(home.billing.commands()) == 1


async def test_A31_only_signing_for_an_order_opens_it(home: House):
    person = await home.specialist()
    before = await person.get(f"/orders/{OTHER}")
    assert "打开即为签收送达" in before.text
    assert "8,602.58" not in before.text
    assert [one for one in home.notices.commands() if "orders" in one.path] == []
    done = await person.send(f"/orders/{OTHER}/open")
    assert done.headers["location"] == f"/orders/{OTHER}?said=order_served"
    after = await person.get(f"/orders/{samples.ORDER}")
    assert "共欠缴本金8,602.58元" in after.text


async def test_agreement_2_6_what_is_shown_is_recorded_as_read(home: House):
    person = await home.specialist()
    await person.get("/")
    assert home.notices.commands() == []
    await person.get("/results")
    await person.get(f"/notices/{samples.NOTICE.id}")
    assert [one.path.rsplit("/", 1)[1] for one in home.notices.commands()] == ["read", "read"]


@pytest.mark.parametrize("key", ["键", "a b", "a\r\nx: y", "k" * 201])
async def test_laws_a_form_with_an_unfit_key_is_refused_and_nothing_is_sent(home: House, key: str):
    person = await home.specialist()
    sent = await person.send("/decrease/J201609-000001/withdraw", key=key)
    assert (sent.status_code, "提交的内容有误" in sent.text) == (422, True)
    assert [one for one in home.enrollment.commands() if one.path.endswith("withdraw")] == []


async def test_clause_3_a_reminder_leads_to_what_is_due_and_is_read_by_being_shown(home: House):
    person = await home.specialist()
    page = (await person.get("/reminders")).text
    for words in (
        'href="/bill/2016-09">2016年9月社会保险费待缴纳，还有 2 天</a>',
        'href="/increase/Z201609-000002">增员申报 Z201609-000002 待柜台确认，今天截止</a>',
        "已办结",
    ):
        assert words in page
    (read,) = home.notices.commands()
    shown = [str(one.id) for one in REMINDERS]
    assert (read.path, json.loads(read.body)) == ("/reminders/read", {"ids": shown})
    assert "未读 3" in (await person.get("/unread")).text


async def test_agreement_2_8_printing_the_table_is_recorded(home: House):
    person = await home.specialist()
    page = await person.get("/increase/table.pdf?no=Z201609-000003&no=Z201609-000002")
    assert page.headers["content-type"] == "application/pdf"
    (sent,) = home.enrollment.commands()
    assert (sent.path, json.loads(sent.body)) == (
        "/increases/printed", {"submission_nos": ["Z201609-000003", "Z201609-000002"]},
    )  # fmt: skip
    assert {one.query for one in home.enrollment.asked if one.path.startswith("/increases/Z")} == {
        "clear=true"
    }
    nobody = await person.get("/increase/table.pdf")
    assert (nobody.status_code, "没有勾选要打印的人员" in nobody.text) == (422, True)


async def test_3_2_the_table_of_decreases_is_printed_for_those_chosen(home: House):
    home.enrollment.tell("POST", "/decreases/table", enrollment.DecreaseTable(rows=(DECREASE_ROW,)))
    person = await home.specialist()
    page = await person.get("/decrease/table.pdf?no=J201609-000001")
    assert page.headers["content-type"] == "application/pdf"
    (sent,) = home.enrollment.commands()
    assert (sent.path, json.loads(sent.body)) == (
        "/decreases/table", {"submission_nos": ["J201609-000001"]},
    )  # fmt: skip
    nobody = await person.get("/decrease/table.pdf")
    assert (nobody.status_code, "没有勾选要打印的人员" in nobody.text) == (422, True)
    assert 'name="no" value="J201609-000001"' in (await person.get("/decrease")).text
    assert "《人员减少表》" in (await person.get("/print")).text


async def test_3_2_no_day_of_leaving_is_chosen_for_the_clerk(home: House):
    page = await (await home.specialist()).get(f"/decrease/new/{samples.ENROLLMENT}")
    assert 'name="left_on" type="date" value=""' in page.text


async def test_rows_survive_packing_and_a_bomb_is_refused(home: House):
    rows = tuple(RAW.model_copy(update={"row": number}) for number in range(2, 2002))
    person = await home.specialist()
    sent = await person.send("/increase/send?partial=true", packed=INCREASES.pack(rows), key="k")
    assert sent.status_code == 303
    batch = enrollment.IncreaseBatch.model_validate_json(home.enrollment.commands()[0].body)
    assert (batch.rows, batch.partial) == (rows, True)


_HERE = re.compile(r'<li aria-current="step">([^<]+)</li>')


@pytest.mark.parametrize(
    ("slip", "here"), [(None, "选择缴费日期"), (ARREARS_SLIP, "缴费")], ids=["no slip", "slip"]
)
async def test_A23_a_late_month_was_never_confirmed_and_its_steps_say_so(
    home: House, slip: billing.SlipView | None, here: str
):
    late = {"state": billing.BillState.ARREARS, "slip": slip}
    home.billing.tell("GET", "/bills/2016-09", OPEN_BILL.model_copy(update=late))
    page = (await (await home.specialist()).get("/bill/2016-09")).text
    assert _HERE.findall(page) == [here]
    assert "核对人数和金额" not in page


async def test_A11_a_bill_that_changed_after_its_slip_says_so(home: House):
    changed = OPEN_BILL.model_copy(update={"voided_slip_no": samples.SLIP})
    home.billing.tell("GET", "/bills/2016-09", changed)
    page = (await (await home.specialist()).get("/bill/2016-09")).text
    assert "人员有变动，应缴已重新计算，请重新核对确认" in page


async def test_A23_a_slip_that_is_void_offers_no_code_to_scan(home: House):
    person = await home.specialist()
    good = (await person.get(f"/slips/{samples.SLIP}")).text
    void = samples.SLIP_VIEW.model_copy(update={"state": billing.SlipState.VOIDED})
    home.billing.tell("GET", f"/slips/{samples.SLIP}", void)
    page = (await person.get(f"/slips/{samples.SLIP}")).text
    assert ("缴费单二维码" in page, "请勿缴费" in page) == (False, True)
    assert "请勿缴费" not in good


async def test_agreement_2_8_printing_and_arrears_ask_for_the_slips(home: House):
    person = await home.specialist()
    for path in ("/print", "/arrears"):
        await person.get(path)
        assert "slips=true" in [one.query for one in home.billing.asked if one.path == "/bills"][-1], path


async def test_laws_a_person_is_searched_without_name_or_number_in_an_address(home: House):
    person = await home.specialist()
    await person.get("/roster")
    for path in ("/roster", "/decrease/new"):
        found = await person.send(path, text="370602199001010017")
        assert (found.status_code, samples.ROSTER_ROW.name in found.text) == (200, True)
        asked = home.enrollment.asked[-1]
        assert (asked.path, "370602199001010017" in asked.query) == ("/roster", True)
        assert 'action="' + path + '"' in found.text
        assert "text=" not in found.text
    listed = enrollment.RosterPage(total=120, page=2, rows=(samples.ROSTER_ROW,))
    home.enrollment.tell("GET", "/roster", listed)
    page = (await person.send("/roster", text="王", page="2")).text
    assert page.count('name="text" value="王"') == 2
    assert ('name="page" value="1"' in page, 'name="page" value="3"' in page) == (True, True)
