"""The payment window (clause 三(四), A24, A26, A34)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from contracts.month import Month
from services.billing.rules.window import WINDOW_2016, LateFeeStart, Window, business_day, end_of

SEPTEMBER = Month(2016, 9)
SHANGHAI = timezone(timedelta(hours=8))


def test_clause_3_4_the_window_is_the_1st_to_the_10th_of_the_month_itself():
    assert WINDOW_2016.opens(SEPTEMBER) == date(2016, 9, 1)
    assert WINDOW_2016.due_day(SEPTEMBER) == date(2016, 9, 10)


@pytest.mark.parametrize(
    ("month", "due"),
    [
        (SEPTEMBER, date(2016, 9, 10)),  # a Saturday
        (Month(2016, 2), date(2016, 2, 10)),  # Spring Festival
        (Month(2016, 1), date(2016, 1, 10)),  # a Sunday
    ],
)
def test_a34_the_window_is_never_rolled(month, due):
    assert WINDOW_2016.due_day(month) == due
    assert WINDOW_2016.is_open(month, due)
    assert not WINDOW_2016.is_open(month, due + timedelta(days=1))


def test_clause_3_4_the_window_is_closed_before_the_1st():
    assert not WINDOW_2016.is_open(SEPTEMBER, date(2016, 8, 31))
    assert WINDOW_2016.is_open(SEPTEMBER, date(2016, 9, 1))


def test_a24_the_last_second_of_the_10th_is_in_time_and_the_next_is_not():
    last = datetime(2016, 9, 10, 23, 59, 59, tzinfo=SHANGHAI)
    assert WINDOW_2016.in_time(SEPTEMBER, last)
    assert not WINDOW_2016.in_time(SEPTEMBER, last + timedelta(seconds=1))


def test_a24_the_banks_offset_is_heeded():
    assert WINDOW_2016.in_time(SEPTEMBER, datetime(2016, 9, 10, 15, 59, 59, tzinfo=UTC))
    assert not WINDOW_2016.in_time(SEPTEMBER, datetime(2016, 9, 10, 16, 0, tzinfo=UTC))


def test_a24_an_instant_without_offset_is_refused():
    with pytest.raises(ValueError, match="offset"):
        business_day(datetime(2016, 9, 10, 12, 0))  # noqa: DTZ001  # its refusal is what is tested


def test_a26_the_fee_counts_from_the_11th_or_from_the_1st_by_parameter():
    assert WINDOW_2016.fee_from(SEPTEMBER) == date(2016, 9, 11)
    assert WINDOW_2016.fee_from(SEPTEMBER, LateFeeStart.FIRST_OF_NEXT_MONTH) == date(2016, 10, 1)
    assert WINDOW_2016.fee_from(Month(2016, 12), LateFeeStart.FIRST_OF_NEXT_MONTH) == date(2017, 1, 1)


def test_the_window_is_policy_data():
    assert Window(5, 15).fee_from(SEPTEMBER) == date(2016, 9, 16)


def test_a23_24_hours_of_a_day_end_at_the_next_midnight_in_shanghai():
    assert end_of(date(2016, 9, 30)) == datetime(2016, 10, 1, tzinfo=SHANGHAI)
