"""The year's bases (clause 三(三)1, A14, A15)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.month import Month
from services.enrollment.rules.declaring import (
    Insured,
    average_wage,
    deadline,
    declared_base,
    faults_of,
    is_due,
    months_before,
    posting_stands,
    warnings_of,
)
from services.enrollment.rules.limits import Limits

LIMITS = Limits(Month(2016, 1), 291_000, 1_454_900)


def insured(
    from_month: Month,
    last_month: Month | None,
    base: int,
    *,
    declared: bool,
    confirmed_on: date = date(2016, 9, 7),
    imported: bool = True,
) -> Insured:
    return Insured(from_month, last_month, confirmed_on, imported, base, declared)


OLD = insured(Month(2015, 10), None, 543_100, declared=False)


def test_clause_3_3_1_the_last_day_is_the_10th_of_january():
    assert deadline(2017) == date(2017, 1, 10)


@pytest.mark.parametrize(
    ("relation", "due"),
    [
        (OLD, True),
        (insured(Month(2016, 12), None, 0, declared=False), True),
        (insured(Month(2017, 1), None, 0, declared=False), False),
        (insured(Month(2015, 10), Month(2016, 12), 0, declared=False), False),
        (insured(Month(2015, 10), Month(2017, 1), 0, declared=False), True),
    ],
)
def test_clause_3_3_1_who_was_insured_before_the_year_is_declared(relation: Insured, *, due: bool):
    assert is_due(2017, relation) is due


def test_clause_3_3_1_who_was_taken_over_within_the_year_has_its_base_already():
    taken_over = insured(Month(2010, 1), None, 543_100, declared=False)
    assert not is_due(2016, taken_over)
    assert is_due(2017, taken_over)


@pytest.mark.parametrize(("day", "due"), [(5, True), (10, True), (11, False)])
def test_A33_who_is_confirmed_by_the_10th_with_months_of_the_old_year_is_declared(*, day: int, due: bool):
    late = insured(
        Month(2016, 12), None, 300_000, declared=False, confirmed_on=date(2017, 1, day), imported=False
    )
    assert is_due(2017, late) is due


def test_clause_3_3_1_the_average_is_over_the_months_paid():
    assert average_wage(6_517_644, 12) == 543_137
    assert average_wage(100, 3) == 33
    assert average_wage(101, 2) == 51
    assert months_before(2017, Month(2015, 10)) == 12
    assert months_before(2017, Month(2016, 1)) == 12
    assert months_before(2017, Month(2016, 9)) == 4
    assert months_before(2017, Month(2016, 12)) == 1


@given(st.integers(0, 10**12), st.integers(1, 12))
def test_clause_3_3_1_the_average_is_half_a_fen_off_at_most(total: int, months: int):
    assert abs(2 * months * average_wage(total, months) - 2 * total) <= months


@pytest.mark.parametrize(("total", "months"), [(-1, 12), (1, 0), (1, 13)])
def test_clause_3_3_1_nonsense_is_refused(total: int, months: int):
    with pytest.raises(ValueError, match="twelve"):
        average_wage(total, months)


def test_A15_the_true_average_is_kept_and_the_base_is_clamped_by_last_years_limits():
    low, middle, high = (declared_base(total, 12, LIMITS) for total in (3_000_000, 6_517_644, 19_200_000))
    assert (low.declared_wage, low.base, low.clamped.value) == (250_000, 291_000, "保底")
    assert (middle.declared_wage, middle.base, middle.clamped.value) == (543_137, 543_100, "")
    assert (high.declared_wage, high.base, high.clamped.value) == (1_600_000, 1_454_900, "封顶")


def test_clause_3_3_1_a_row_is_refused_with_its_field():
    def codes(
        relation: Insured = OLD, total: int = 6_000_000, months: int = 12, day: int = 5
    ) -> list[tuple[str, str]]:
        found = faults_of(2017, date(2017, 1, day), relation, total, months)
        return [(fault.field, fault.code) for fault in found]

    assert codes() == []
    assert codes(total=0) == [("wage_total", "bases.nothing")]
    assert codes(total=1_200_000_001) == [("wage_total", "bases.too_high")]
    assert codes(insured(Month(2017, 1), None, 0, declared=False)) == [("enrollment_id", "bases.not_due")]
    autumn = insured(Month(2016, 9), None, 300_000, declared=False)
    assert codes(autumn, months=5) == [("months", "bases.months")]
    assert codes(autumn, months=4) == []


def test_clause_3_3_3_after_the_10th_a_declared_base_changes_by_application_only():
    declared = insured(Month(2015, 10), None, 543_100, declared=True)
    assert faults_of(2017, date(2017, 1, 10), declared, 6_000_000, 12) == ()
    (late,) = faults_of(2017, date(2017, 1, 11), declared, 6_000_000, 12)
    assert (late.code, "更正" in late.message) == ("bases.late", True)
    assert faults_of(2017, date(2017, 1, 11), OLD, 6_000_000, 12) == ()


def test_clause_3_3_1_a_wage_that_swings_is_asked_about():
    assert warnings_of(OLD, declared_base(6_000_000, 12, LIMITS)) == ()
    assert "一倍" in warnings_of(OLD, declared_base(13_100_000, 12, LIMITS))[0]
    assert "一半" in warnings_of(OLD, declared_base(3_200_000, 12, LIMITS))[0]


def test_clause_3_3_1_a_posting_lasts_ten_days():
    assert posting_stands(date(2017, 1, 1), date(2017, 1, 10))
    assert not posting_stands(date(2017, 1, 1), date(2017, 1, 9))
