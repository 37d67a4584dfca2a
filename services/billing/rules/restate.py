"""A debt that is owed in another amount than before: what was paid beyond it is free again (A11)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from services.billing.rules.standing import Booked, LedgerDebt


@dataclass(frozen=True, slots=True)
class Freed:
    """What one payment had paid beyond what is owed now, fen."""

    paid_on: date
    payment_id: UUID
    amount: int


def restate(debt: LedgerDebt, unit: int, person: int, on: date) -> tuple[Freed, ...]:
    """Owe these amounts, as if the rest had never been owed, and free what was paid beyond.

    The fee is counted anew up to the day. The newest money is freed first, for had the rest never been owed,
    the earlier would have covered what is left.
    """
    former = tuple(debt.booked)
    over_unit, over_person = max(debt.unit_paid - unit, 0), max(debt.person_paid - person, 0)
    debt.rebook(unit, person, _cut(former, over_unit, over_person, 0))
    over_fee = max(debt.fee_paid - debt.fee_on(on).amount, 0)
    debt.rebook(unit, person, _cut(debt.booked, 0, 0, over_fee))
    kept = {one.payment_id: _total(one) for one in debt.booked}
    freed = ((one, _total(one) - kept.get(one.payment_id, 0)) for one in former)
    return tuple(
        Freed(one.paid_on, one.payment_id, amount) for one, amount in freed if amount and one.payment_id
    )


def gather(freed: Iterable[Freed]) -> list[Freed]:
    """One sum for each payment, in the order of payment."""
    sums: dict[tuple[date, UUID], int] = {}
    for one in freed:
        key = one.paid_on, one.payment_id
        sums[key] = sums.get(key, 0) + one.amount
    return [Freed(paid_on, payment_id, amount) for (paid_on, payment_id), amount in sorted(sums.items())]


def _cut(booked: Iterable[Booked], unit: int, person: int, fee: int) -> list[Booked]:
    """The bookings without so much of each part, the newest cut first; those cut to nothing are gone."""
    kept = []
    for one in sorted(booked, key=_age, reverse=True):
        less = min(one.unit, unit), min(one.person, person), min(one.fee, fee)
        unit, person, fee = unit - less[0], person - less[1], fee - less[2]
        rest = replace(one, unit=one.unit - less[0], person=one.person - less[1], fee=one.fee - less[2])
        if _total(rest):
            kept.append(rest)
    return kept[::-1]


def _age(one: Booked) -> tuple[date, str]:
    return one.paid_on, str(one.payment_id)


def _total(one: Booked) -> int:
    return one.unit + one.person + one.fee
