"""What an officer does at the desk reaches the right owner, in the right name, once; faults stand at their field."""

from __future__ import annotations

import json
from io import BytesIO
from uuid import UUID

from pypdf import PdfReader

from contracts.errors import chassis as codes
from contracts.http.chassis import LetterReplayed
from contracts.http.enrollment import DecreaseState
from contracts.http.notices import OrderPage, OrderState, Released
from contracts.values import Channel, Role
from services.chassis.problems import Problem
from tests.gateway.desk import samples
from tests.gateway.desk.city import E, fill
from tests.gateway.desk.test_opening import NEW
from tests.servers.house import DAY, Asked, House

CASE = "/desk/counter/Z201609-000002"


async def city(home: House) -> None:
    await (await home.officer(Role.COUNTER)).send("/desk/employers/new", **NEW)
    fill(home)


def only(asked: list[Asked]) -> Asked:
    (one,) = asked
    return one


async def test_3_1_a_case_is_confirmed_at_the_counter_with_the_papers_seen(home: House):
    await city(home)
    officer = await home.officer(Role.COUNTER)
    home.enrollment.tell("POST", "/increases/Z201609-000002/confirm", samples.INCREASES.rows[0])
    page = await officer.get(CASE)
    assert "5,431.37 元，缴费基数 5,431 元" in page.text
    assert "确认后立即参保，自2016年8月起缴费" in page.text
    done = await officer.send(
        f"{CASE}/confirm", filing_materials="1", staff_register="1", two_tables="1", note="齐", key="k1"
    )
    assert (done.status_code, done.headers["location"]) == (303, "/desk/counter?said=increase_confirmed")
    asked = only(home.enrollment.commands())
    assert (asked.caller.employer_no, asked.caller.district, asked.caller.channel) == (
        samples.EMPLOYER,
        "370602",
        Channel.COUNTER,
    )
    assert json.loads(asked.body) == {
        "filing_materials": True,
        "staff_register": True,
        "two_tables": True,
        "note": "齐",
    }
    assert asked.key == "k1"


async def test_3_1_a_refused_confirmation_keeps_what_was_ticked(home: House):
    await city(home)
    home.enrollment.tell(
        "POST", "/increases/Z201609-000002/confirm", Problem(codes.CONFLICT, field="staff_register")
    )
    officer = await home.officer(Role.COUNTER)
    page = await officer.send(f"{CASE}/confirm", filing_materials="1")
    assert page.status_code == 409
    assert page.text.count(" checked") == 1
    assert "该内容已被他人修改" in page.text
    assert '<fieldset class="bad">' in page.text


async def test_3_1_a_return_needs_its_reason(home: House):
    await city(home)
    officer = await home.officer(Role.COUNTER)
    page = await officer.send(f"{CASE}/return", reason="  ")
    assert page.status_code == 422
    assert '<div class="hint" id="h-reason">请填写</div>' in page.text
    assert home.enrollment.commands() == []
    home.enrollment.tell("POST", "/increases/Z201609-000002/return", samples.INCREASES.rows[0])
    done = await officer.send(f"{CASE}/return", reason="缺花名册")
    assert done.status_code == 303
    assert json.loads(only(home.enrollment.commands()).body) == {"reason": "缺花名册"}


async def test_3_2_a_decrease_on_behalf_carries_the_counters_mark(home: House):
    await city(home)
    officer = await home.officer(Role.COUNTER)
    path = f"{E}/roster/{samples.ENROLLMENT}/decrease"
    assert "正在为 <b>烟台海源机械有限公司</b>" in (await officer.get(path)).text
    wrong = await officer.send(path, left_on="9月5日", reason="27")
    assert '<div class="hint" id="h-left_on">请填写日期，如 2016-09-10</div>' in wrong.text
    assert home.enrollment.commands() == []
    home.enrollment.tell("POST", "/decreases", samples.DECREASE)
    done = await officer.send(path, left_on="2016-09-05", reason="27")
    assert done.headers["location"] == f"{E}/roster?said=decrease_queued"
    asked = only(home.enrollment.commands())
    assert (asked.caller.employer_no, asked.caller.channel) == (samples.EMPLOYER, Channel.COUNTER)
    assert json.loads(asked.body)["left_on"] == "2016-09-05"


