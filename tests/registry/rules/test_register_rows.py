"""A row of the existing register read cell by cell (domain 4.2)."""

from __future__ import annotations

from datetime import date

from contracts.http.register_imports import RegisterRow
from contracts.http.registry import PaymentWay, RegisterEmployer
from contracts.month import Month
from contracts.values import EmployerKind, Kind, Scheme
from services.registry.rules.register_rows import district_of, read_row

TODAY = date(2016, 9, 7)
PLAIN = {
    "row": 2,
    "credit_code": "91370600MA3C1A2B9T",
    "name": "烟台海风机械有限公司",
    "kind": "企业",
    "district": "芝罘区",
    "address": "烟台市芝罘区南大街1号",
    "legal_representative": "王海",
    "insured_from": "2010-01",
    "injury_class": "4",
}


def read(**cells: str) -> RegisterEmployer:
    made = read_row(RegisterRow.model_validate(PLAIN | cells), TODAY)
    assert isinstance(made, RegisterEmployer), made
    return made


def said(**cells: str) -> list[tuple[str, str]]:
    faults = read_row(RegisterRow.model_validate(PLAIN | cells), TODAY)
    assert isinstance(faults, tuple), faults
    return [(fault.field, fault.message) for fault in faults]


def test_4_2_what_is_left_empty_is_what_is_usual():
    made = read()
    assert (made.scheme, made.district, made.insured_from) == (Scheme.ENTERPRISE, "370602", Month(2010, 1))
    assert (made.kinds, made.injury_float_percent, made.imported) == ((), 100, True)
    assert (made.employer_no, made.registered_on, made.particulars.payment_way) == (
        None,
        None,
        PaymentWay.NET_BANK,
    )


def test_4_2_codes_and_words_are_read_alike():
    made = read(
        kind="institution",
        scheme="机关事业单位",
        district="370611",
        paying_agency="莱山区",
        registered_on="2010年3月1日",
        insured_from="201003",
        kinds="机关事业基本养老、职业年金，工伤",
        injury_class="2类",
        injury_float_percent="80%",
        payment_way="委托收款",
        organisation_code="16512345-X",
    )
    assert (made.kind, made.scheme, made.district, made.paying_agency) == (
        EmployerKind.INSTITUTION,
        Scheme.GOVERNMENT,
        "370611",
        "370613",
    )
    assert (made.registered_on, made.insured_from) == (date(2010, 3, 1), Month(2010, 3))
    assert made.kinds == (Kind.GOV_PENSION, Kind.ANNUITY, Kind.INJURY)
    assert (made.injury_class, made.injury_float_percent) == (2, 80)
    assert made.particulars.organisation_code == "16512345X"


def test_4_2_every_cell_that_cannot_be_read_is_named():
    assert said(kind="公司", district="青岛市", insured_from="2010-13", injury_class="四", kinds="养老") == [
        (
            "kind",
            "单位类型应为企业、机关、事业单位、社会团体、民办非企业单位、基金会、有雇工的个体工商户、其他之一",
        ),
        ("district", "参保区县不是烟台市的县市区"),
        ("insured_from", "参保年月应为年月，如2016-09"),
        ("kinds", "参加险种中“养老”不是险种名称"),
        ("injury_class", "工伤风险类别应为整数"),
    ]
    assert said(name="", injury_class="9", registered_on="2016-09-08", employer_no="12") == [
        ("registered_on", "登记日期应为不晚于今天的日期，如2010-03-01"),
        ("injury_class", "工伤风险类别应为1至8类"),
        ("name", "单位名称未填写"),
        ("employer_no", "社保编号格式不正确"),
    ]


def test_4_2_an_old_district_counts_to_what_it_is_called_today():
    old = RegisterRow.model_validate(PLAIN | {"district": "370684"})
    assert district_of(old, date(2016, 9, 7)) == "370684"
    assert district_of(old, date(2021, 1, 4)) == "370614"
    assert district_of(RegisterRow.model_validate(PLAIN | {"district": "x"}), TODAY) == ""
