"""The words of an order to pay (2.3)."""

from dataclasses import replace
from datetime import date
from typing import Any

from contracts.events.billing import DebtSum
from contracts.month import Month
from contracts.values import DebtSort, Kind
from services.notices.rules.order_text import (
    OrderContent,
    OrderDebt,
    OrderText,
    chinese_day,
    digest,
    order_text,
    yuan,
)

SEPTEMBER = Month(2016, 9)


def debt(kind: Kind, unit: int, person: int, fee: int) -> OrderDebt:
    line = DebtSum(month=SEPTEMBER, kind=kind, sort=DebtSort.ORDINARY, unit=unit, person=person, fee=fee)
    return OrderDebt(line, date(2016, 9, 11))


V3 = (
    debt(Kind.PENSION, 412_020, 183_120, 11_903),
    debt(Kind.UNEMPLOYMENT, 22_890, 4_171, 541),
    debt(Kind.MEDICAL, 160_230, 45_780, 4_120),
    debt(Kind.INJURY, 20_601, 0, 412),
    debt(Kind.MATERNITY, 11_446, 0, 229),
)
CONTENT = OrderContent(
    order_no="烟芝社保责〔2016〕第0001号",
    district="370602",
    employer_name="烟台甲有限公司",
    employer_no="3706000001",
    credit_code="91370600MA3C1A2B9T",
    address="烟台市芝罘区南大街1号",
    agency_name="烟台市芝罘区社会保险服务中心",
    debts=V3,
    issued_on=date(2016, 10, 20),
    officer="collector01",
    phone="0535-6000000",
)


def test_2_3_the_head_names_the_employer_and_the_number():
    text = order_text(CONTENT)
    assert (text.title, text.order_no) == ("责令限期缴纳社会保险费通知书", "烟芝社保责〔2016〕第0001号")
    for part in ("烟台甲有限公司", "3706000001", "91370600MA3C1A2B9T", "南大街1号"):
        assert part in text.addressee


def test_v3_the_facts_name_period_and_principal():
    assert "你单位2016年9月未按时足额缴纳社会保险费，共欠缴本金8,602.58元" in order_text(CONTENT).facts


def test_v3_several_months_are_a_period():
    august = V3[0].debt.model_copy(update={"month": Month(2016, 8)})
    text = order_text(replace(CONTENT, debts=(*V3, OrderDebt(august, date(2016, 8, 11)))))
    assert "2016年8月至2016年9月" in text.facts
    assert "2016年8月11日" in text.fee


def test_v3_each_debt_line_splits_unit_and_person():
    assert order_text(CONTENT).debt_lines[0] == (
        "2016年9月　企业职工基本养老　单位欠缴4,120.20元，个人欠缴1,831.20元，小计5,951.40元"
    )


def test_v3_the_fee_of_forty_days_is_explained():
    text = order_text(CONTENT)
    assert "自欠缴之日（2016年9月11日）起按日加收万分之五的滞纳金，截至2016年10月20日为172.05元" in text.fee
    assert text.fee_lines == (
        "2016年9月　企业职工基本养老　5,951.40元×0.05%×40天＝119.03元",
        "2016年9月　失业　270.61元×0.05%×40天＝5.41元",
        "2016年9月　职工基本医疗　2,060.10元×0.05%×40天＝41.20元",
        "2016年9月　工伤　206.01元×0.05%×40天＝4.12元",
        "2016年9月　生育　114.46元×0.05%×40天＝2.29元",
    )


def test_v3b_a_fee_in_stretches_says_so_instead_of_a_false_formula():
    text = order_text(replace(CONTENT, debts=(debt(Kind.PENSION, 412_020, 183_120, 7_422),)))
    assert text.fee_lines == ("2016年9月　企业职工基本养老　本金曾有变动，分段计算，合计74.22元",)


def test_o20_16_the_term_is_five_working_days_from_receipt():
    assert "自收到本通知书之日起5个工作日内" in order_text(CONTENT).term


def test_sil_63_86_the_consequences_are_told():
    text = order_text(CONTENT).consequences
    for part in (
        "第六十三条",
        "第八十六条",
        "万分之五",
        "划拨",
        "担保",
        "一倍以上三倍以下",
        "不得要求职工承担",
    ):
        assert part in text


def test_qz_35_defence_and_remedies_are_told():
    text = order_text(CONTENT)
    assert "陈述和申辩" in text.defence
    assert "60日内向烟台市芝罘区人力资源和社会保障局申请行政复议" in text.remedies
    assert "6个月内向烟台市芝罘区人民法院提起行政诉讼" in text.remedies


def test_2_3_payment_contact_and_signature():
    text = order_text(replace(CONTENT, slip_no="37062016090000001", payee_account="某行某户"))
    assert "缴费单号37062016090000001" in text.payment
    assert "收款账户：某行某户" in text.payment
    assert text.contact == "经办人：collector01　联系电话：0535-6000000"
    assert text.signature == "烟台市芝罘区社会保险服务中心（公章）　2016年10月20日"


def test_2_3_the_digest_freezes_every_piece():
    text = order_text(CONTENT)
    assert digest(text) == digest(order_text(CONTENT))
    for field in OrderText.__dataclass_fields__:
        old = getattr(text, field)
        changed: Any = (*old, "x") if isinstance(old, tuple) else old + "x"
        assert digest(replace(text, **{field: changed})) != digest(text)


def test_money_and_days_as_the_document_writes_them():
    assert (yuan(860_258), yuan(5), yuan(0)) == ("8,602.58", "0.05", "0.00")
    assert chinese_day(date(2016, 9, 1)) == "2016年9月1日"
