"""The working-day table that notices count with; a year without one is named only when a term reaches it."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from services.chassis.policy import MissingPolicy
from services.chassis.workdays import DayRow, WorkingDays, seed_from_chinesecalendar


@lru_cache(maxsize=16)
def _rows(year: int) -> tuple[DayRow, ...]:
    try:
        return tuple(seed_from_chinesecalendar([year]))
    except MissingPolicy:
        return ()


def working_days_from(day: date) -> WorkingDays:
    """Days of this year and the next, as far as they are published; MissingPolicy beyond, naming the year."""
    return WorkingDays.of((*_rows(day.year), *_rows(day.year + 1)))
