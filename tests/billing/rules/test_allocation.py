"""Allocation of payments (reading 2.5, A30, V3b, O2 art 13)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.month import Month
from contracts.values import DebtSort, Kind
from services.billing.rules.allocation import Allocated, Debt, allocate, pro_rata
from services.billing.rules.fee_term import ordinary
from services.billing.rules.late_fee import PrincipalPaid, late_fee
from services.billing.rules.price import add
from tests.billing.rules.rates_2016 import SEPTEMBER, pairs, v1_bill

OCTOBER = Month(2016, 10)
ORDINARY = DebtSort.ORDINARY


def _v1_debts(month: Month = SEPTEMBER) -> list[Debt]:
    return [Debt(month, Kind(kind), ORDINARY, *parts) for kind, parts in pairs(add(v1_bill())).items()]


def _units(allocated: Allocated) -> dict[str, int]:
    return {str(one.debt.kind): one.unit for one in allocated.allocations}


def test_v3b_5000_pays_all_personal_parts_and_the_rest_pro_rata_to_the_unit_parts():
    allocated = allocate(_v1_debts(), 5000_00)
    assert sum(one.person for one in allocated.allocations) == 2330_71
    assert _units(allocated) == {
        "pension": 1753_55,
        "unemployment": 97_42,
        "medical": 681_93,
        "injury": 87_68,
        "maternity": 48_71,
    }
    assert allocated.rest == 0


def test_v3b_the_fee_after_two_payments_is_109_55():
    first = {one.debt.kind: one.unit + one.person for one in allocate(_v1_debts(), 5000_00).allocations}
    fees = {
        str(debt.kind): late_fee(
            debt.unit + debt.person,
            [PrincipalPaid(date(2016, 9, 25), first[debt.kind])],
            ordinary(SEPTEMBER),
            date(2016, 10, 20),
        ).amount
        for debt in _v1_debts()
    }
    assert fees == {
        "pension": 74_22,
        "medical": 26_96,
        "unemployment": 3_67,
        "injury": 3_02,
        "maternity": 1_68,
    }
    assert sum(fees.values()) == 109_55


def test_2_5_money_that_does_not_cover_the_personal_parts_goes_pro_rata_among_them():
    allocated = allocate(_v1_debts(), 1000_00)
    assert {str(one.debt.kind): one.person for one in allocated.allocations} == {
        "pension": 785_68,
        "medical": 196_42,
        "unemployment": 17_90,
    }
    assert all(one.unit == 0 for one in allocated.allocations)


def test_2_5_all_principals_come_before_any_fee_and_the_oldest_month_first():
    old = Debt(SEPTEMBER, Kind.MEDICAL, ORDINARY, 70, 20, fee=5)
    new = Debt(OCTOBER, Kind.MEDICAL, ORDINARY, 70, 20, fee=3)
    allocated = allocate([new, old], 90 + 40)
    assert [(one.debt.month, one.person, one.unit, one.fee) for one in allocated.allocations] == [
        (SEPTEMBER, 20, 70, 0),
        (OCTOBER, 20, 20, 0),
    ]
    fees = allocate([new, old], 180 + 6)
    assert [one.fee for one in fees.allocations] == [5, 1]


def test_2_5_ties_of_the_largest_remainder_fall_by_national_code():
    equal = [
        Debt(SEPTEMBER, kind, ORDINARY, 100, 0) for kind in (Kind.MATERNITY, Kind.INJURY, Kind.UNEMPLOYMENT)
    ]
    allocated = allocate(equal, 100)
    assert _units(allocated) == {"unemployment": 34, "injury": 33, "maternity": 33}


def test_2_5_sorts_of_one_month_and_kind_stay_apart():
    debts = [Debt(SEPTEMBER, Kind.PENSION, sort, 10, 10) for sort in (DebtSort.CORRECTION, ORDINARY)]
    allocated = allocate(debts, 31)
    assert [(one.debt.sort, one.person, one.unit) for one in allocated.allocations] == [
        (ORDINARY, 10, 6),
        (DebtSort.CORRECTION, 10, 5),
    ]


def test_a30_money_beyond_all_debts_is_a_rest_and_never_an_overpaid_debt():
    assert allocate(_v1_debts(), 8602_58 + 7).rest == 7
    assert allocate([], 12).rest == 12
    assert allocate(_v1_debts(), 0).allocations == ()


def test_a_negative_payment_or_debt_is_refused():
    with pytest.raises(ValueError, match="not negative"):
        allocate([], -1)
    with pytest.raises(ValueError, match="never negative"):
        Debt(SEPTEMBER, Kind.PENSION, ORDINARY, -1, 0)


sums = st.one_of(st.integers(0, 9), st.integers(0, 10_000_00))
keys = st.tuples(
    st.integers(0, 4).map(SEPTEMBER.plus), st.sampled_from(list(Kind)), st.sampled_from(list(DebtSort))
)
debt_lists = st.dictionaries(keys, st.tuples(sums, sums, sums), max_size=12).map(
    lambda rows: [Debt(*key, *row) for key, row in rows.items()]
)
payments = st.integers(0, 50_000_00)


@given(debt_lists, payments)
def test_allocations_and_rest_sum_to_the_payment(debts, amount):
    allocated = allocate(debts, amount)
    assert sum(one.total for one in allocated.allocations) + allocated.rest == amount
    owed = sum(debt.unit + debt.person + debt.fee for debt in debts)
    assert allocated.rest == max(0, amount - owed)


@given(debt_lists, payments)
def test_no_allocation_exceeds_its_debt(debts, amount):
    for one in allocate(debts, amount).allocations:
        assert 0 <= one.person <= one.debt.person
        assert 0 <= one.unit <= one.debt.unit
        assert 0 <= one.fee <= one.debt.fee


@given(debt_lists, payments)
def test_2_5_nothing_later_is_touched_while_something_earlier_is_open(debts, amount):
    booked = {
        (one.debt.month, one.debt.kind, one.debt.sort): one for one in allocate(debts, amount).allocations
    }

    def of(debt: Debt, what: str) -> int:
        one = booked.get((debt.month, debt.kind, debt.sort))
        return int(getattr(one, what)) if one else 0

    steps = [(month, part) for month in sorted({debt.month for debt in debts}) for part in ("person", "unit")]
    steps += [(month, "fee") for month, part in steps if part == "unit"]
    open_before = False
    for month, part in steps:
        here = [debt for debt in debts if debt.month == month]
        paid = sum(of(debt, part) for debt in here)
        assert not (open_before and paid)
        open_before |= paid < sum(getattr(debt, part) for debt in here)


@given(debt_lists, st.lists(st.integers(0, 10_000_00), max_size=5), st.randoms(use_true_random=False))
def test_partial_payments_in_any_order_conserve_every_fen(debts, parts, chance):
    owed = sum(debt.unit + debt.person + debt.fee for debt in debts)
    for order in (parts, chance.sample(parts, len(parts))):
        left, rest, booked = debts, 0, 0
        for part in order:
            allocated = allocate(left, part)
            left = _after(left, allocated)
            rest += allocated.rest
            booked += sum(one.total for one in allocated.allocations)
        assert booked + rest == sum(parts)
        assert sum(debt.unit + debt.person + debt.fee for debt in left) == max(0, owed - sum(parts))


def _after(debts: list[Debt], allocated: Allocated) -> list[Debt]:
    paid = {one.debt: one for one in allocated.allocations}
    return [
        Debt(
            debt.month,
            debt.kind,
            debt.sort,
            debt.unit - paid[debt].unit,
            debt.person - paid[debt].person,
            debt.fee - paid[debt].fee,
        )
        if debt in paid
        else debt
        for debt in debts
    ]


@given(st.lists(sums, max_size=9), payments)
def test_pro_rata_is_never_more_than_a_fen_from_the_exact_share(dues, amount):
    shares, total = pro_rata(amount, dues), sum(dues)
    assert sum(shares) == min(amount, total)
    if amount < total:
        assert all(abs(share * total - amount * due) < total for share, due in zip(shares, dues, strict=True))
