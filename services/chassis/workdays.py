"""Working days (工作日) of the adjusted holiday calendar, as a value without I/O."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

import chinese_calendar

from contracts.month import Month
from services.chassis.policy import MissingPolicy

_DAY = timedelta(days=1)
_TABLE = "工作日表"


class DayRow(NamedTuple):
    """One row of the working-day table."""

    day: date
    working: bool


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """Day → working or not; a day outside the table raises MissingPolicy naming its year."""

    table: Mapping[date, bool]

    @classmethod
    def of(cls, rows: Iterable[tuple[date, bool]]) -> WorkingDays:
        """Build the value from table rows."""
        return cls(dict(rows))

    def is_working_day(self, day: date) -> bool:
        """True on a working day, swapped Saturdays and Sundays (调休) included."""
        try:
            return self.table[day]
        except KeyError:
            raise MissingPolicy(_TABLE, str(day.year)) from None

    def next_working_day(self, day: date) -> date:
        """The first working day on or after the day: how a term that ends on a rest day rolls (A1)."""
        return self._walk(day, _DAY)

    def last_working_day(self, day: date) -> date:
        """The last working day on or before the day."""
        return self._walk(day, -_DAY)

    def last_of_month(self, month: Month) -> date:
        """The last working day of a month: the practical deadline at the counter (A6)."""
        return self.last_working_day(month.last_day)

    def add_working_days(self, day: date, count: int) -> date:
        """The count-th working day after the day, which itself is not counted; negative counts go back."""
        step = _DAY if count >= 0 else -_DAY
        for _ in range(abs(count)):
            day = self._walk(day + step, step)
        return day

    def _walk(self, day: date, step: timedelta) -> date:
        while not self.is_working_day(day):
            day += step
        return day


def seed_from_chinesecalendar(years: Iterable[int]) -> list[DayRow]:
    """Rows of whole years from the package chinesecalendar; a year it lacks raises MissingPolicy."""
    return [row for year in years for row in _year(year)]


def _year(year: int) -> list[DayRow]:
    first = date(year, 1, 1)
    days = [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]
    try:
        return [DayRow(day, bool(chinese_calendar.is_workday(day))) for day in days]
    except NotImplementedError:
        raise MissingPolicy(_TABLE, str(year)) from None
