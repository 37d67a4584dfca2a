"""Rounding (domain 3.4): half-up, in integers, never through a float."""

from __future__ import annotations

from typing import Any, TypeVar

Number = TypeVar("Number")
"""An int, or an SQL integer expression whose `/` divides integers."""

PPM = 1_000_000


def half_up(numerator: Number, denominator: int) -> Number:
    """The quotient half-up to the whole unit: `(2n + d) // 2d`, for n ≥ 0 and a plain d > 0.

    SQL divides towards zero and Python downwards; for n ≥ 0 both are the same.
    """
    operand: Any = numerator
    quotient: Number = (2 * operand + denominator) // (2 * denominator)
    return quotient
