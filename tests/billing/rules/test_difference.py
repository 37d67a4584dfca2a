"""Base differences (V2, A17) and settlement of provisional bills (A14)."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from contracts.month import Month
from contracts.values import Kind, Part
from services.billing.rules.difference import difference
from services.billing.rules.price import Amounts, add
from services.billing.rules.provisional import provisional
from tests.billing.rules.rates_2016 import FIVE, SEPTEMBER, pairs, priced, v1_bill

HALF_YEAR = [Month(2016, number) for number in range(1, 7)]


def _differences(old: int, new: int, *, rural: bool = False) -> list[Amounts[int]]:
    return [
        difference(priced(month, old, rural=rural), priced(month, new, rural=rural)) for month in HALF_YEAR
    ]


def test_v2_e1_raised_to_the_floor_differs_per_month_as_published():
    months = _differences(2_623_00, 2_910_00)
    for january_to_april in months[:4]:
        assert pairs(january_to_april) == {
            "pension": (51_66, 22_96),
            "medical": (20_09, 5_74),
            "unemployment": (4_30, 1_43),
            "injury": (2_58, 0),
            "maternity": (1_43, 0),
        }
        assert (january_to_april.unit, january_to_april.person) == (80_06, 30_13)
    for may_june in months[4:]:
        assert may_june.of(Kind.UNEMPLOYMENT, Part.UNIT) == 2_87
        assert (may_june.unit, may_june.person) == (78_63, 30_13)


def test_v2_e1_six_months_are_round_new_less_round_old_not_the_rounded_difference():
    total = add(_differences(2_623_00, 2_910_00))
    assert (total.unit, total.person) == (477_50, 180_78)
    naive = add(priced(month, 287_00) for month in HALF_YEAR)
    assert (naive.unit, naive.person) == (477_60, 180_84), "the wrong way is off by a dime"


def test_v2_e3_raised_to_the_ceiling_after_audit():
    total = add(_differences(13_115_00, 14_549_00, rural=True))
    assert (total.unit, total.person) == (2386_14, 860_40)


def test_v2_a_kind_only_in_one_of_both_prices_differs_by_its_whole_amount():
    four = priced(SEPTEMBER, 2_910_00, kinds=FIVE[:4])
    five = priced(SEPTEMBER, 2_910_00)
    assert difference(four, five).of(Kind.MATERNITY, Part.UNIT) == 14_55
    assert difference(five, four).of(Kind.MATERNITY, Part.UNIT) == -14_55


whole_yuan = st.integers(2_000, 20_000).map(lambda yuan: yuan * 100)
months = st.sampled_from([*HALF_YEAR, SEPTEMBER, Month(2017, 1)])


@given(months, whole_yuan, whole_yuan, st.booleans())
def test_a17_there_and_back_is_nought_on_every_line(month, one, other, rural):
    old, new = priced(month, one, rural=rural), priced(month, other, rural=rural)
    there, back = difference(old, new), difference(new, old)
    assert set(add([there, back]).columns().values()) == {0}
    assert add([old, there]).columns() == new.columns()


def test_v4_the_provisional_bill_is_110_percent_per_kind_and_part():
    bill = provisional(add(v1_bill()))
    assert pairs(bill) == {
        "pension": (4532_22, 2014_32),
        "medical": (1762_53, 503_58),
        "unemployment": (251_79, 45_88),
        "injury": (226_61, 0),
        "maternity": (125_91, 0),
    }
    assert bill.total == 9462_84


def test_a14_a_provisional_bill_is_settled_per_line_against_what_was_declared():
    assessed = add(v1_bill())
    settled = difference(provisional(assessed), assessed)
    assert settled.total == 8602_58 - 9462_84
    assert settled.of(Kind.UNEMPLOYMENT, Part.PERSON) == 41_71 - 45_88
