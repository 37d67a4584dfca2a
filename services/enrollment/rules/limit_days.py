"""The limit for an increase: 30 days, or 3 months for government schemes (clause 三(一), A1-A4)."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from contracts.month import Month
from contracts.values import Scheme
from services.chassis.workdays import WorkingDays

_SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class LimitPolicy:
    """`increase.limit_days`, `increase.limit_months_gov`, `increase.roll_holiday`."""

    days: int = 30
    months_gov: int = 3
    roll_holiday: bool = True


LIMIT_POLICY = LimitPolicy()


def limit_day(
    hired_on: date, scheme: Scheme, working_days: WorkingDays, policy: LimitPolicy = LIMIT_POLICY
) -> date:
    """Last day of the limit, until its 24:00; MissingPolicy for a year without a working-day table.

    The day of hire (用工之日) is not counted; a last day at rest rolls to the next working day.
    """
    last = (
        _same_day(hired_on, policy.months_gov)
        if scheme is Scheme.GOVERNMENT
        else hired_on + timedelta(policy.days)
    )
    return working_days.next_working_day(last) if policy.roll_holiday else last


def is_late(submitted_at: datetime, limit: date) -> bool:
    """True when submitted after the limit's 24:00 in Asia/Shanghai; ValueError without an offset (A4)."""
    if submitted_at.utcoffset() is None:
        raise ValueError("the time of submission carries its offset")
    return submitted_at.astimezone(_SHANGHAI).date() > limit


def _same_day(day: date, months: int) -> date:
    """The same day so many months later, clamped to the month's end: 11-30 → 02-28 (A2)."""
    month = Month.of(day).plus(months)
    return month.day(min(day.day, calendar.monthrange(month.year, month.number)[1]))
