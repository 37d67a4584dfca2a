"""The late fee (滞纳金): 0.05 % a day, simple, recomputable from the facts at any time (SIL 86, A26 to A29).

One debt is a month, kind and sort; unit and personal principal count together, and the employer bears it all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from services.billing.rules.rounding import PPM, half_up

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class LateFeePolicy:
    """Rate per day in ppm; `capped` at the principal (parameter `latefee.cap`, A29)."""

    daily_rate: int
    capped: bool


LATE_FEE_2016 = LateFeePolicy(daily_rate=500, capped=True)
"""0.05 % a day since 2011-07-01 (SIL 86), capped by reading A29 (QZ 45)."""


@dataclass(frozen=True, slots=True)
class PrincipalPaid:
    """Principal of the debt paid on a day (the bank's transaction day), fen."""

    paid_on: date
    amount: int


@dataclass(frozen=True, slots=True)
class FeeTerm:
    """First day that counts, and the last day on which payment still carries no fee at all.

    They adjoin for an ordinary debt (11th and 10th). They do not where a waiver hangs on payment in the
    first window: then what is unpaid after `free_through` counts from the original day (A21).
    """

    fee_from: date
    free_through: date

    @classmethod
    def starting(cls, fee_from: date) -> FeeTerm:
        """A term without waiver: paid the day before is in time."""
        return cls(fee_from, fee_from - _DAY)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days, both ends counted, over which one principal stood unpaid, fen."""

    first: date
    last: date
    principal: int

    @property
    def days(self) -> int:
        """Days of the stretch."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class LateFee:
    """The fee of one debt on a day, fen: as owed, without the cap, and the stretches it was computed from."""

    amount: int
    uncapped: int
    stretches: tuple[Stretch, ...]

    @property
    def days(self) -> int:
        """Days that counted."""
        return sum(stretch.days for stretch in self.stretches)


def late_fee(
    principal: int,
    paid: Iterable[PrincipalPaid],
    term: FeeTerm,
    on: date,
    policy: LateFeePolicy = LATE_FEE_2016,
) -> LateFee:
    """The whole fee if the rest is paid on that day; fees already paid are not deducted.

    Half-up to the fen once, on the sum of principal × days. A principal counts through the day of its
    payment. The cap is what stood unpaid when the fee began. ValueError when more was paid than was owed.
    """
    stretches = tuple(_stretches(principal, sorted(paid, key=lambda one: one.paid_on), term, on))
    product = sum(stretch.principal * stretch.days for stretch in stretches)
    uncapped = half_up(product * policy.daily_rate, PPM)
    cap = stretches[0].principal if stretches else 0
    return LateFee(min(uncapped, cap) if policy.capped else uncapped, uncapped, stretches)


def _stretches(principal: int, paid: list[PrincipalPaid], term: FeeTerm, on: date) -> Iterable[Stretch]:
    if sum(one.amount for one in paid) > principal:
        raise ValueError("more principal was paid than was owed")
    if on <= term.free_through:
        return
    rest = principal - sum(one.amount for one in paid if one.paid_on <= term.free_through)
    first = term.fee_from
    for one in paid:
        if one.paid_on <= term.free_through or one.paid_on > on:
            continue
        if rest and one.paid_on >= first:
            yield Stretch(first, one.paid_on, rest)
            first = one.paid_on + _DAY
        rest -= one.amount
    if rest and first <= on:
        yield Stretch(first, on, rest)
