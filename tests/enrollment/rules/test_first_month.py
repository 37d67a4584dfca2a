"""First contribution month and supplements (A7)."""

from datetime import date

from contracts.month import Month
from services.enrollment.rules.first_month import first_month, supplement_months


def test_a7_the_first_month_is_the_month_of_hire():
    assert first_month(date(2016, 9, 30), Month(2010, 1)) == Month(2016, 9)


def test_a7_nothing_is_owed_before_the_employer_took_part():
    assert first_month(date(2016, 8, 20), Month(2016, 9)) == Month(2016, 9)


def test_a10_it_follows_the_last_month_owed_elsewhere_and_never_precedes_the_hire():
    assert first_month(date(2016, 9, 7), Month(2010, 1), Month(2016, 9)) == Month(2016, 10)
    assert first_month(date(2016, 9, 7), Month(2010, 1), Month(2016, 7)) == Month(2016, 9)


def test_a7_a_settled_month_of_hire_becomes_a_supplement():
    settled = {Month(2016, 7), Month(2016, 8), Month(2016, 9)}
    assert supplement_months(Month(2016, 8), Month(2016, 9), settled) == (Month(2016, 8), Month(2016, 9))


def test_a7_an_unsettled_month_is_priced_anew_and_no_supplement():
    assert supplement_months(Month(2016, 8), Month(2016, 9), {Month(2016, 8)}) == (Month(2016, 8),)
    assert supplement_months(Month(2016, 9), Month(2016, 9), set()) == ()


def test_a7_supplements_cross_the_year():
    settled = {Month(2016, 12), Month(2017, 1)}
    assert supplement_months(Month(2016, 11), Month(2017, 2), settled) == (Month(2016, 12), Month(2017, 1))
