"""A sum over debts as they stand with all their bookings (2.5, A30)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from services.billing.rules import allocation
from services.billing.rules.payment import Part
from services.billing.rules.standing import LedgerDebt


def owed_in_all(debts: Sequence[LedgerDebt], on: date) -> int:
    """Principal and fee that money of a day can pay, fen."""
    return sum(one.unit + one.person + one.fee for one in (_owed(debt, on) for debt in debts))


def spread(debts: Sequence[LedgerDebt], amount: int, on: date) -> tuple[tuple[Part, ...], int]:
    """What money of a day pays of each debt in the order of 2.5, and the rest beyond them all, fen."""
    facts = [(debt, _owed(debt, on)) for debt in debts]
    by_facts = {id(one): debt for debt, one in facts}
    result = allocation.allocate([one for _, one in facts], amount)
    parts = (Part(by_facts[id(one.debt)].id, one.unit, one.person, one.fee) for one in result.allocations)
    return tuple(parts), result.rest


def _owed(debt: LedgerDebt, on: date) -> allocation.Debt:
    """Everything booked counts, whatever its day; the fee runs to the day, or stands still with the principal paid."""
    whole = debt.fee_on(date.max if debt.principal_paid else on).amount
    unit, person = debt.unit - debt.unit_paid, debt.person - debt.person_paid
    return allocation.Debt(debt.month, debt.kind, debt.sort, unit, person, max(whole - debt.fee_paid, 0))
