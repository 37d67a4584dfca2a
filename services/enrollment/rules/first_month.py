"""The first contribution month of a new hire and the months owed as supplements (A7)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from contracts.month import Month


def first_month(hired_on: date, insured_from: Month, owed_until: Month | None = None) -> Month:
    """起缴年月: the month of hire, never before the employer's own 参保月, after the last month owed elsewhere.

    One relation pays the person's pension at a time (A10): who leaves one employer and is hired by another in the
    same month is paid for by the first (A11).
    """
    first = max(Month.of(hired_on), insured_from)
    return max(first, owed_until.plus(1)) if owed_until else first


def supplement_months(first: Month, current: Month, settled: Collection[Month]) -> tuple[Month, ...]:
    """Months from the first to the current one whose bill is settled: they become 补缴 in the next bill."""
    span = (current.year - first.year) * 12 + current.number - first.number
    months = (first.plus(step) for step in range(span + 1))
    return tuple(month for month in months if month in settled)
