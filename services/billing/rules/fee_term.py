"""From which day each sort of debt carries a late fee (A8, A18, A21, A26)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from contracts.month import Month
from services.billing.rules.late_fee import FeeTerm
from services.billing.rules.window import WINDOW_2016, LateFeeStart, Window


@dataclass(frozen=True, slots=True)
class FeeTermPolicy:
    """Window, start of the fee, month and day of the correction waiver, and A8's grace."""

    window: Window = WINDOW_2016
    start: LateFeeStart = LateFeeStart.DAY_AFTER_WINDOW
    waiver_last_day: tuple[int, int] = (3, 31)
    grace_for_new_hires: bool = True

    def fee_from(self, month: Month) -> date:
        """The first day that counts for an ordinary debt of the month."""
        return self.window.fee_from(month, self.start)


FEE_TERM_2016 = FeeTermPolicy()
"""The readings in force from 2016-09-01."""


def ordinary(month: Month, policy: FeeTermPolicy = FEE_TERM_2016) -> FeeTerm:
    """A month's own bill: from the 11th (A26)."""
    return FeeTerm.starting(policy.fee_from(month))


def in_time_supplement(billed_in: Month, policy: FeeTermPolicy = FEE_TERM_2016) -> FeeTerm:
    """Months of an increase in time: no fee before the bill that carries them has lapsed (A8)."""
    return ordinary(billed_in, policy)


def late_supplement(month: Month, limit_day: date, policy: FeeTermPolicy = FEE_TERM_2016) -> FeeTerm:
    """A month of a late increase: from its 11th, but not before the day after the limit as rolled (A8)."""
    start = policy.fee_from(month)
    if policy.grace_for_new_hires:
        start = max(start, limit_day + timedelta(days=1))
    return FeeTerm.starting(start)


def publication_difference(billed_in: Month, policy: FeeTermPolicy = FEE_TERM_2016) -> FeeTerm:
    """A base difference after publication: nobody could owe it before its own bill (A18)."""
    return ordinary(billed_in, policy)


def correction(
    month: Month,
    confirmed_on: date,
    billed_in: Month,
    policy: FeeTermPolicy = FEE_TERM_2016,
    *,
    waiver_granted: bool = False,
) -> FeeTerm:
    """A correction upwards: from the month's 11th (A21, clause 三(三)3).

    Confirmed by 31 March of the year it corrects, or with a waiver by two officers, it is free of fee when
    paid in the window of its bill; what is unpaid then counts from the month's own 11th all the same.
    """
    start = policy.fee_from(month)
    in_time = confirmed_on <= date(month.year, *policy.waiver_last_day)
    if in_time or waiver_granted:
        free = policy.window.due_day(billed_in)
        return FeeTerm(start, max(free, start - timedelta(days=1)))
    return FeeTerm.starting(start)
