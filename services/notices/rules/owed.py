"""What is still owed of months in arrears on a day, from the facts billing told (2.5, A26, A27, A29)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from contracts.events.billing import Allocation, DebtSum
from contracts.month import Month
from contracts.values import KIND_CODES
from services.notices.rules.order_text import OrderDebt

_FEE_PER = 2000
"""0.05 % a day is one part in 2,000 (SIL 86)."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class MonthFacts:
    """One bill month: the newest fact of each sort with its version, 0 where none has come."""

    month: Month
    opened_version: int = 0
    opened_on: date | None = None
    fee_from: date | None = None
    debts: tuple[DebtSum, ...] = ()
    deducted: frozenset[UUID] = frozenset()
    principal_version: int = 0
    principal_paid_on: date | None = None
    settled_version: int = 0
    settled_on: date | None = None

    @property
    def principal_settled_on(self) -> date | None:
        """The day on which the last principal was paid; none while some is owed."""
        return self.principal_paid_on if self.principal_version > self.opened_version else None

    @property
    def closed_on(self) -> date | None:
        """The day on which nothing was owed any more; none while something is.

        A principal paid before the fee began leaves no fee: the money was in time and only told late (A24).
        """
        if self.settled_version > self.opened_version:
            return self.settled_on
        paid = self.principal_settled_on
        return paid if paid and self.fee_from and paid < self.fee_from else None

    @property
    def is_open(self) -> bool:
        """True while principal or fee is owed."""
        return self.opened_version > 0 and self.closed_on is None


@dataclass(frozen=True, slots=True)
class PaidPart:
    """Where a part of a payment went, with the bank's day."""

    paid_on: date
    part: Allocation
    payment_id: UUID | None = None


def owed_on(facts: Iterable[MonthFacts], paid: Sequence[PaidPart], on: date) -> tuple[OrderDebt, ...]:
    """Debts of open months with their fee if the rest is paid on that day, oldest first, fen.

    A payment that ArrearsOpened names as `deducted` is inside its sums; every other one on these debts is
    deducted, also one of an earlier day that came to be known later.
    What its fee exceeds that of the rest by, was accrued by principal paid before the arrears opened.
    """
    pool = sorted(paid, key=lambda one: one.paid_on)
    found: list[OrderDebt] = []
    for month in sorted(facts, key=lambda one: one.month):
        if not month.is_open or month.opened_on is None or month.fee_from is None:
            continue
        for debt in sorted(month.debts, key=lambda one: KIND_CODES[one.kind]):
            fee_from = debt.fee_from or month.fee_from
            parts, pool = _take(debt, month, fee_from, pool)
            carried = max(debt.fee - fee_on(debt.unit + debt.person, [], fee_from, month.opened_on), 0)
            left = _left(debt, parts, fee_from, month.principal_settled_on, on)
            fee = max(left.fee + carried - sum(one.part.fee for one in parts), 0)
            if left.unit or left.person or fee:
                found.append(OrderDebt(left.model_copy(update={"fee": fee}), fee_from))
    return tuple(found)


def fee_on(principal: int, paid: Iterable[tuple[date, int]], fee_from: date, on: date) -> int:
    """Fee of one debt if its rest is paid on that day: both ends counted, half-up once, at most the principal."""
    product, rest, first = 0, principal, fee_from
    for day, amount in sorted(paid):
        product += rest * max((day - first).days + 1, 0)
        first, rest = max(day + _DAY, first), rest - amount
    product += rest * max((on - first).days + 1, 0)
    return min((2 * product + _FEE_PER) // (2 * _FEE_PER), principal)


def _take(
    debt: DebtSum, month: MonthFacts, fee_from: date, pool: Sequence[PaidPart]
) -> tuple[list[PaidPart], list[PaidPart]]:
    """The parts that paid this debt, and what is left of the pool for another of the same name."""
    taken: list[PaidPart] = []
    rest: list[PaidPart] = []
    unit, person = debt.unit, debt.person
    for one in pool:
        if one.payment_id in month.deducted or not _pays(one.part, debt, month.month, fee_from):
            rest.append(one)
            continue
        part = one.part
        used = part.model_copy(update={"unit": min(part.unit, unit), "person": min(part.person, person)})
        unit, person = unit - used.unit, person - used.person
        taken.append(replace(one, part=used))
        over = {"unit": part.unit - used.unit, "person": part.person - used.person, "fee": 0}
        if over["unit"] or over["person"]:
            rest.append(replace(one, part=part.model_copy(update=over)))
    return taken, rest


def _pays(part: Allocation, debt: DebtSum, bill_month: Month, fee_from: date) -> bool:
    """True for a part on a debt of this name; of two with one name on the one that it says."""
    same = (part.month, part.kind, part.sort) == (debt.month, debt.kind, debt.sort)
    return same and part.bill_month in (None, bill_month) and part.fee_from in (None, fee_from)


def _left(
    debt: DebtSum, parts: Sequence[PaidPart], fee_from: date, settled_on: date | None, on: date
) -> DebtSum:
    unit = debt.unit - sum(one.part.unit for one in parts)
    person = debt.person - sum(one.part.person for one in parts)
    paid = [(one.paid_on, one.part.unit + one.part.person) for one in parts]
    if settled_on is not None:
        paid.append((settled_on, unit + person))
        unit = person = 0
    fee = fee_on(debt.unit + debt.person, paid, fee_from, on)
    return debt.model_copy(update={"unit": unit, "person": person, "fee": fee})
