"""Working days of the adjusted holiday calendar."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.month import Month
from services.chassis.policy import MissingPolicy
from services.chassis.workdays import WorkingDays, seed_from_chinesecalendar

DAYS = WorkingDays.of(seed_from_chinesecalendar([2016, 2017]))


def test_v8_swapped_saturday_2016_10_08_is_a_working_day():
    assert DAYS.is_working_day(date(2016, 10, 8))
    assert DAYS.is_working_day(date(2016, 10, 9))
    assert not DAYS.is_working_day(date(2016, 10, 7))


def test_a1_a_term_that_ends_on_a_rest_day_rolls_to_the_next_working_day():
    assert DAYS.next_working_day(date(2016, 10, 1)) == date(2016, 10, 8)
    assert DAYS.next_working_day(date(2016, 9, 4)) == date(2016, 9, 5)


def test_a1_a_working_day_does_not_roll():
    assert DAYS.next_working_day(date(2016, 9, 1)) == date(2016, 9, 1)


def test_v8_five_working_days_from_2016_09_30_end_on_10_12():
    assert DAYS.add_working_days(date(2016, 9, 30), 5) == date(2016, 10, 12)


def test_a32_one_working_day_after_a_friday_is_monday():
    assert DAYS.add_working_days(date(2016, 9, 2), 1) == date(2016, 9, 5)


def test_no_working_day_added_is_the_day_itself_even_at_rest():
    assert DAYS.add_working_days(date(2016, 10, 1), 0) == date(2016, 10, 1)


def test_a6_last_working_days_of_months():
    assert DAYS.last_of_month(Month(2016, 9)) == date(2016, 9, 30)
    assert DAYS.last_of_month(Month(2016, 12)) == date(2016, 12, 30)
    assert DAYS.last_of_month(Month(2016, 7)) == date(2016, 7, 29)


def test_a6_days_before_a_deadline_are_counted_back():
    assert DAYS.add_working_days(date(2016, 10, 12), -5) == date(2016, 9, 30)


def test_a_year_without_a_table_is_named_and_never_guessed():
    with pytest.raises(MissingPolicy) as missing:
        DAYS.add_working_days(date(2017, 12, 29), 1)
    assert (missing.value.what, missing.value.when) == ("工作日表", "2018")
    assert str(missing.value) == "缺少工作日表（2018）的政策数据"


def test_the_seed_ends_where_its_package_ends():
    with pytest.raises(MissingPolicy) as missing:
        seed_from_chinesecalendar([2016, 2099])
    assert missing.value.when == "2099"


def test_the_seed_holds_every_day_of_its_years():
    assert len(seed_from_chinesecalendar([2016, 2017])) == 366 + 365


SEED = seed_from_chinesecalendar([2016, 2017])


@given(st.dates(date(2016, 2, 1), date(2017, 10, 31)), st.integers(1, 30))
def test_adding_working_days_lands_on_one_and_counts_exactly(day, count):
    end = DAYS.add_working_days(day, count)
    assert DAYS.is_working_day(end)
    counted = sum(row.working for row in SEED if day < row.day <= end)
    assert counted == count