async def test_A12_a_forced_decrease_takes_two_officers(home: House):
    await city(home)
    number = samples.DECREASE.submission_no
    home.enrollment.tell("POST", f"/decreases/{number}/force", samples.DECREASE)
    home.enrollment.tell("POST", f"/decreases/{number}/force/release", Problem(codes.SAME_OFFICER))
    officer = await home.officer(Role.COUNTER)
    empty = await officer.send(f"{E}/decreases/{number}/force", reason="")
    assert empty.status_code == 422
    done = await officer.send(f"{E}/decreases/{number}/force", reason="单位停产")
    assert done.headers["location"] == f"{E}/roster?said=decrease_proposed"
    same = await officer.send(f"{E}/decreases/{number}/release")
    assert same.status_code == 409
    assert "复核人与经办人不能为同一人" in same.text
    released = samples.DECREASE.model_copy(update={"state": DecreaseState.CONFIRMED_AUTO})
    home.enrollment.tell("POST", f"/decreases/{number}/force/release", released)
    second = await home.officer(Role.COUNTER, account="li.na")
    assert (await second.send(f"{E}/decreases/{number}/release")).status_code == 303


async def test_A23_arrears_of_a_day_and_their_slip(home: House):
    await city(home)
    officer = await home.officer(Role.COUNTER)
    page = (await officer.get(f"{E}/arrears?on=2016-10-20")).text
    for figure in ("¥ 8,774.63", "172.05", "119.03", "41.20", "5.41", "4.12", "2.29", "40 天"):
        assert figure in page
    home.billing.tell("POST", "/arrears/slips", samples.SLIP_VIEW)
    done = await officer.send(f"{E}/arrears/slip", pay_on="2016-10-20")
    assert done.headers["location"] == f"{E}/slips/{samples.SLIP}?said=slip_issued"
    asked = only(home.billing.commands())
    assert json.loads(asked.body) == {"pay_on": "2016-10-20"}
    assert asked.caller.employer_no == samples.EMPLOYER
    pdf = await officer.get(f"{E}/slips/{samples.SLIP}/pdf")
    assert "捌仟陆佰零贰元伍角捌分" in PdfReader(BytesIO(pdf.content)).pages[0].extract_text()


async def test_A30_money_at_the_counter_is_read_exactly(home: House):
    await city(home)
    officer = await home.officer(Role.FINANCE)
    form = {"employer_no": samples.EMPLOYER, "paid_on": "2016-09-25", "reference": "SJ-0001"}
    for wrong in ("5000.001", "五千", "-5", "1,00", "1e3"):
        page = await officer.send("/desk/payments/counter", **form, amount=wrong)
        assert page.status_code == 422
        assert '<div class="hint" id="h-amount">请填写金额，单位元，最多两位小数</div>' in page.text
    assert home.billing.commands() == []
    home.billing.tell("POST", "/counter-payments", samples.payment(channel=Channel.COUNTER, amount=500000))
    done = await officer.send("/desk/payments/counter", **form, amount="5,000.00", key="k9")
    assert done.headers["location"] == f"/desk/payments/{samples.PAYMENT}?said=money_taken"
    asked = only(home.billing.commands())
    assert json.loads(asked.body)["amount"] == 500000
    assert asked.key == "k9"
    assert "先本金后滞纳金" in (await officer.get(done.headers["location"])).text


async def test_A31_ticked_orders_are_released_in_bulk(home: House):
    await city(home)
    other = samples.order(id=UUID(int=12), employer_name="烟台芝罘渔具店")
    home.notices.tell("GET", "/orders", OrderPage(total=2, rows=(samples.order(), other)))
    officer = await home.officer(Role.COLLECTION)
    page = (await officer.get("/desk/orders")).text
    assert page.count('name="ids"') == 2
    none = await officer.send("/desk/orders/release")
    assert none.status_code == 422
    assert home.notices.commands() == []
    home.notices.tell("POST", "/orders/release", Released(rows=()))
    done = await officer.send(
        "/desk/orders/release", ids=[str(samples.ORDER), str(other.id)], phone="0535-6600000"
    )
    assert done.headers["location"] == "/desk/orders?state=issued&said=orders_released"
    asked = only(home.notices.commands())
    assert json.loads(asked.body) == {"ids": [str(samples.ORDER), str(other.id)], "phone": "0535-6600000"}


