"""One row of the increase sheet (clause 三(一))."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.http.enrollment import RawIncrease
from services.enrollment.rules.fields import EmploymentForm, Household
from services.enrollment.rules.reasons import IncreaseReason
from services.enrollment.rules.rows import COLUMNS, REQUIRED, IncreaseDraft, read_row, repeated_numbers

GOOD = RawIncrease(
    row=3,
    name="王建国",
    id_kind="居民身份证",
    id_number="370602199001010017",
    household="本地城镇",
    household_address="烟台市芝罘区",
    home_address="烟台市芝罘区南大街1号",
    phone="13805350001",
    employment_form="合同制职工",
    rural_contract="否",
    hired_on="2016-09-01",
    contract_until="2019/8/31",
    reason="新参保",
    monthly_wage="5,431.37",
    note="",
)


def changed(**cells: object) -> RawIncrease:
    return GOOD.model_copy(update=cells)


def draft(raw: RawIncrease) -> IncreaseDraft:
    found = read_row(raw).draft
    assert found is not None
    return found


def faults(raw: RawIncrease) -> list[tuple[str, str]]:
    reading = read_row(raw)
    assert reading.draft is None
    return [(fault.field, fault.code) for fault in reading.faults]


def test_clause_3_1_a_good_row_is_understood():
    reading = read_row(GOOD)
    assert (reading.row, reading.faults, reading.warnings) == (3, (), ())
    found = draft(GOOD)
    assert (found.name, found.household) == ("王建国", Household.LOCAL_URBAN)
    assert (found.hired_on, found.contract_until) == (date(2016, 9, 1), date(2019, 8, 31))
    assert (found.declared_wage, found.reason) == (543_137, IncreaseReason.FIRST_JOB)


@pytest.mark.parametrize("field", REQUIRED)
def test_clause_3_1_an_empty_required_cell_is_named(field):
    reading = read_row(changed(**{field: "  "}))
    assert [(fault.field, fault.code, fault.message) for fault in reading.faults] == [
        (field, f"{field}.missing", f"{COLUMNS[field]}不能为空")
    ]


def test_clause_3_1_the_required_cells_begin_with_the_five_of_the_clause():
    assert REQUIRED == (
        "name", "id_number", "household", "home_address", "phone", "hired_on", "monthly_wage"
    )  # fmt: skip


def test_every_fault_of_a_row_is_told_at_once_with_its_value():
    reading = read_row(changed(id_number="370602199001010018", phone="123", hired_on="昨天"))
    assert {(fault.field, fault.code, fault.value) for fault in reading.faults} == {
        ("id_number", "id_number.check_digit", "370602199001010018"),
        ("phone", "phone.form", "123"),
        ("hired_on", "hired_on.form", "昨天"),
    }


def test_messages_name_the_column():
    assert read_row(changed(phone="123")).faults[0].message == "联系电话：应为11位手机号码"


@pytest.mark.parametrize("field", ["household", "employment_form", "reason"])
def test_a_list_cell_names_what_may_stand_there(field):
    reading = read_row(changed(**{field: "随便"}))
    assert reading.faults[0].code == f"{field}.unknown"
    assert reading.faults[0].message.endswith("之一")


def test_a_contract_that_ends_before_the_hire_is_refused():
    assert faults(changed(contract_until="2016-08-31")) == [("contract_until", "contract_until.before_hire")]


def test_optional_cells_may_be_empty():
    empty = dict.fromkeys(set(COLUMNS) - set(REQUIRED), "")
    found = draft(changed(**empty))
    assert (found.employment_form, found.reason) == (EmploymentForm.CONTRACT, IncreaseReason.OTHER)
    assert (found.contract_until, found.rural_contract) == (None, False)


def test_sy_6_rural_contract_follows_the_form_unless_said():
    rural = {"employment_form": "农民合同制", "household": "外地农村"}
    assert draft(changed(**rural, rural_contract="")).rural_contract
    assert not draft(changed(**rural, rural_contract="否")).rural_contract


@pytest.mark.parametrize(
    ("cells", "warning"),
    [
        ({"id_kind": "护照"}, "证件类型以号码为准，按居民身份证办理"),
        ({"household": "外籍"}, "户籍性质与证件号码不一致，请核对"),
        ({"id_number": "HKG012345678", "id_kind": ""}, "户籍性质与证件号码不一致，请核对"),
        ({"rural_contract": "是"}, "农民合同制工人的户籍性质应为农村，请核对"),
        ({"monthly_wage": "5431.375"}, "申报月工资已四舍五入到分"),
        ({"monthly_wage": "5431370"}, "申报月工资超过100万元，请核对单位是否为元"),
    ],
)
def test_1_5_doubtful_cells_are_warned_of_and_taken(cells, warning):
    assert read_row(changed(**cells)).warnings == (warning,)


def test_the_same_number_twice_in_a_sheet_is_a_fault_of_the_later_row():
    readings = [read_row(changed(row=row)) for row in (2, 3)]
    ((row, fault),) = repeated_numbers(readings)
    assert (row, fault.code, fault.message) == (3, "id_number.repeated", "与第2行的身份证号码重复")


def test_different_numbers_are_not_repeated():
    other = read_row(changed(row=4, id_number="37061119880808123x"))
    assert repeated_numbers([read_row(GOOD), other]) == ()


@given(st.fixed_dictionaries({field: st.text(max_size=20) for field in COLUMNS}))
def test_any_row_gets_a_draft_or_faults(cells):
    reading = read_row(changed(**cells))
    assert (reading.draft is None) is bool(reading.faults)
