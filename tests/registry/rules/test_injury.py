"""工伤 classes and float steps (domain 3.2)."""

import pytest

from contracts.month import Month
from services.chassis.policy import MissingPolicy
from services.registry.rules.injury import FloatNotPermitted, permitted_floats, rate_ppm, tariff_in


@pytest.mark.parametrize(
    ("injury_class", "ppm"),
    [(1, 2000), (2, 4000), (3, 7000), (4, 9000), (5, 11000), (6, 13000), (7, 16000), (8, 19000)],
)
def test_3_2_class_rates_without_float(injury_class, ppm):
    assert rate_ppm(injury_class, 100) == ppm


def test_3_2_floats_keep_four_decimals_exactly():
    assert rate_ppm(3, 50) == 3500
    assert rate_ppm(4, 150) == 13500
    assert rate_ppm(5, 80) == 8800
    assert rate_ppm(1, 120) == 2400


def test_3_2_class_1_only_floats_up():
    assert permitted_floats(1) == (100, 120, 150)
    assert permitted_floats(8) == (50, 80, 100, 120, 150)


def test_3_2_a_float_that_is_not_permitted_names_those_that_are():
    with pytest.raises(FloatNotPermitted, match="1类行业的浮动档次只能为100%、120%、150%，现为50%"):
        rate_ppm(1, 50)


@pytest.mark.parametrize("injury_class", [0, 9, -1])
def test_3_2_an_unknown_class_is_refused(injury_class):
    with pytest.raises(FloatNotPermitted, match="1至8类"):
        rate_ppm(injury_class, 100)


def test_3_2_classes_hold_from_2015_10_and_nothing_stands_before():
    assert tariff_in(Month(2015, 10)).class_rates[4] == 9000
    with pytest.raises(MissingPolicy) as missing:
        tariff_in(Month(2015, 9))
    assert (missing.value.what, missing.value.when) == ("工伤保险费率", "2015-09")
