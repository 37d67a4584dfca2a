"""Orders to pay: number, deadline, life (clause 三(四), O20 16, A31)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.http.notices import OrderState
from services.chassis.policy import MissingPolicy
from services.chassis.workdays import WorkingDays, seed_from_chinesecalendar
from services.notices.rules.authorities import AUTHORITIES
from services.notices.rules.order import deadline, document_number, may_become, paper_task_on

DAYS = WorkingDays.of(seed_from_chinesecalendar([2016, 2017]))


def test_2_3_document_numbers_name_district_year_and_sequence():
    assert document_number("370602", 2016, 1) == "烟芝社保责〔2016〕第0001号"
    assert document_number("370600", 2016, 12345) == "烟直社保责〔2016〕第12345号"


def test_2_3_no_two_districts_share_a_sign():
    assert len({named.sign for named in AUTHORITIES.values()}) == len(AUTHORITIES) == 16


def test_2_3_an_unknown_district_or_sequence_is_refused():
    with pytest.raises(MissingPolicy):
        document_number("370202", 2016, 1)
    with pytest.raises(ValueError, match="begins at 1"):
        document_number("370602", 2016, 0)


def test_v8_o20_16_delivered_2016_09_30_is_to_be_paid_by_10_12():
    assert deadline(date(2016, 9, 30), DAYS) == date(2016, 10, 12)


def test_a31_unopened_after_three_working_days_it_becomes_a_paper_task():
    assert paper_task_on(date(2016, 9, 12), DAYS) == date(2016, 9, 19)


def test_a31_nothing_is_ever_deemed_served():
    assert not may_become(OrderState.ISSUED, OrderState.LAPSED)
    assert may_become(OrderState.ISSUED, OrderState.SERVED)


def test_a31_a_lapsed_order_can_still_be_settled_and_then_ends():
    assert may_become(OrderState.LAPSED, OrderState.SETTLED)
    assert not any(may_become(OrderState.SETTLED, state) for state in OrderState)


@given(st.dates(date(2016, 1, 1), date(2017, 11, 30)))
def test_o20_16_a_deadline_is_a_working_day_at_least_five_days_on(served_on):
    last = deadline(served_on, DAYS)
    assert DAYS.is_working_day(last)
    assert (last - served_on).days >= 5
