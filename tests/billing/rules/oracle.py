"""An independent second implementation of the money rules with Decimal; it imports nothing of the rules."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def to_cent(value: Decimal) -> Decimal:
    return value.quantize(CENT, rounding=ROUND_HALF_UP)


def yuan(fen: int) -> Decimal:
    return Decimal(fen) / 100


def fen(value: Decimal) -> int:
    return int(value * 100)


def premium(base_fen: int, rate_ppm: int) -> int:
    return fen(to_cent(yuan(base_fen) * Decimal(rate_ppm) / Decimal(1_000_000)))


def person_line(base_fen, *, rural, rates, taken):
    """`rates`: kind text → (unit ppm, person ppm, fixed unit fen, fixed person fen)."""
    line = {}
    for kind, (unit, person, fixed_unit, fixed_person) in rates.items():
        pays = kind in taken
        exempt = rural and kind == "unemployment"
        line[kind] = (
            premium(base_fen, unit) + fixed_unit if pays else 0,
            premium(base_fen, person) + fixed_person if pays and not exempt else 0,
        )
    return line


def late_fee_day_by_day(principal: int, paid: list[tuple[date, int]], first: date, on: date) -> int:
    """Walk the calendar: each day costs 0.05 % of what stood unpaid when it began; rounded once."""
    total = Decimal(0)
    day = first
    while day <= on:
        unpaid = principal - sum(amount for when, amount in paid if when < day)
        total += yuan(unpaid) * Decimal("0.0005")
        day += timedelta(days=1)
    unpaid_at_start = principal - sum(amount for when, amount in paid if when < first)
    return min(fen(to_cent(total)), unpaid_at_start)
