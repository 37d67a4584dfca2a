"""Bases and limits (domain 3.3, 3.4, A15)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.month import Month
from services.chassis.policy import MissingPolicy
from services.enrollment.rules.base import Base, Clamped, contribution_base, whole_yuan
from services.enrollment.rules.limits import Limits, limits_in, limits_warnings

FLOOR, CEILING = 291_000, 1_454_900
wages = st.integers(0, 10_000_000)


@pytest.mark.parametrize(
    ("wage", "base", "clamped"),
    [
        (250_000, 291_000, Clamped.FLOOR),
        (543_137, 543_100, Clamped.NO),
        (1_600_000, 1_454_900, Clamped.CEILING),
    ],
)
def test_v1_bases_of_the_three_employees(wage, base, clamped):
    assert contribution_base(wage, FLOOR, CEILING) == Base(wage, base, clamped)


def test_3_4_half_a_yuan_rounds_up():
    assert whole_yuan(300_050) == 300_100
    assert whole_yuan(300_049) == 300_000
    assert contribution_base(300_050, FLOOR, CEILING).base == 300_100


def test_3_4_rounding_comes_before_the_clamp():
    assert contribution_base(290_950, FLOOR, CEILING) == Base(290_950, 291_000, Clamped.NO)
    assert contribution_base(290_949, FLOOR, CEILING).clamped is Clamped.FLOOR
    assert contribution_base(1_454_949, FLOOR, CEILING).clamped is Clamped.NO


def test_a15_the_declared_wage_is_kept_to_the_fen():
    assert contribution_base(1_600_001, FLOOR, CEILING).declared_wage == 1_600_001


def test_3_4_nonsense_operands_are_refused():
    with pytest.raises(ValueError, match="wage"):
        contribution_base(-1, FLOOR, CEILING)
    with pytest.raises(ValueError, match="floor"):
        contribution_base(1, CEILING, FLOOR)


@given(wages, wages)
def test_3_4_a_base_is_monotone_in_the_wage(one, other):
    low, high = sorted((one, other))
    assert contribution_base(low, FLOOR, CEILING).base <= contribution_base(high, FLOOR, CEILING).base


@given(wages)
def test_3_4_a_base_is_whole_yuan_within_the_limits_and_settles_itself(wage):
    base = contribution_base(wage, FLOOR, CEILING).base
    assert FLOOR <= base <= CEILING
    assert base % 100 == 0
    assert contribution_base(base, FLOOR, CEILING) == Base(base, base, Clamped.NO)


@pytest.mark.parametrize(
    ("average_wage", "floor", "ceiling"),
    [
        (4_765_200, 238_300, 1_191_300),
        (5_246_000, 262_300, 1_311_500),
        (5_819_700, 291_000, 1_454_900),
        (6_356_200, 317_800, 1_589_100),
        (6_930_500, 346_500, 1_732_600),
    ],
)
def test_3_3_the_limits_of_2014_to_2018_fit_the_formula(average_wage, floor, ceiling):
    assert limits_warnings(average_wage, floor, ceiling) == ()


def test_3_3_an_entered_limit_more_than_one_yuan_off_is_warned_of():
    assert limits_warnings(5_819_700, 291_100, 1_454_900) == (
        "下限2911元与上年度月平均工资的60%相差超过1元，请核对",
    )


def test_clause_3_3_1_limits_hold_until_new_ones_are_in_force():
    old = Limits(Month(2015, 1), 262_300, 1_311_500)
    new = Limits(Month(2016, 7), 291_000, 1_454_900)
    assert limits_in(Month(2016, 6), [new, old]) == old
    assert limits_in(Month(2017, 1), [old, new]) == new


def test_1_5_a_month_before_all_limits_is_named():
    with pytest.raises(MissingPolicy) as missing:
        limits_in(Month(2014, 12), [Limits(Month(2015, 1), 262_300, 1_311_500)])
    assert (missing.value.what, missing.value.when) == ("缴费基数上下限", "2014-12")
