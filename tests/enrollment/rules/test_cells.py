"""Cells of a sheet as people and spreadsheet programs write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.enrollment.rules.cells import (
    CellFault,
    Yuan,
    read_date,
    read_mobile,
    read_name,
    read_text,
    read_yes_no,
    read_yuan,
)


@pytest.mark.parametrize(
    "text",
    [
        "2016-09-01",
        "2016/9/1",
        "2016.9.1",
        "2016年9月1日",
        "20160901",
        "20160901.0",
        "42614",
        "42614.0",
        "2016-09-01 00:00:00",
        "２０１６－０９－０１",
        "2016-9-1T0:00",
    ],
)
def test_dates_in_several_forms(text):
    assert read_date(text) == date(2016, 9, 1)


@pytest.mark.parametrize(
    "text", ["16-09-01", "2016-13-01", "2016-02-30", "01/09/2016", "9月1日", "99999", "昨天"]
)
def test_other_dates_are_refused(text):
    assert isinstance(read_date(text), CellFault)


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("5431.37", 543_137),
        ("5,431.37", 543_137),
        ("￥5431.37元", 543_137),
        ("16000", 1_600_000),
        ("2500.0", 250_000),
        ("0.01", 1),
        ("５４３１", 543_100),
    ],
)
def test_sums_in_yuan(text, fen):
    assert read_yuan(text) == Yuan(fen, rounded=False)


def test_3_4_parts_of_a_fen_are_rounded_half_up_and_said():
    assert read_yuan("5431.375") == Yuan(543_138, rounded=True)
    assert read_yuan("5431.3749999999") == Yuan(543_137, rounded=True)


@pytest.mark.parametrize("text", ["-1", "0", "0.00", "1e5", "5.431,37", "5千", "NaN", "1,23", "=1+1"])
def test_other_sums_are_refused(text):
    assert isinstance(read_yuan(text), CellFault)


@pytest.mark.parametrize(
    "text",
    [
        "13805350001",
        "138 0535 0001",
        "138-0535-0001",
        "+8613805350001",
        "13805350001.0",
        "１３８０５３５０００１",
    ],
)
def test_phones_of_eleven_digits(text):
    assert read_mobile(text) == "13805350001"


@pytest.mark.parametrize("text", ["1380535000", "138053500011", "05356123456", "1.38E+10", "电话"])
def test_other_phones_are_refused(text):
    assert isinstance(read_mobile(text), CellFault)


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-2", "@SUM(A1)", "＝1", "a\u202eb"])
def test_formulas_and_invisible_characters_are_refused(text):
    assert isinstance(read_text(text), CellFault)


def test_plain_text_is_kept_on_one_line():
    assert read_text(" 芝罘区\n南大街 1号 ") == "芝罘区 南大街 1号"


@pytest.mark.parametrize("name", ["王建国", "阿卜杜拉·买买提", "John O'Neil-Smith", "𠮷野"])
def test_4_3_names(name):
    assert read_name(name) == name


def test_4_3_other_dots_in_names_become_the_usual_one():
    assert read_name("阿卜杜拉•买买提") == "阿卜杜拉·买买提"


@pytest.mark.parametrize("name", ["王建国1", "<b>", "王" * 51])
def test_4_3_other_names_are_refused(name):
    assert isinstance(read_name(name), CellFault)


def test_yes_and_no():
    assert read_yes_no("是") is True
    assert read_yes_no("n") is False
    assert isinstance(read_yes_no("也许"), CellFault)


@given(st.dates(date(1950, 1, 1), date(2099, 12, 31)))
def test_every_date_survives_its_iso_form(day):
    assert read_date(day.isoformat()) == day


@given(st.integers(1, 99_999_999_999))
def test_every_sum_survives_its_text(fen):
    assert read_yuan(f"{fen // 100}.{fen % 100:02d}") == Yuan(fen, rounded=False)


@given(st.text(max_size=40))
def test_any_text_gets_an_answer(text):
    for read in (read_date, read_yuan, read_mobile, read_name, read_text, read_yes_no):
        read(text)
