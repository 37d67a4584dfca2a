"""The month in which the counter may confirm an increase (clause 三(一), A6)."""

from __future__ import annotations

from datetime import date

from contracts.month import Month
from services.chassis.workdays import WorkingDays

_REMINDERS = (5, 2, 0)


def void_on(submitted_in: Month) -> date:
    """The day at whose 00:00 an unconfirmed increase is void: the 1st of the next month."""
    return submitted_in.plus(1).first_day


def reminder_days(submitted_in: Month, days: WorkingDays) -> tuple[date, ...]:
    """Working days 5, 2 and 0 before the month's last working day, on which the employer is reminded."""
    last = days.last_of_month(submitted_in)
    return tuple(days.add_working_days(last, -before) for before in _REMINDERS)
