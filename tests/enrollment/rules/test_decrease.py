"""The window of a decrease (clause 三(二), A11-A13)."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.month import Month
from services.enrollment.rules.decrease import Accepted, DecreaseFacts, Queued, Refused, judge

JULY, AUGUST, SEPTEMBER, OCTOBER = (Month(2016, number) for number in (7, 8, 9, 10))
FACTS = DecreaseFacts(
    hired_on=date(2015, 3, 1),
    from_month=Month(2015, 3),
    left_on=date(2016, 9, 20),
    today=date(2016, 9, 25),
    reason_code="22",
    settled=frozenset({JULY, AUGUST, SEPTEMBER}),
)


def codes(facts: DecreaseFacts) -> list[str]:
    verdict = judge(facts)
    assert isinstance(verdict, Refused), verdict
    return [fault.code for fault in verdict.faults]


def test_a11_after_the_months_payment_and_before_the_next_it_is_confirmed():
    assert judge(FACTS) == Accepted(last_month=SEPTEMBER, reprice_from=OCTOBER)


def test_a11_a_confirmed_unpaid_next_bill_is_cancelled_and_priced_anew():
    facts = replace(FACTS, today=date(2016, 10, 5), confirmed=frozenset({SEPTEMBER, OCTOBER}))
    assert judge(facts) == Accepted(SEPTEMBER, OCTOBER, voids=(OCTOBER,))


def test_a11_before_the_months_payment_it_waits_for_it():
    facts = replace(FACTS, settled=frozenset({JULY, AUGUST}))
    assert judge(facts) == Queued(last_month=SEPTEMBER, waits_for=SEPTEMBER)


def test_a11_the_parameter_can_refuse_instead_of_waiting():
    verdict = judge(replace(FACTS, settled=frozenset({AUGUST})), queue_until_paid=False)
    assert isinstance(verdict, Refused)
    assert verdict.reason == "2016-09社会保险费尚未缴清，请缴费后办理减员"


def test_a11_after_the_next_payment_it_holds_from_the_next_unpaid_month():
    facts = replace(FACTS, left_on=date(2016, 7, 31))
    assert judge(facts) == Accepted(SEPTEMBER, OCTOBER, overpaid=(AUGUST, SEPTEMBER))


def test_a12_the_counter_can_end_a_relation_in_arrears():
    facts = replace(FACTS, settled=frozenset({JULY}), confirmed=frozenset({OCTOBER}), at_counter=True)
    assert judge(facts) == Accepted(SEPTEMBER, OCTOBER, voids=(OCTOBER,))


def test_clause_3_2_a_leaving_in_the_future_is_refused():
    assert codes(replace(FACTS, left_on=date(2016, 9, 26))) == ["left_on.future"]


def test_clause_3_2_a_leaving_before_the_hire_is_refused():
    assert codes(replace(FACTS, left_on=date(2015, 2, 28))) == [
        "left_on.before_hire",
        "left_on.before_first_month",
    ]


def test_clause_3_2_the_true_reason_must_be_chosen():
    assert codes(replace(FACTS, reason_code="")) == ["reason.unknown"]
    assert codes(replace(FACTS, reason_code="77")) == ["reason.unknown"]


def test_a13_death_needs_its_date_in_the_month_of_leaving():
    death = replace(FACTS, reason_code="32")
    assert codes(death) == ["extra_date.missing"]
    assert codes(replace(death, extra_date=date(2016, 8, 31))) == ["left_on.not_month_of_death"]
    assert judge(replace(death, extra_date=date(2016, 9, 1))) == Accepted(SEPTEMBER, OCTOBER)


def test_a13_retirement_needs_its_approval_not_in_the_future():
    retirement = replace(FACTS, reason_code="31")
    assert codes(retirement) == ["extra_date.missing"]
    assert codes(replace(retirement, extra_date=date(2016, 9, 26))) == ["extra_date.future"]
    assert isinstance(judge(replace(retirement, extra_date=date(2016, 8, 15))), Accepted)


def test_4_1_other_reasons_need_a_note():
    assert codes(replace(FACTS, reason_code="99")) == ["note.missing"]
    assert isinstance(judge(replace(FACTS, reason_code="99", note="并入关联单位")), Accepted)


@pytest.mark.parametrize("counter", [False, True])
def test_a13_the_counter_is_bound_by_the_facts_too(counter):
    assert codes(replace(FACTS, left_on=date(2016, 9, 26), at_counter=counter)) == ["left_on.future"]


@given(st.frozensets(st.integers(1, 12).map(lambda number: Month(2016, number))))
def test_a11_no_settled_month_is_ever_priced_anew_in_a_row(settled):
    verdict = judge(replace(FACTS, settled=settled, today=date(2016, 12, 31)))
    if isinstance(verdict, Accepted):
        assert verdict.last_month in settled
        assert verdict.reprice_from not in settled
    else:
        assert verdict == Queued(SEPTEMBER, SEPTEMBER)
