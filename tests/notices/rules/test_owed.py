"""What months in arrears owe on a day (2.5, A24, A26 to A29)."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from contracts.events.billing import Allocation, DebtSum
from contracts.month import Month
from contracts.values import DebtSort, Kind
from services.notices.rules.covering import is_settled, to_prepare
from services.notices.rules.owed import MonthFacts, PaidPart, fee_on, owed_on

SEPTEMBER, OCTOBER = Month(2016, 9), Month(2016, 10)
ELEVENTH = date(2016, 9, 11)
P = UUID(int=1)


def debt(unit: int, person: int, sort: DebtSort = DebtSort.ORDINARY) -> DebtSum:
    return DebtSum(month=SEPTEMBER, kind=Kind.PENSION, sort=sort, unit=unit, person=person)


def part(
    on: date, unit: int, person: int = 0, fee: int = 0, sort: DebtSort = DebtSort.ORDINARY, **names: Any
) -> PaidPart:
    allocation = Allocation(
        month=SEPTEMBER, kind=Kind.PENSION, sort=sort, unit=unit, person=person, fee=fee, **names
    )
    return PaidPart(on, allocation, P)


def opened(
    *debts: DebtSum, month: Month = SEPTEMBER, on: date = ELEVENTH, deducted: frozenset[UUID] = frozenset()
) -> MonthFacts:
    return MonthFacts(month, opened_version=5, opened_on=on, fee_from=on, debts=debts, deducted=deducted)


def sums(facts: list[MonthFacts], paid: list[PaidPart], on: date) -> list[tuple[int, int, int]]:
    return [(line.debt.unit, line.debt.person, line.debt.fee) for line in owed_on(facts, paid, on)]


def test_v3_forty_days_on_the_pension():
    assert sums([opened(debt(412_020, 183_120))], [], date(2016, 10, 20)) == [(412_020, 183_120, 11_903)]


def test_v3b_a_part_paid_counts_through_its_day():
    paid = [part(date(2016, 9, 25), 175_355, 183_120)]
    assert sums([opened(debt(412_020, 183_120))], paid, date(2016, 10, 20)) == [(236_665, 0, 7_422)]


def test_a30_a_payment_known_when_the_arrears_opened_is_not_deducted_twice():
    paid = [part(date(2016, 9, 9), 50_000)]
    assert sums([opened(debt(412_020, 0), deducted=frozenset({P}))], paid, ELEVENTH) == [(412_020, 0, 206)]


def test_a24_a_part_paid_in_time_and_told_later_is_deducted_without_a_fee():
    paid = [part(date(2016, 9, 9), 112_020)]
    assert sums([opened(debt(412_020, 0))], paid, ELEVENTH) == [(300_000, 0, 150)]


def test_a30_a_part_paid_on_the_opening_day_is_deducted_once():
    paid = [part(ELEVENTH, 112_020)]
    assert sums([opened(debt(412_020, 0))], paid, date(2016, 9, 12)) == [(300_000, 0, 356)]


def test_2_5_a_part_pays_the_debt_it_names_and_no_other_of_that_name():
    early, late = date(2016, 9, 6), ELEVENTH
    debts = (debt(50_000, 0).model_copy(update={"fee_from": day}) for day in (early, late))
    september = opened(*debts)
    paid = [part(date(2016, 9, 11), 50_000, bill_month=SEPTEMBER, fee_from=late)]
    assert sums([september], paid, ELEVENTH) == [(50_000, 0, 150), (0, 0, 25)]
    other = [part(date(2016, 9, 11), 50_000, bill_month=OCTOBER, fee_from=late)]
    assert sums([september], other, ELEVENTH) == [(50_000, 0, 150), (50_000, 0, 25)]


def test_2_5_a_fee_already_paid_is_not_owed_again():
    paid = [part(date(2016, 9, 20), 100_000, fee=500)]
    assert sums([opened(debt(100_000, 0))], paid, date(2016, 10, 20)) == []
    less = [part(date(2016, 9, 20), 100_000, fee=300)]
    assert sums([opened(debt(100_000, 0))], less, date(2016, 10, 20)) == [(0, 0, 200)]


def test_2_5_a_fee_of_principal_paid_before_the_arrears_opened_stays_owed():
    paid_up = debt(0, 0).model_copy(update={"fee": 150})
    assert sums([opened(paid_up)], [], date(2016, 10, 20)) == [(0, 0, 150)]
    half = debt(100_000, 0).model_copy(update={"fee": 75})
    assert sums([opened(half)], [], date(2016, 9, 12)) == [(100_000, 0, 125)]


def test_a8_each_debt_of_a_bill_counts_from_its_own_day():
    october = MonthFacts(
        OCTOBER,
        opened_version=5,
        opened_on=date(2016, 10, 11),
        fee_from=date(2016, 9, 6),
        debts=(
            debt(100_000, 0, DebtSort.SUPPLEMENT).model_copy(update={"fee_from": date(2016, 9, 6)}),
            debt(100_000, 0).model_copy(update={"fee_from": date(2016, 10, 11)}),
        ),
    )
    assert sums([october], [], date(2016, 10, 15)) == [(100_000, 0, 2_000), (100_000, 0, 250)]


def test_2_5_one_payment_never_pays_two_debts_of_the_same_name():
    later = opened(debt(30_000, 0), month=OCTOBER, on=date(2016, 10, 11))
    paid = [part(date(2016, 10, 12), 25_000)]
    found = sums([later, opened(debt(20_000, 0))], paid, date(2016, 10, 12))
    assert found == [(0, 0, 320), (25_000, 0, 30)]


def test_2_5_sorts_of_debt_stay_apart():
    paid = [part(date(2016, 9, 12), 10_000, sort=DebtSort.SUPPLEMENT)]
    assert sums([opened(debt(20_000, 0))], paid, date(2016, 9, 12)) == [(20_000, 0, 20)]


def test_a29_the_fee_ends_at_the_principal():
    assert fee_on(100_000, [], ELEVENTH, ELEVENTH + timedelta(days=1_999)) == 100_000
    assert fee_on(100_000, [], ELEVENTH, ELEVENTH + timedelta(days=1_998)) == 99_950
    assert fee_on(100_000, [], ELEVENTH, ELEVENTH + timedelta(days=9_000)) == 100_000


def test_a24_the_facts_decide_by_version_whatever_came_first():
    month = opened(debt(1, 0))
    assert month.is_open
    late = MonthFacts(
        SEPTEMBER,
        5,
        ELEVENTH,
        ELEVENTH,
        (debt(1, 0),),
        principal_version=6,
        principal_paid_on=date(2016, 9, 10),
    )
    assert (late.is_open, late.closed_on) == (False, date(2016, 9, 10))
    older = MonthFacts(
        SEPTEMBER, 5, ELEVENTH, ELEVENTH, (debt(1, 0),), settled_version=4, settled_on=ELEVENTH
    )
    assert older.is_open
    assert not MonthFacts(SEPTEMBER, settled_version=7, settled_on=ELEVENTH).is_open


def test_a31_one_prepared_order_for_what_no_issued_one_covers():
    assert to_prepare([201610, 201609, 201608], [201609]) == [201608, 201610]
    assert is_settled([201608, 201609], [201610])
    assert not is_settled([201608, 201609], [201609])


@given(st.integers(1, 10**9), st.integers(0, 3_000), st.integers(0, 100))
def test_a26_the_fee_never_falls_with_the_days(principal, days, more):
    on = ELEVENTH + timedelta(days=days)
    assert fee_on(principal, [], ELEVENTH, on) <= fee_on(principal, [], ELEVENTH, on + timedelta(days=more))


@given(st.integers(1, 10**9), st.data())
def test_a27_paying_a_part_earlier_never_raises_the_fee(principal, data):
    amount = data.draw(st.integers(0, principal))
    day = ELEVENTH + timedelta(days=data.draw(st.integers(0, 400)))
    on = day + timedelta(days=data.draw(st.integers(0, 400)))
    assert fee_on(principal, [(day, amount)], ELEVENTH, on) <= fee_on(principal, [], ELEVENTH, on)


def test_2_3_debts_stand_in_the_order_of_the_national_codes_however_they_were_told():
    told = (Kind.INJURY, Kind.MATERNITY, Kind.MEDICAL, Kind.PENSION, Kind.UNEMPLOYMENT)
    debts = [debt(100_000, 0).model_copy(update={"kind": kind}) for kind in told]
    found = [line.debt.kind for line in owed_on([opened(*debts)], [], ELEVENTH)]
    assert found == [Kind.PENSION, Kind.UNEMPLOYMENT, Kind.MEDICAL, Kind.INJURY, Kind.MATERNITY]
