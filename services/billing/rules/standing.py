"""How one debt stands on a day: what is still owed of it, from the amounts and the dated bookings alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from contracts.month import Month
from contracts.values import DebtSort, Kind
from services.billing.rules.late_fee import FeeTerm, LateFee, PrincipalPaid, late_fee
from services.billing.rules.window import WINDOW_2016


@dataclass(frozen=True, slots=True)
class Booked:
    """What one payment settled of the debt, fen; the day is the one of the payment."""

    paid_on: date
    unit: int
    person: int
    fee: int
    payment_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Still owed of a debt on a day, fen; `late_fee` is its whole fee with the stretches behind it."""

    unit: int
    person: int
    fee: int
    late_fee: LateFee

    @property
    def principal(self) -> int:
        """Both parts, fen."""
        return self.unit + self.person

    @property
    def total(self) -> int:
        """Principal and fee, fen."""
        return self.principal + self.fee


@dataclass(slots=True)
class LedgerBill:
    """What payments change of a bill."""

    employer_no: str
    month: Month
    version: int
    state: str
    stale: bool
    opened_on: date | None
    settled_on: date | None


@dataclass(slots=True)
class LedgerDebt:
    """One debt with its bookings in any order, and their running sums; open until principal and fee are paid."""

    id: int
    employer_no: str
    bill_month: Month
    month: Month
    kind: Kind
    sort: DebtSort
    fee_from: date
    unit: int
    person: int
    opened_on: date | None = None
    closed_on: date | None = None
    booked: list[Booked] = field(default_factory=list)
    unit_paid: int = 0
    person_paid: int = 0
    fee_paid: int = 0

    def add(self, booked: Booked) -> None:
        """Count a booking as it was made."""
        self.booked.append(booked)
        self.unit_paid += booked.unit
        self.person_paid += booked.person
        self.fee_paid += booked.fee

    def paid_until(self, on: date) -> tuple[int, int, int]:
        """Unit, person and fee paid until the end of a day, fen."""
        until = [one for one in self.booked if one.paid_on <= on]
        return sum(o.unit for o in until), sum(o.person for o in until), sum(o.fee for o in until)

    def fee_on(self, on: date) -> LateFee:
        """The whole late fee if the rest is paid on that day; what was paid of it is not deducted."""
        paid = [PrincipalPaid(one.paid_on, one.unit + one.person) for one in self.booked]
        return late_fee(self.unit + self.person, paid, FeeTerm.starting(self.fee_from), on)

    def standing(self, on: date) -> Standing:
        """What is owed if paid on that day, past or future."""
        unit, person, fee = self.paid_until(on)
        whole = self.fee_on(on)
        return Standing(self.unit - unit, self.person - person, max(whole.amount - fee, 0), whole)

    def at_start_of(self, day: date) -> tuple[int, int, int]:
        """Unit, person and fee that a day found unpaid, its own fee included, fen: what later payments deduct from."""
        unit, person, fee = self.paid_until(day - timedelta(days=1))
        return self.unit - unit, self.person - person, max(self.fee_on(day).amount - fee, 0)

    def overpaid_fee(self) -> int:
        """Fee paid beyond the one that is owed: an arrears slip paid before its day, fen."""
        return max(self.fee_paid - self.fee_on(date.max).amount, 0) if self.principal_paid else 0

    @property
    def principal_paid(self) -> bool:
        """True once both parts are paid."""
        return self.unit_paid == self.unit and self.person_paid == self.person

    @property
    def untouched(self) -> bool:
        """True while nothing was booked to it."""
        return not self.booked

    def in_arrears(self, on: date) -> bool:
        """True when its bill's window has passed, or when only a late fee is left of it (A8, A24)."""
        return WINDOW_2016.due_day(self.bill_month) < on or self.principal_paid

    def is_ahead(self, today: date) -> bool:
        """True while its bill is not made: a supplement that can be paid on any day (A8)."""
        return self.bill_month > Month.of(today)

    def fits(self, unit: int, person: int) -> bool:
        """True when so much principal is still owed of it."""
        return unit <= self.unit - self.unit_paid and person <= self.person - self.person_paid

    def fits_fee(self, fee: int) -> bool:
        """True unless the fee stands still and less of it is still owed; a fee that runs is judged by its slip."""
        return not self.principal_paid or fee <= self.fee_on(date.max).amount - self.fee_paid

    def freeze(self, unit: int, person: int) -> bool:
        """Owe what the slip said, where the bill was priced anew after the slip lost its force (A23).

        True when that changed the debt. A debt of which anything is paid keeps its amounts.
        """
        if not self.untouched or (unit, person) == (self.unit, self.person):
            return False
        self.unit, self.person = unit, person
        return True

    def book(self, booked: Booked) -> None:
        """Book a part of a payment and close the debt when nothing is left; ValueError beyond the debt."""
        if not self.fits(booked.unit, booked.person):
            raise ValueError("more was booked than was owed")
        self.add(booked)
        self._close()

    def rebook(self, unit: int, person: int, booked: Iterable[Booked]) -> None:
        """Owe other amounts, with these bookings in place of the former."""
        self.unit, self.person = unit, person
        self.booked, self.unit_paid, self.person_paid, self.fee_paid, self.closed_on = [], 0, 0, 0, None
        for one in booked:
            self.add(one)
        self._close()

    def _close(self) -> None:
        if self.booked and self.principal_paid and self._fee_is_paid():
            self.closed_on = max(one.paid_on for one in self.booked)

    def _fee_is_paid(self) -> bool:
        """With the principal paid the fee stands still; paid in time there is none."""
        in_time = all(one.paid_on < self.fee_from for one in self.booked)
        return in_time or self.fee_on(date.max).amount <= self.fee_paid
