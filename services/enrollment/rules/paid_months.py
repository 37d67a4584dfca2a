"""Which months count as paid by what billing told of an employer's bills (clause 三(二), A7, A11)."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from contracts.month import Month


def paid_months(
    billed: AbstractSet[Month], settled: AbstractSet[Month], first: Month, last: Month
) -> set[Month]:
    """The settled months, and those from `first` to `last` without a bill whose carrier is settled.

    A month without a bill of its own, or with one emptied to nought, stands as supplement in the first bill
    after it (A7): that bill's payment is its payment.
    """
    paid = set(settled)
    month = first
    while month <= last:
        if month not in billed:
            carrier = min((later for later in billed if later > month), default=None)
            if carrier in settled:
                paid.add(month)
        month = month.plus(1)
    return paid
