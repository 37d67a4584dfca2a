"""Where a payment goes (reading 2.5, A30, O2 art 13).

All principals first, oldest month first; inside a month personal parts in full, then unit parts pro rata;
then late fees, oldest month first. Funds are separate (SIL 64), so each sum names month, kind and sort.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from contracts.month import Month
from contracts.values import KIND_CODES, DebtSort, Kind

_SORTS = {sort: place for place, sort in enumerate(DebtSort)}


@dataclass(frozen=True, slots=True)
class Debt:
    """What is still owed of one month, kind and sort, fen; the fee as of the day of payment."""

    month: Month
    kind: Kind
    sort: DebtSort
    unit: int
    person: int
    fee: int = 0

    def __post_init__(self) -> None:
        if min(self.unit, self.person, self.fee) < 0:
            raise ValueError("a debt is never negative")


@dataclass(frozen=True, slots=True)
class Allocation:
    """What a payment settles of the debt, fen; zero when it does not reach it."""

    debt: Debt
    unit: int
    person: int
    fee: int

    @property
    def total(self) -> int:
        """All that is booked on this debt, fen."""
        return self.unit + self.person + self.fee


@dataclass(frozen=True, slots=True)
class Allocated:
    """Allocations in the order of booking, only those above zero, and the rest beyond all debts, fen."""

    allocations: tuple[Allocation, ...]
    rest: int


def allocate(debts: Iterable[Debt], amount: int) -> Allocated:
    """Spread a payment over the debts; allocations and rest always sum to it. ValueError when negative."""
    if amount < 0:
        raise ValueError("a payment is not negative")
    ordered = sorted(debts, key=_place)
    months = [list(group) for _, group in groupby(range(len(ordered)), key=lambda at: ordered[at].month)]
    persons, units, fees = ([0] * len(ordered) for _ in range(3))
    rest = amount
    for month in months:
        rest = _fill(persons, [ordered[at].person for at in month], month, rest)
        rest = _fill(units, [ordered[at].unit for at in month], month, rest)
    for month in months:
        rest = _fill(fees, [ordered[at].fee for at in month], month, rest)
    booked = (
        Allocation(debt, unit, person, fee)
        for debt, unit, person, fee in zip(ordered, units, persons, fees, strict=True)
    )
    return Allocated(tuple(one for one in booked if one.total), rest)


def pro_rata(amount: int, dues: Sequence[int]) -> list[int]:
    """The amount over the dues by largest remainder, ties to the earlier; everything when it covers them all.

    No share exceeds its due.
    """
    total = sum(dues)
    if amount >= total:
        return list(dues)
    shares = [amount * due // total for due in dues]
    by_remainder = sorted(range(len(dues)), key=lambda at: -(amount * dues[at] % total))
    for at in by_remainder[: amount - sum(shares)]:
        shares[at] += 1
    return shares


def _fill(booked: list[int], dues: list[int], places: list[int], amount: int) -> int:
    """Book what the amount gives to these dues at their places; what is left of it."""
    shares = pro_rata(amount, dues)
    for at, share in zip(places, shares, strict=True):
        booked[at] = share
    return amount - sum(shares)


def _place(debt: Debt) -> tuple[Month, str, int]:
    return debt.month, KIND_CODES[debt.kind], _SORTS[debt.sort]