async def test_3_4_a_search_looks_through_orders_of_all_states(home: House):
    await city(home)
    officer = await home.officer(Role.COLLECTION)
    await officer.get("/desk/orders")
    page = (await officer.get("/desk/orders?text= 海源 ")).text
    assert [one.query for one in home.notices.asked if one.path == "/orders"] == [
        "state=prepared&page=1",
        "text=%E6%B5%B7%E6%BA%90&page=1",
    ]
    assert 'value="海源"' in page
    assert 'name="ids"' not in page
    home.notices.tell("GET", "/orders", OrderPage(total=0, rows=()))
    assert "没有找到“海源”的通知书" in (await officer.get("/desk/orders?text=海源")).text


async def test_A31_an_order_is_printed_only_as_issued(home: House):
    await city(home)
    officer = await home.officer(Role.COLLECTION)
    assert (await officer.get(f"/desk/orders/{samples.ORDER}/pdf")).status_code == 404
    issued = samples.order(
        state=OrderState.ISSUED,
        order_no="烟芝社保责〔2016〕第0001号",
        issued_on=DAY,
        issued_by="gao.min",
        digest="ab12",
        paragraphs=(
            "责令限期缴纳社会保险费通知书",
            "烟芝社保责〔2016〕第0001号",
            "烟台海源机械有限公司：",
            "联系电话：12333",
            "2016年9月12日",
        ),
    )
    home.notices.tell("GET", f"/orders/{samples.ORDER}", issued)
    pdf = await officer.get(f"/desk/orders/{samples.ORDER}/pdf")
    assert pdf.headers["content-type"] == "application/pdf"
    assert "烟台海源机械有限公司" in PdfReader(BytesIO(pdf.content)).pages[0].extract_text()


async def test_3_a_notice_is_posted_whole_or_not_at_all(home: House):
    await city(home)
    editor = await home.officer(Role.NOTICE_EDITOR)
    page = await editor.send("/desk/notices", title="停机通知", body=" ")
    assert page.status_code == 422
    assert '<div class="hint" id="h-body">请填写</div>' in page.text
    assert 'value="停机通知"' in page.text
    home.notices.tell("POST", "/board", samples.NOTICE)
    done = await editor.send("/desk/notices", title="停机通知", body="9月12日停机。")
    assert done.headers["location"] == "/desk/notices?said=notice_posted"


async def test_1_5_the_drafter_sees_no_release_and_is_told_why(home: House):
    await city(home)
    drafter = await home.officer(Role.POLICY, account="zhou.jie")
    page = (await drafter.get("/desk/policy")).text
    assert "须由另一名工作人员复核" in page
    assert "复核发布</button>" not in page
    second = await home.officer(Role.POLICY, account="sun.tao")
    assert "复核发布</button>" in (await second.get("/desk/policy")).text
    path = f"/limits/{samples.DRAFT}/release"
    home.enrollment.tell("POST", path, Problem(codes.SAME_OFFICER))
    refused = await drafter.send(f"/desk/policy{path}")
    assert refused.status_code == 409
    assert "复核人与经办人不能为同一人" in refused.text
    assert "请由另一名工作人员复核" in refused.text
    home.enrollment.tell("POST", path, samples.LIMITS)
    done = await second.send(f"/desk/policy{path}")
    assert done.headers["location"] == "/desk/policy?said=policy_released"


async def test_1_5_a_job_that_waits_for_policy_data_names_what_is_missing(home: House):
    fill(home)
    page = (await (await home.officer(Role.POLICY)).get("/desk/policy")).text
    assert "2016年9月1日 的批处理停下等待：" in page
    assert "缺少机关事业单位费率（2016-09）的政策数据" in page


