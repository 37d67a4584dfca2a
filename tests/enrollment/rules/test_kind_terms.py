"""Kinds of an employer by month, and what a change means for one person (domain 4.2, A10)."""

from contracts.month import Month
from services.enrollment.rules.kind_terms import KindTerm, kinds_in, moved, terms_of

ALL, LESS = ("pension", "injury", "maternity"), ("pension", "injury")
TERMS = (KindTerm(Month(2016, 9), ALL), KindTerm(Month(2016, 11), LESS))


def test_4_2_terms_are_read_in_order():
    later, first = (
        {"from_month": str(term.from_month), "kinds": list(term.kinds)} for term in reversed(TERMS)
    )
    assert terms_of([later, first]) == TERMS


def test_4_2_a_month_has_the_kinds_of_the_latest_term_begun():
    assert kinds_in(Month(2016, 8), TERMS) is None
    assert [kinds_in(Month(2016, month), TERMS) for month in (9, 10, 11, 12)] == [ALL, ALL, LESS, LESS]


def test_A10_whoever_takes_part_in_all_follows_and_a_part_timer_gains_nothing():
    assert moved(ALL, ALL, LESS) == LESS
    assert moved(LESS, LESS, ALL) == ALL
    assert moved(("injury",), LESS, ALL) == ("injury",)
    assert moved(("injury",), ALL, ("pension",)) == ()
