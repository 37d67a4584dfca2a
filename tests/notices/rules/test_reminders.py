"""Days and words of reminders (clause 三, A6)."""

from datetime import date

import pytest

from services.chassis.policy import MissingPolicy
from services.chassis.workdays import WorkingDays, seed_from_chinesecalendar
from services.notices.rules.reminders import step_on, steps, text_of, title_of

DAYS = WorkingDays.of(seed_from_chinesecalendar([2016]))


def test_clause_3_the_window_is_reminded_of_on_the_1st_5th_8th_and_10th():
    found = steps("bill", date(2016, 9, 10), DAYS)
    assert found == (date(2016, 9, 1), date(2016, 9, 5), date(2016, 9, 8), date(2016, 9, 10))


def test_A6_an_increase_is_reminded_of_5_2_and_0_working_days_before_the_last_one():
    july = (date(2016, 7, 22), date(2016, 7, 27), date(2016, 7, 29))
    assert steps("increase", date(2016, 7, 31), DAYS) == july
    september = (date(2016, 9, 23), date(2016, 9, 28), date(2016, 9, 30))
    assert steps("increase", date(2016, 9, 30), DAYS) == september


def test_A6_a_deadline_after_the_swapped_working_days_of_the_national_holiday():
    assert steps("materials", date(2016, 10, 9), DAYS) == (
        date(2016, 9, 27),
        date(2016, 9, 30),
        date(2016, 10, 9),
    )


@pytest.mark.parametrize(
    ("day", "step"),
    [
        (date(2016, 9, 1), date(2016, 9, 1)),
        (date(2016, 9, 4), date(2016, 9, 1)),
        (date(2016, 9, 5), date(2016, 9, 5)),
        (date(2016, 9, 9), date(2016, 9, 8)),
        (date(2016, 9, 10), date(2016, 9, 10)),
        (date(2016, 9, 11), None),
    ],
)
def test_clause_3_the_newest_step_of_a_bill(day: date, step: date | None):
    assert step_on("bill", date(2016, 9, 10), day, DAYS) == step


def test_A6_no_step_is_reached_six_working_days_before():
    assert step_on("increase", date(2016, 7, 31), date(2016, 7, 21), DAYS) is None
    assert step_on("increase", date(2016, 7, 31), date(2016, 7, 31), DAYS) == date(2016, 7, 29)


def test_laws_a_year_without_a_table_is_named():
    with pytest.raises(MissingPolicy, match="2017"):
        steps("increase", date(2017, 1, 31), DAYS)


def test_clause_3_a_reminder_says_what_waits_how_long_and_what_follows():
    title = title_of("bill", "2016-09", date(2016, 9, 10), date(2016, 9, 8))
    assert title == "2016年9月社会保险费待缴纳，还有 2 天"
    assert title_of("bill", "2016-09", date(2016, 9, 10), date(2016, 9, 10)).endswith("，今天截止")
    assert text_of("bill", date(2016, 9, 10)) == (
        "请于2016年9月10日24:00前核对确认并缴费（含节假日）。逾期未缴的，自次日起按日加收万分之五滞纳金。"
    )
    title = title_of("increase", "Z0001", date(2016, 9, 30), date(2016, 9, 28))
    assert title == "增员申报 Z0001 待柜台确认，还有 2 天"
    assert "逾期自动作废" in text_of("increase", date(2016, 9, 30))
    assert title_of("materials", "C1", date(2016, 9, 30), date(2016, 9, 28)).startswith("材料调取 C1 待办理")
    assert title_of("other", "X1", date(2016, 9, 30), date(2016, 9, 28)).startswith("业务申报 X1 待办理")
