"""Late fee (V3, V3b, A21, A26 to A29, V8)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.month import Month
from services.billing.rules.difference import difference
from services.billing.rules.fee_term import (
    FeeTermPolicy,
    correction,
    in_time_supplement,
    late_supplement,
    ordinary,
    publication_difference,
)
from services.billing.rules.late_fee import (
    LATE_FEE_2016,
    FeeTerm,
    LateFeePolicy,
    PrincipalPaid,
    late_fee,
)
from services.billing.rules.price import add
from services.billing.rules.window import LateFeeStart
from tests.billing.rules import oracle
from tests.billing.rules.rates_2016 import SEPTEMBER, pairs, priced, v1_bill

FROM_11TH = ordinary(SEPTEMBER)
UNCAPPED = LateFeePolicy(daily_rate=500, capped=False)


def _v1_fees(term: FeeTerm, on: date) -> dict[str, int]:
    principals = {kind: sum(parts) for kind, parts in pairs(add(v1_bill())).items()}
    return {kind: late_fee(principal, (), term, on).amount for kind, principal in principals.items()}


def test_v3_forty_days_per_kind_as_published():
    fees = _v1_fees(FROM_11TH, date(2016, 10, 20))
    assert fees == {
        "pension": 119_03,
        "medical": 41_20,
        "unemployment": 5_41,
        "injury": 4_12,
        "maternity": 2_29,
    }
    assert sum(fees.values()) == 172_05


def test_v3_a26_days_count_from_the_11th_both_ends_included():
    assert late_fee(100_00, (), FROM_11TH, date(2016, 10, 20)).days == 40
    assert late_fee(100_00, (), FROM_11TH, date(2016, 9, 11)).days == 1
    assert late_fee(100_00, (), FROM_11TH, date(2016, 9, 10)).days == 0


def test_v3_one_day_late_is_rounded_per_kind_and_not_on_the_total():
    fees = _v1_fees(FROM_11TH, date(2016, 9, 11))
    assert list(fees.values()) == [2_98, 1_03, 14, 10, 6]
    assert sum(fees.values()) == 4_31
    assert late_fee(8602_58, (), FROM_11TH, date(2016, 9, 11)).amount == 4_30, "the wrong way"


def test_v3_a26_with_the_first_of_next_month_as_start():
    start = FeeTermPolicy(start=LateFeeStart.FIRST_OF_NEXT_MONTH)
    fees = _v1_fees(ordinary(SEPTEMBER, start), date(2016, 10, 20))
    assert sum(fees.values()) == 86_02
    assert late_fee(100_00, (), ordinary(SEPTEMBER, start), date(2016, 10, 20)).days == 20


def test_v3b_a_principal_counts_through_the_day_of_its_payment():
    fee = late_fee(5951_40, [PrincipalPaid(date(2016, 9, 25), 3584_75)], FROM_11TH, date(2016, 10, 20))
    assert [(one.first, one.last, one.principal, one.days) for one in fee.stretches] == [
        (date(2016, 9, 11), date(2016, 9, 25), 5951_40, 15),
        (date(2016, 9, 26), date(2016, 10, 20), 2366_65, 25),
    ]
    assert fee.amount == 74_22


def test_sil86_what_is_paid_in_the_window_carries_no_fee():
    paid = [PrincipalPaid(date(2016, 9, 10), 40_00)]
    assert late_fee(100_00, paid, FROM_11TH, date(2016, 9, 30)).amount == 60  # 60.00 × 20 days
    everything = [PrincipalPaid(date(2016, 9, 10), 100_00)]
    assert late_fee(100_00, everything, FROM_11TH, date(2016, 12, 31)).amount == 0


def test_2_5_the_fee_stops_growing_when_the_principal_is_paid_and_stays_a_debt():
    paid = [PrincipalPaid(date(2016, 9, 30), 100_00)]
    assert late_fee(100_00, paid, FROM_11TH, date(2016, 9, 30)).amount == 1_00
    assert late_fee(100_00, paid, FROM_11TH, date(2020, 1, 1)).amount == 1_00


def test_a29_the_cap_is_reached_on_day_2000():
    day = FROM_11TH.fee_from + timedelta(days=1_999)
    before = late_fee(1_000_00, (), FROM_11TH, day - timedelta(days=1))
    assert before.amount == 999_50
    assert late_fee(1_000_00, (), FROM_11TH, day).amount == 1_000_00


def test_a29_beyond_the_cap_the_uncapped_figure_stays_visible_and_the_cap_is_a_parameter():
    day = FROM_11TH.fee_from + timedelta(days=2_099)
    capped = late_fee(1_000_00, (), FROM_11TH, day)
    assert (capped.amount, capped.uncapped, capped.days) == (1_000_00, 1_050_00, 2_100)
    assert late_fee(1_000_00, (), FROM_11TH, day, UNCAPPED).amount == 1_050_00


def test_more_paid_than_owed_is_refused():
    with pytest.raises(ValueError, match="more principal"):
        late_fee(1, [PrincipalPaid(date(2016, 9, 11), 2)], FROM_11TH, date(2016, 9, 12))


def test_a8_a_late_hire_of_2016_08_05_owes_from_the_day_after_its_rolled_limit():
    rolled = date(2016, 9, 5)
    assert late_supplement(Month(2016, 8), rolled).fee_from == date(2016, 9, 6)
    assert late_supplement(SEPTEMBER, rolled).fee_from == date(2016, 9, 11)


def test_a8_without_the_grace_a_late_hire_owes_from_the_months_own_11th():
    policy = FeeTermPolicy(grace_for_new_hires=False)
    assert late_supplement(Month(2016, 8), date(2016, 9, 5), policy).fee_from == date(2016, 8, 11)


def test_a8_an_increase_in_time_owes_no_fee_before_its_bill_has_lapsed():
    term = in_time_supplement(billed_in=Month(2016, 10))
    assert late_fee(100_00, (), term, date(2016, 10, 10)).amount == 0
    assert late_fee(100_00, (), term, date(2016, 10, 11)).days == 1


def test_a18_a_publication_difference_never_counts_from_january():
    assert publication_difference(billed_in=Month(2016, 8)).fee_from == date(2016, 8, 11)


def test_a21_a_correction_confirmed_in_april_costs_19_14():
    fees = []
    for number in (1, 2, 3):
        month = Month(2017, number)
        change = difference(priced(month, 5_431_00), priced(month, 6_000_00))
        assert change.total == 212_80
        term = correction(month, date(2017, 4, 5), billed_in=Month(2017, 4))
        per_kind = [sum(parts) for parts in pairs(change).values()]
        fees.append(sum(late_fee(one, (), term, date(2017, 4, 10)).amount for one in per_kind))
    assert fees == [9_58, 6_27, 3_29]
    assert sum(fees) == 19_14


def test_a21_confirmed_by_31_march_and_paid_in_its_window_is_free():
    term = correction(Month(2017, 1), date(2017, 3, 31), billed_in=Month(2017, 4))
    assert late_fee(212_80, (), term, date(2017, 4, 10)).amount == 0


def test_a21_confirmed_by_31_march_but_not_paid_in_its_window_counts_from_the_original_11th():
    term = correction(Month(2017, 1), date(2017, 3, 31), billed_in=Month(2017, 4))
    fee = late_fee(212_80, (), term, date(2017, 4, 11))
    assert (fee.stretches[0].first, fee.days) == (date(2017, 1, 11), 91)
    part = [PrincipalPaid(date(2017, 4, 10), 112_80)]
    assert late_fee(212_80, part, term, date(2017, 4, 11)).stretches[0].principal == 100_00


def test_a21_last_years_base_has_no_waiver_and_two_officers_may_grant_one():
    late = correction(Month(2016, 12), date(2017, 2, 1), billed_in=Month(2017, 3))
    assert late_fee(100_00, (), late, date(2017, 3, 1)).amount > 0
    granted = correction(Month(2017, 1), date(2017, 4, 5), Month(2017, 5), waiver_granted=True)
    assert late_fee(100_00, (), granted, date(2017, 5, 10)).amount == 0


principals = st.integers(1, 10_000_000)
days = st.integers(0, 900).map(lambda n: date(2016, 9, 1) + timedelta(days=n))
shares = st.lists(st.tuples(days, st.integers(0, 100)), max_size=5)


def _paid(principal: int, plan: list[tuple[date, int]]) -> list[PrincipalPaid]:
    whole = max(100, sum(share for _, share in plan))
    return [PrincipalPaid(day, principal * share // whole) for day, share in plan]


@given(principals, shares, days)
def test_the_fee_equals_the_decimal_oracle_walking_the_calendar(principal, plan, on):
    paid = _paid(principal, plan)
    so_far = [(one.paid_on, one.amount) for one in paid if one.paid_on <= on]
    expected = oracle.late_fee_day_by_day(principal, so_far, date(2016, 9, 11), on)
    assert late_fee(principal, paid, FROM_11TH, on).amount == expected


@given(principals, shares, days, st.integers(1, 3_000))
def test_the_fee_is_monotone_in_days_and_never_above_the_principal(principal, plan, on, more):
    paid = _paid(principal, plan)
    today, later = (late_fee(principal, paid, FROM_11TH, day) for day in (on, on + timedelta(days=more)))
    assert 0 <= today.amount <= later.amount <= principal
    assert today.amount <= today.uncapped


@given(principals, shares, days, st.randoms(use_true_random=False))
def test_a27_the_order_in_which_payments_are_told_does_not_matter(principal, plan, on, chance):
    paid = _paid(principal, plan)
    shuffled = chance.sample(paid, len(paid))
    assert late_fee(principal, shuffled, FROM_11TH, on) == late_fee(principal, paid, FROM_11TH, on)


def test_sil86_the_rate_is_five_ten_thousandths_a_day():
    assert LATE_FEE_2016.daily_rate == 500
    assert late_fee(10_000_00, (), FROM_11TH, date(2016, 9, 11)).amount == 5_00
