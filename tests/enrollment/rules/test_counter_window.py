"""The counter's month (clause 三(一), A6)."""

from datetime import date

from contracts.month import Month
from services.chassis.workdays import WorkingDays, seed_from_chinesecalendar
from services.enrollment.rules.counter_window import reminder_days, void_on

DAYS = WorkingDays.of(seed_from_chinesecalendar([2016]))


def test_clause_3_1_an_unconfirmed_increase_is_void_on_the_1st():
    assert void_on(Month(2016, 9)) == date(2016, 10, 1)
    assert void_on(Month(2016, 12)) == date(2017, 1, 1)


def test_a6_reminders_are_sent_on_working_days():
    assert reminder_days(Month(2016, 7), DAYS) == (date(2016, 7, 22), date(2016, 7, 27), date(2016, 7, 29))
