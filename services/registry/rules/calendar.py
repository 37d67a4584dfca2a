"""工作日表 of a year: weekends rest, holidays rest, swapped weekends work; days that have passed stay as they were."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import NamedTuple

_SATURDAY = 5


class Fault(NamedTuple):
    """What is wrong with a date of the draft, by its field."""

    field: str
    day: date
    message: str


class Change(NamedTuple):
    """What a draft changes in the table."""

    to_rest: tuple[date, ...]
    to_work: tuple[date, ...]


def rest_days(year: int, holidays: Collection[date], swapped: Collection[date]) -> tuple[date, ...]:
    """Every day of the year that does not work, in order."""
    return tuple(day for day in days_of(year) if (_is_weekend(day) or day in holidays) and day not in swapped)


def faults(year: int, holidays: Collection[date], swapped: Collection[date]) -> Iterator[Fault]:
    """Dates of another year, swapped days that are no weekend, days that are both."""
    for field, days in (("holidays", holidays), ("swapped", swapped)):
        for day in sorted(days):
            if day.year != year:
                yield Fault(field, day, f"不在{year}年")
    for day in sorted(swapped):
        if day in holidays:
            yield Fault("swapped", day, "既放假又上班")
        elif not _is_weekend(day):
            yield Fault("swapped", day, "不是周末，本来就上班")


def change(before: Collection[date] | None, after: Collection[date]) -> Change:
    """Days that begin to rest and days that begin to work; none where the table lacks the year."""
    if before is None:
        return Change((), ())
    return Change(tuple(sorted(set(after) - set(before))), tuple(sorted(set(before) - set(after))))


def passed(changed: Change, today: date) -> tuple[date, ...]:
    """Changed days that are not ahead: terms have been counted over them."""
    return tuple(day for day in sorted((*changed.to_rest, *changed.to_work)) if day <= today)


def days_of(year: int) -> Iterator[date]:
    """Every day of a year."""
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += timedelta(days=1)


def _is_weekend(day: date) -> bool:
    return day.weekday() >= _SATURDAY
