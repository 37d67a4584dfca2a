"""Dated rates and injury rates (domain 3.1, 3.2, 1.5 business date without data)."""

from __future__ import annotations

import pytest

from contracts.month import Month
from contracts.values import Kind, Scheme
from services.billing.rules.rates import (
    InjuryRate,
    KindRate,
    RateVersion,
    injury_rate,
    injury_rate_in,
    operands,
    rates_in,
)
from services.chassis.policy import MissingPolicy
from tests.billing.rules.rates_2016 import RELEASED

SEPTEMBER = Month(2016, 9)


@pytest.mark.parametrize(
    ("month", "unit", "person"),
    [
        (Month(2015, 3), 15_000, 5_000),
        (Month(2016, 4), 15_000, 5_000),
        (Month(2016, 5), 10_000, 5_000),
        (Month(2016, 12), 10_000, 5_000),
        (Month(2017, 1), 7_000, 3_000),
    ],
)
def test_3_1_unemployment_rate_by_month(month, unit, person):
    rate = rates_in(month, Scheme.ENTERPRISE, RELEASED).rate(Kind.UNEMPLOYMENT, month)
    assert (rate.unit, rate.person) == (unit, person)


def test_1_5_a_month_before_any_released_rates_names_what_is_missing():
    with pytest.raises(MissingPolicy, match="缺少企业社会保险费率（2015-02）的政策数据"):
        rates_in(Month(2015, 2), Scheme.ENTERPRISE, RELEASED)


def test_1_5_a_scheme_without_rates_names_what_is_missing():
    with pytest.raises(MissingPolicy, match="机关事业单位社会保险费率"):
        rates_in(SEPTEMBER, Scheme.GOVERNMENT, RELEASED)


def test_1_5_rates_that_ran_out_are_not_replaced_by_older_ones():
    ended = RateVersion(9, Scheme.ENTERPRISE, Month(2016, 6), Month(2016, 8), {})
    assert rates_in(Month(2016, 8), Scheme.ENTERPRISE, (*RELEASED[:2], ended)) is ended
    with pytest.raises(MissingPolicy):
        rates_in(SEPTEMBER, Scheme.ENTERPRISE, (*RELEASED[:2], ended))


def test_1_5_a_kind_without_a_rate_stops_the_price_and_is_named():
    rates = rates_in(SEPTEMBER, Scheme.ENTERPRISE, RELEASED)
    with pytest.raises(MissingPolicy, match="大额医疗费率") as missing:
        operands(SEPTEMBER, 2_910_00, 0, {Kind.LARGE_MEDICAL: 1}, rates, 9_000)
    assert missing.value.when == "2016-09"


@pytest.mark.parametrize(
    ("injury_class", "ppm"),
    [(1, 2000), (2, 4000), (3, 7000), (4, 9000), (5, 11000), (6, 13000), (7, 16000), (8, 19000)],
)
def test_3_2_class_rates(injury_class, ppm):
    assert injury_rate(injury_class, 100) == ppm


@pytest.mark.parametrize(
    ("injury_class", "step", "ppm"),
    [(1, 120, 2400), (1, 150, 3000), (3, 50, 3500), (4, 150, 13500), (8, 80, 15200)],
)
def test_3_2_floats_keep_four_decimals_exactly(injury_class, step, ppm):
    assert injury_rate(injury_class, step) == ppm


@pytest.mark.parametrize(("injury_class", "step"), [(1, 50), (1, 80), (4, 110), (0, 100), (9, 100)])
def test_3_2_pairs_that_do_not_exist_are_refused(injury_class, step):
    with pytest.raises(ValueError, match="浮动档次"):
        injury_rate(injury_class, step)


def test_gs10_the_injury_rate_belongs_to_the_employer_and_is_dated():
    rates = (InjuryRate(Month(2017, 1), 13_500), InjuryRate(Month(2015, 10), 9_000))
    assert injury_rate_in(Month(2016, 12), rates) == 9_000
    assert injury_rate_in(Month(2017, 1), rates) == 13_500
    with pytest.raises(MissingPolicy, match="单位工伤保险费率"):
        injury_rate_in(Month(2015, 9), rates)


def test_3_1_the_employers_own_injury_rate_enters_the_operands_and_nobody_else_pays_it():
    rates = RateVersion(9, Scheme.ENTERPRISE, SEPTEMBER, None, {Kind.MEDICAL: KindRate(70_000, 20_000)})
    by = operands(SEPTEMBER, 2_910_00, 0, {Kind.INJURY: 1, Kind.MEDICAL: 1}, rates, 13_500).kinds
    assert (by[Kind.INJURY].unit, by[Kind.INJURY].person) == (13_500, 0)
    assert (by[Kind.MEDICAL].unit, by[Kind.MEDICAL].person) == (70_000, 20_000)
