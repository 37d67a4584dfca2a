"""How a sum came about, in words an employer can check with a pocket calculator."""

from __future__ import annotations

from contracts.values import Kind, Part
from services.billing.rules.late_fee import LATE_FEE_2016, LateFee, LateFeePolicy
from services.billing.rules.price import Operands, price
from services.billing.rules.rounding import PPM

_TO_THE_FEN = "（四舍五入到分）"
_DIGITS_OF_PRODUCT = 8


def explain(operands: Operands[int], kind: Kind, part: Part) -> str:
    """One amount of a person's line: base, rate, rounding; always ends in the sum that was priced."""
    by = operands.kinds.get(kind)
    if by is None or not by.taken:
        return "未参加该险种"
    if operands.rural and (kind, part) == (Kind.UNEMPLOYMENT, Part.PERSON):
        return "农民合同制工人个人不缴纳失业保险费"
    rate, fixed = (by.unit, by.fixed_unit) if part is Part.UNIT else (by.person, by.fixed_person)
    amount = price(operands).of(kind, part)
    if not rate:
        return f"定额 {yuan(fixed)}" if fixed else "该部分不缴费"
    product = f"基数 {whole_or_fen(operands.base)} × {percent(rate)}"
    if fixed:
        return f"{product} + 定额 {yuan(fixed)} = {yuan(amount)}{_TO_THE_FEN}"
    return f"{product} = {_rounded(operands.base * rate, amount)}"


def explain_fee(fee: LateFee, policy: LateFeePolicy = LATE_FEE_2016) -> str:
    """算式 of one debt's late fee: principal × days of each stretch, rate, rounding, cap."""
    if not fee.stretches:
        return "无滞纳金"
    products = " + ".join(f"{yuan(one.principal)} × {one.days}天" for one in fee.stretches)
    if len(fee.stretches) > 1:
        products = f"（{products}）"
    exact = sum(one.principal * one.days for one in fee.stretches) * policy.daily_rate
    text = f"{products} × {percent(policy.daily_rate)} = {_rounded(exact, fee.uncapped)}"
    return text if fee.amount == fee.uncapped else f"{text}，以本金为限 {yuan(fee.amount)}"


def yuan(fen: int) -> str:
    """Fen as yuan with separators: 860258 is 8,602.58."""
    sign = "-" if fen < 0 else ""
    whole, cents = divmod(abs(fen), 100)
    return f"{sign}{whole:,}.{cents:02d}"


def whole_or_fen(fen: int) -> str:
    """Fen as yuan, without decimals for whole yuan: 291000 is 2,910."""
    return f"{fen // 100:,}" if fen % 100 == 0 else yuan(fen)


def percent(ppm: int) -> str:
    """A rate as per cent without needless noughts: 5000 ppm is 0.5%."""
    whole, rest = divmod(ppm, 10_000)
    return f"{whole}.{rest:04d}".rstrip("0").rstrip(".") + "%"


def _rounded(product: int, amount: int) -> str:
    """The exact product of fen and ppm where the fen does not hold it, then the sum."""
    if product == amount * PPM:
        return f"{yuan(amount)}{_TO_THE_FEN}"
    whole, rest = divmod(product, PPM * 100)
    exact = f"{whole:,}.{rest:0{_DIGITS_OF_PRODUCT}d}".rstrip("0")
    return f"{exact} ≈ {yuan(amount)}{_TO_THE_FEN}"
