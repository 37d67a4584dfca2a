"""The payment window: 1st to 10th of the month itself, holidays included, never rolled (clause 三(四), A34)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from contracts.month import Month

_SHANGHAI = ZoneInfo("Asia/Shanghai")


class LateFeeStart(StrEnum):
    """When the late fee of an ordinary debt starts (parameter `latefee.start`, A26)."""

    DAY_AFTER_WINDOW = "day_after_window"
    FIRST_OF_NEXT_MONTH = "first_of_next_month"


@dataclass(frozen=True, slots=True)
class Window:
    """Days of the month within which its bill is paid in time."""

    first_day: int
    last_day: int

    def opens(self, month: Month) -> date:
        """The first day of a month's window."""
        return month.day(self.first_day)

    def due_day(self, month: Month) -> date:
        """The last day of a month's window, be it a Saturday or a holiday."""
        return month.day(self.last_day)

    def is_open(self, month: Month, day: date) -> bool:
        """True while a month's bill can be paid as an ordinary one."""
        return self.opens(month) <= day <= self.due_day(month)

    def first_payable(self, month: Month, day: date) -> Month:
        """The month in whose window a bill that is made on a day can first be paid: its own or a later one."""
        if day <= self.due_day(month):
            return month
        current = Month.of(day)
        return current if day <= self.due_day(current) else current.plus(1)

    def in_time(self, month: Month, transaction_time: datetime) -> bool:
        """Judged at the bank's transaction time: the 10th 23:59:59 in Shanghai still is (A24)."""
        return business_day(transaction_time) <= self.due_day(month)

    def fee_from(self, month: Month, start: LateFeeStart = LateFeeStart.DAY_AFTER_WINDOW) -> date:
        """The first day that counts for the late fee (A26)."""
        if start is LateFeeStart.FIRST_OF_NEXT_MONTH:
            return month.plus(1).first_day
        return self.due_day(month) + timedelta(days=1)


WINDOW_2016 = Window(1, 10)
"""The window of the measure, in force from 2016-09-01 (clause 三(四))."""


def business_day(instant: datetime) -> date:
    """The day in Shanghai an instant falls on; ValueError without an offset."""
    if instant.utcoffset() is None:
        raise ValueError("an instant needs its offset")
    return instant.astimezone(_SHANGHAI).date()


def end_of(day: date) -> datetime:
    """24:00 of a day in Shanghai: the first instant that no longer belongs to it."""
    following = day + timedelta(days=1)
    return datetime(following.year, following.month, following.day, tzinfo=_SHANGHAI)
