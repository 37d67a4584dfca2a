"""Price of a person's month (domain 3.4, V1)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.month import Month
from contracts.values import KIND_CODES, Kind, Part, Scheme
from services.billing.rules.price import (
    KIND_PARTS,
    Amounts,
    KindOperands,
    Operands,
    add,
    column,
    premium,
    price,
)
from services.billing.rules.rates import KindRate, RateVersion, operands
from tests.billing.rules import oracle
from tests.billing.rules.rates_2016 import E1, E2, E3, SEPTEMBER, pairs, priced, v1_bill


@pytest.mark.parametrize(
    ("base", "fen"), [(2909_00, 1455), (2911_00, 1456), (2913_00, 1457), (14549_00, 7275), (2910_00, 1455)]
)
def test_3_4_premium_is_half_up_where_floats_and_half_even_err(base, fen):
    assert premium(base, 5_000) == fen


def test_v1_e1_at_the_floor_pays_every_line_as_published():
    amounts = priced(SEPTEMBER, E1)
    assert pairs(amounts) == {
        "pension": (523_80, 232_80),
        "medical": (203_70, 58_20),
        "unemployment": (29_10, 14_55),
        "injury": (26_19, 0),
        "maternity": (14_55, 0),
    }
    assert (amounts.unit, amounts.person) == (797_34, 305_55)


def test_v1_e2_between_the_limits_pays_every_line_as_published():
    amounts = priced(SEPTEMBER, E2)
    assert pairs(amounts) == {
        "pension": (977_58, 434_48),
        "medical": (380_17, 108_62),
        "unemployment": (54_31, 27_16),
        "injury": (48_88, 0),
        "maternity": (27_16, 0),
    }
    assert (amounts.unit, amounts.person) == (1488_10, 570_26)


def test_v1_sy6_e3_a_rural_contract_worker_pays_no_personal_unemployment():
    amounts = priced(SEPTEMBER, E3, rural=True)
    assert pairs(amounts) == {
        "pension": (2618_82, 1163_92),
        "medical": (1018_43, 290_98),
        "unemployment": (145_49, 0),
        "injury": (130_94, 0),
        "maternity": (72_75, 0),
    }
    assert (amounts.unit, amounts.person) == (3986_43, 1454_90)


def test_v1_bill_is_the_sum_of_its_lines_and_never_of_the_bases():
    bill = add(v1_bill())
    assert pairs(bill) == {
        "pension": (4120_20, 1831_20),
        "medical": (1602_30, 457_80),
        "unemployment": (228_90, 41_71),
        "injury": (206_01, 0),
        "maternity": (114_46, 0),
    }
    assert (bill.unit, bill.person, bill.total) == (6271_87, 2330_71, 8602_58)
    assert premium(E1 + E2 + E3, 5_000) == 114_45, "the wrong way differs by a fen"


def test_sy6_a_rural_contract_worker_still_pays_pension_and_medical_and_the_unit_pays_all():
    town, rural = priced(SEPTEMBER, E2), priced(SEPTEMBER, E2, rural=True)
    assert rural.unit == town.unit
    assert town.person - rural.person == 27_16


def test_3_1_large_medical_is_a_fixed_sum_whatever_the_base():
    rates = RateVersion(
        9, Scheme.ENTERPRISE, SEPTEMBER, None, {Kind.LARGE_MEDICAL: KindRate(0, 0, 3_00, 5_00)}
    )
    for base in (E1, E3):
        amounts = price(operands(SEPTEMBER, base, 0, {Kind.LARGE_MEDICAL: 1}, rates, 0))
        assert amounts.columns()["unit_large_medical"] == 3_00
        assert amounts.columns()["person_large_medical"] == 5_00


def test_3_1_government_scheme_pays_pension_and_annuity():
    kinds = {Kind.GOV_PENSION: KindRate(200_000, 80_000), Kind.ANNUITY: KindRate(80_000, 40_000)}
    rates = RateVersion(9, Scheme.GOVERNMENT, Month(2014, 10), None, kinds)
    amounts = price(operands(SEPTEMBER, E2, 0, dict.fromkeys(kinds, 1), rates, 0))
    assert (amounts.unit, amounts.person) == (1086_20 + 434_48, 434_48 + 217_24)


def test_o16_a_kind_switched_off_costs_nothing_not_even_its_fixed_sum():
    off = KindOperands[int](taken=0, unit=70_000, person=20_000, fixed_unit=1, fixed_person=1)
    amounts = price(Operands(E2, 0, {Kind.MEDICAL: off}))
    assert amounts.total == 0


def test_the_wide_line_has_sixteen_columns_in_the_order_of_the_national_codes():
    names = list(Amounts[int]({}).columns())
    assert len(names) == len(set(names)) == len(KIND_PARTS) == 16
    assert names[:4] == ["unit_pension", "person_pension", "unit_gov_pension", "person_gov_pension"]
    assert [KIND_CODES[kind] for kind, _ in KIND_PARTS[::2]] == sorted(KIND_CODES.values())
    assert column(Kind.ANNUITY, Part.PERSON) == "person_annuity"


ppm = st.integers(0, 300_000)
fixed = st.integers(0, 10_000)
rate_tables = st.dictionaries(st.sampled_from(Kind), st.tuples(ppm, ppm, fixed, fixed))
bases = st.one_of(st.integers(0, 50_000).map(lambda yuan: yuan * 100), st.integers(0, 5_000_000))


@given(bases, st.integers(0, 1_000_000))
def test_premium_equals_the_decimal_oracle(base, rate):
    assert premium(base, rate) == oracle.premium(base, rate)


@given(bases, st.booleans(), rate_tables, st.sets(st.sampled_from(Kind)))
def test_price_equals_the_decimal_oracle_and_no_line_is_negative(base, rural, rates, taken):
    kinds = {kind: KindOperands(int(kind in taken), *row) for kind, row in rates.items()}
    amounts = price(Operands(base, int(rural), kinds))
    expected = oracle.person_line(base, rural=rural, rates=rates, taken=taken)
    assert {kind: (amounts.of(kind, Part.UNIT), amounts.of(kind, Part.PERSON)) for kind in rates} == expected
    assert all(fen >= 0 for fen in amounts.columns().values())


@given(st.lists(st.tuples(bases, st.booleans()), max_size=30))
def test_lines_sum_to_the_bill(roster):
    lines = [priced(SEPTEMBER, base, rural=rural) for base, rural in roster]
    bill = add(lines)
    assert bill.total == bill.unit + bill.person == sum(line.total for line in lines)
    assert sum(bill.columns().values()) == bill.total
