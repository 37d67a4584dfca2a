"""The limit of an increase (A1-A4, V8)."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.values import Scheme
from services.chassis.policy import MissingPolicy
from services.chassis.workdays import WorkingDays, seed_from_chinesecalendar
from services.enrollment.rules.limit_days import LimitPolicy, is_late, limit_day

DAYS = WorkingDays.of(seed_from_chinesecalendar([2016, 2017]))
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("hired_on", "last"),
    [
        (date(2016, 9, 1), date(2016, 10, 8)),
        (date(2016, 8, 2), date(2016, 9, 1)),
        (date(2016, 8, 5), date(2016, 9, 5)),
    ],
)
def test_v8_a1_thirty_days_with_the_roll(hired_on, last):
    assert limit_day(hired_on, Scheme.ENTERPRISE, DAYS) == last


@pytest.mark.parametrize(
    ("hired_on", "last"),
    [(date(2016, 9, 1), date(2016, 10, 1)), (date(2016, 8, 5), date(2016, 9, 4))],
)
def test_a1_without_the_roll_the_thirtieth_day_stands(hired_on, last):
    assert limit_day(hired_on, Scheme.ENTERPRISE, DAYS, LimitPolicy(roll_holiday=False)) == last


def test_v8_a2_three_months_for_government_schemes_clamped_to_the_months_end():
    assert limit_day(date(2016, 11, 30), Scheme.GOVERNMENT, DAYS) == date(2017, 2, 28)


def test_a2_the_same_day_three_months_later():
    assert limit_day(date(2016, 8, 23), Scheme.GOVERNMENT, DAYS) == date(2016, 11, 23)


def test_a2_the_government_limit_rolls_too():
    assert limit_day(date(2016, 7, 1), Scheme.GOVERNMENT, DAYS) == date(2016, 10, 8)


def test_a3_late_for_an_enterprise_is_in_time_for_a_government_scheme():
    submitted = datetime(2016, 10, 20, tzinfo=SHANGHAI)
    assert is_late(submitted, limit_day(date(2016, 9, 1), Scheme.ENTERPRISE, DAYS))
    assert not is_late(submitted, limit_day(date(2016, 9, 1), Scheme.GOVERNMENT, DAYS))


def test_a4_the_last_day_counts_until_24_00_in_shanghai():
    limit = date(2016, 10, 8)
    assert not is_late(datetime(2016, 10, 8, 23, 59, 59, tzinfo=SHANGHAI), limit)
    assert is_late(datetime(2016, 10, 9, 0, 0, tzinfo=SHANGHAI), limit)


def test_a4_the_time_of_submission_is_read_in_shanghai():
    assert is_late(datetime(2016, 10, 8, 16, 0, tzinfo=UTC), date(2016, 10, 8))


def test_a4_a_time_without_offset_is_refused():
    with pytest.raises(ValueError, match="offset"):
        is_late(datetime(2016, 10, 8, tzinfo=SHANGHAI).replace(tzinfo=None), date(2016, 10, 8))


def test_1_5_a_year_without_a_working_day_table_stops_the_rule():
    with pytest.raises(MissingPolicy) as missing:
        limit_day(date(2017, 12, 20), Scheme.ENTERPRISE, DAYS)
    assert missing.value.when == "2018"


@given(st.dates(date(2016, 1, 1), date(2017, 9, 1)), st.sampled_from(Scheme))
def test_a1_a_limit_always_ends_on_a_working_day_and_never_early(hired_on, scheme):
    rolled = limit_day(hired_on, scheme, DAYS)
    plain = limit_day(hired_on, scheme, DAYS, LimitPolicy(roll_holiday=False))
    assert DAYS.is_working_day(rolled)
    assert plain <= rolled


@given(st.dates(date(2016, 1, 1), date(2017, 9, 1)))
def test_a2_the_clamped_month_is_the_third_after(hired_on):
    last = limit_day(hired_on, Scheme.GOVERNMENT, DAYS, LimitPolicy(roll_holiday=False))
    assert (last.year * 12 + last.month) - (hired_on.year * 12 + hired_on.month) == 3
    assert last.day <= hired_on.day
