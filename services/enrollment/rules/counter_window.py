"""The month in which the counter may confirm an increase (clause 三(一), A6)."""

from __future__ import annotations

from datetime import date

from contracts.month import Month


def void_on(submitted_in: Month) -> date:
    """The day at whose 00:00 an unconfirmed increase is void: the 1st of the next month."""
    return submitted_in.plus(1).first_day
