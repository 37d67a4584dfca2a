"""Every sum opens to its explanation (architecture, Money)."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from contracts.values import Kind, Part
from services.billing.rules.explain import explain, explain_fee, percent, yuan
from services.billing.rules.fee_term import ordinary
from services.billing.rules.late_fee import PrincipalPaid, late_fee
from services.billing.rules.price import KindOperands, Operands, price
from tests.billing.rules.rates_2016 import SEPTEMBER


def _operands(base: int, *, rural: int = 0, taken: int = 1) -> Operands[int]:
    return Operands(
        base,
        rural,
        {
            Kind.MATERNITY: KindOperands(taken, 5_000, 0),
            Kind.UNEMPLOYMENT: KindOperands(taken, 10_000, 5_000),
            Kind.LARGE_MEDICAL: KindOperands(taken, 0, 0, 3_00, 5_00),
        },
    )


def test_a_line_shows_base_rate_and_rounding():
    text = explain(_operands(2_910_00), Kind.MATERNITY, Part.UNIT)
    assert text == "基数 2,910 × 0.5% = 14.55（四舍五入到分）"


def test_3_4_a_line_that_was_rounded_shows_the_exact_product_first():
    text = explain(_operands(2_909_00), Kind.MATERNITY, Part.UNIT)
    assert text == "基数 2,909 × 0.5% = 14.545 ≈ 14.55（四舍五入到分）"


def test_sy6_the_rural_exemption_is_named():
    text = explain(_operands(14_549_00, rural=1), Kind.UNEMPLOYMENT, Part.PERSON)
    assert text == "农民合同制工人个人不缴纳失业保险费"
    assert "145.49" in explain(_operands(14_549_00, rural=1), Kind.UNEMPLOYMENT, Part.UNIT)


def test_kinds_not_taken_flat_sums_and_parts_without_premium_say_so():
    assert explain(_operands(2_910_00, taken=0), Kind.MATERNITY, Part.UNIT) == "未参加该险种"
    assert explain(_operands(2_910_00), Kind.PENSION, Part.UNIT) == "未参加该险种"
    assert explain(_operands(2_910_00), Kind.LARGE_MEDICAL, Part.PERSON) == "定额 5.00"
    assert explain(_operands(2_910_00), Kind.MATERNITY, Part.PERSON) == "该部分不缴费"


def test_a_rate_with_a_flat_sum_shows_both():
    both = Operands(2_910_00, 0, {Kind.LARGE_MEDICAL: KindOperands[int](1, 5_000, 0, 3_00)})
    assert (
        explain(both, Kind.LARGE_MEDICAL, Part.UNIT)
        == "基数 2,910 × 0.5% + 定额 3.00 = 17.55（四舍五入到分）"
    )


def test_v3_the_late_fee_shows_its_formula():
    fee = late_fee(5951_40, (), ordinary(SEPTEMBER), date(2016, 10, 20))
    assert explain_fee(fee) == "5,951.40 × 40天 × 0.05% = 119.028 ≈ 119.03（四舍五入到分）"


def test_v3b_the_late_fee_after_a_partial_payment_shows_both_stretches():
    paid = [PrincipalPaid(date(2016, 9, 25), 3584_75)]
    fee = late_fee(5951_40, paid, ordinary(SEPTEMBER), date(2016, 10, 20))
    assert explain_fee(fee) == (
        "（5,951.40 × 15天 + 2,366.65 × 25天） × 0.05% = 74.218625 ≈ 74.22（四舍五入到分）"
    )


def test_a29_the_cap_is_shown_beside_the_uncapped_figure():
    term = ordinary(SEPTEMBER)
    fee = late_fee(1_000_00, (), term, term.fee_from + timedelta(days=2_099))
    assert explain_fee(fee) == "1,000.00 × 2100天 × 0.05% = 1,050.00（四舍五入到分），以本金为限 1,000.00"


def test_no_fee_says_so():
    assert explain_fee(late_fee(1_00, (), ordinary(SEPTEMBER), date(2016, 9, 10))) == "无滞纳金"


def test_figures_and_rates_are_written_as_people_write_them():
    assert [percent(ppm) for ppm in (180_000, 5_000, 500, 13_500, 3_500, 1_000_000)] == [
        "18%", "0.5%", "0.05%", "1.35%", "0.35%", "100%",
    ]  # fmt: skip
    assert [yuan(fen) for fen in (0, 5, -100_05, 8602_58)] == ["0.00", "0.05", "-100.05", "8,602.58"]


@given(st.integers(0, 5_000_000), st.integers(1, 300_000))
def test_the_explanation_always_ends_in_the_priced_sum(base, rate):
    one = Operands(base, 0, {Kind.INJURY: KindOperands[int](1, rate, 0)})
    amount = price(one).of(Kind.INJURY, Part.UNIT)
    assert explain(one, Kind.INJURY, Part.UNIT).endswith(f" {yuan(amount)}（四舍五入到分）")
