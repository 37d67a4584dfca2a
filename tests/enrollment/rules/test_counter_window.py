"""The counter's month (clause 三(一), A6)."""

from datetime import date

from contracts.month import Month
from services.enrollment.rules.counter_window import void_on


def test_clause_3_1_an_unconfirmed_increase_is_void_on_the_1st():
    assert void_on(Month(2016, 9)) == date(2016, 10, 1)
    assert void_on(Month(2016, 12)) == date(2017, 1, 1)