async def test_3_3_limits_are_drafted_in_yuan(home: House):
    officer = await home.officer(Role.POLICY)
    home.enrollment.tell("POST", "/limits", samples.LIMITS)
    form = {
        "year": "2017",
        "average_wage": "63,562",
        "floor": "3178",
        "ceiling": "15,891.00",
        "effective_from": "2017-01",
        "published_on": "2017-06-01",
        "document_no": "鲁人社发〔2017〕1号",
    }
    wrong = await officer.send(
        "/desk/policy/limits/new", **form | {"floor": "三千", "effective_from": "2017"}
    )
    assert '<div class="hint" id="h-floor">请填写金额，单位元，最多两位小数</div>' in wrong.text
    assert '<div class="hint" id="h-effective_from">请填写年月，如 2016-09</div>' in wrong.text
    assert home.enrollment.commands() == []
    assert (await officer.send("/desk/policy/limits/new", **form)).status_code == 303
    sent = json.loads(only(home.enrollment.commands()).body)
    assert (sent["floor"], sent["ceiling"], sent["average_wage"]) == (317800, 1589100, 6356200)


async def test_3_1_rates_are_drafted_in_per_cent(home: House):
    officer = await home.officer(Role.POLICY)
    home.billing.tell("POST", "/rates", samples.RATES)
    form = {"scheme": "enterprise", "effective_from": "2017-01", "document_no": "鲁人社发〔2017〕2号"}
    rates = {"pension__unit": "18", "pension__person": "8", "unemployment__unit": "0.7", "injury__unit": "0"}
    bad = await officer.send("/desk/policy/rates/new", **form, **rates | {"pension__unit": "101"})
    assert "费率不能超过 100%" in bad.text
    none = await officer.send("/desk/policy/rates/new", **form)
    assert none.status_code == 422
    assert home.billing.commands() == []
    assert (await officer.send("/desk/policy/rates/new", **form, **rates)).status_code == 303
    sent = json.loads(only(home.billing.commands()).body)
    assert [(rate["kind"], rate["unit"], rate["person"]) for rate in sent["rates"]] == [
        ("pension", 180000, 80000),
        ("unemployment", 7000, 0),
        ("injury", 0, 0),
    ]


async def test_laws_dead_letters_are_shown_and_replayed(home: House):
    fill(home)
    officer = await home.officer(Role.SYSTEM_ADMIN)
    page = (await officer.get("/desk/audit")).text
    assert "缺少机关事业单位费率（2016-09）的政策数据" in page
    assert "ValueError: amount" in page
    done = await officer.send("/desk/audit/billing/dead-letters/7/replay")
    assert done.headers["location"] == "/desk/audit?said=letter_replayed"
    home.billing.tell("POST", "/dead-letters/7/replay", LetterReplayed(error="ValueError: amount"))
    again = await officer.send("/desk/audit/billing/dead-letters/7/replay")
    assert again.status_code == 409
    assert "消息仍停放在死信中，没有丢失" in again.text
    assert (await officer.send("/desk/audit/elsewhere/dead-letters/7/replay")).status_code == 404


async def test_laws_the_audit_chain_is_verified_and_names_what_was_changed(home: House):
    fill(home)
    auditor = await home.officer(Role.AUDIT_ADMIN)
    page = (await auditor.get("/desk/audit/verify?go=yes")).text
    assert "有改动</span> 记录 5" in page
    assert page.count("完整") == 4
    system = await home.officer(Role.SYSTEM_ADMIN)
    assert (await system.get("/desk/audit/verify?go=yes")).status_code == 403
    assert (await auditor.send("/desk/audit/billing/dead-letters/7/replay")).status_code == 403


async def test_domain_5_a_serial_told_with_other_content_is_shown(home: House):
    await city(home)
    officer = await home.officer(Role.FINANCE)
    page = (await officer.get("/desk/payments/conflicts")).text
    assert ("8,602.59" in page, "ICBC20160909000001" in page, "没有入账" in page) == (True, True, True)
    assert (await (await home.officer(Role.COUNTER)).get("/desk/payments/conflicts")).status_code == 403


async def test_2_3_an_officers_name_goes_along_for_documents_and_no_specialists_does(home: House):
    fill(home)
    await (await home.officer(Role.COLLECTION)).get("/desk/orders")
    assert home.notices.asked[-1].caller.signs_as == "高敏"
    await (await home.specialist()).get("/orders")
    assert home.notices.asked[-1].caller.name == ""


async def test_5_what_has_no_page_yet_says_where_it_is_done_meanwhile(home: House):
    fill(home)
    page = (await (await home.officer(Role.AUDITOR, Role.COUNTER, Role.FINANCE)).get("/desk")).text
    assert page.count("凭书面材料在柜台办理") == 1
    assert "与银行对账单人工核对" in page
