"""One row of increases judged: its faults, or the plan of what it will become."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from contracts.errors.code import Fault
from contracts.values import Month, Scheme
from services.chassis.policy import MissingPolicy
from services.chassis.workdays import WorkingDays
from services.enrollment.queries.known import Known
from services.enrollment.rules.base import Base, contribution_base
from services.enrollment.rules.counter_window import void_on
from services.enrollment.rules.first_month import first_month
from services.enrollment.rules.increase import (
    AutoConfirmed,
    AwaitingCounter,
    IncreaseFacts,
    IncreasePolicy,
    Refused,
    judge,
)
from services.enrollment.rules.limits import Limits, limits_in
from services.enrollment.rules.rows import IncreaseDraft, RowReading
from services.enrollment.tables import Employer


@dataclass(frozen=True, slots=True)
class Plan:
    """What an accepted row will become."""

    draft: IncreaseDraft
    blind: bytes
    known: Known | None
    judgement: AutoConfirmed | AwaitingCounter
    base: Base
    first: Month

    @property
    def waiting(self) -> AwaitingCounter | None:
        """The counter's part, if the counter must confirm."""
        return self.judgement if isinstance(self.judgement, AwaitingCounter) else None

    @property
    def until(self) -> date | None:
        """The last day for the counter; the month's last where no working day is left."""
        found = self.waiting
        if found is None:
            return None
        return found.until if found.too_late_this_month else found.practical_until

    @property
    def void_on(self) -> date | None:
        """The day at whose 00:00 an unconfirmed one is void."""
        return void_on(Month.of(self.waiting.until)) if self.waiting else None


@dataclass(frozen=True, slots=True)
class Examined:
    """One row with its faults, or with its plan."""

    reading: RowReading
    name: str
    plan: Plan | None
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Basis:
    """What every row of a sheet is judged by."""

    employer: Employer
    days: WorkingDays
    limits: Sequence[Limits]
    now: datetime
    policy: IncreasePolicy

    @property
    def scheme(self) -> Scheme:
        """养老类别 of the employer, which decides 30 days or three months."""
        return Scheme(self.employer.scheme)

    @property
    def insured_from(self) -> Month:
        """参保月."""
        return self.employer.insured_from or Month.of(self.now.date())

    @property
    def since(self) -> date:
        """The day from which the employer can have hired."""
        registered = self.employer.registered_on or self.now.date()
        return min(registered, self.insured_from.first_day)


def judge_row(reading: RowReading, name: str, blind: bytes, known: Known | None, basis: Basis) -> Examined:
    """Judge one row by what is known of its person; missing policy data is a fault of the row."""
    draft = reading.draft
    if draft is None or reading.faults:
        return Examined(reading, name, None, reading.faults)
    try:
        faults, plan = _judge(draft, blind, known, basis)
    except MissingPolicy as missing:
        fault = Fault(field="hired_on", code="policy.missing", message=str(missing))
        return Examined(reading, name, None, (fault,))
    return Examined(reading, name, plan, faults)


def _judge(
    draft: IncreaseDraft, blind: bytes, known: Known | None, basis: Basis
) -> tuple[tuple[Fault, ...], Plan | None]:
    other_name = _name_fault(draft, known)
    verdict = judge(_facts(draft, known, basis), basis.days, basis.policy)
    if isinstance(verdict, Refused):
        return (*other_name, *verdict.faults), None
    if other_name:
        return other_name, None
    first = first_month(draft.hired_on, basis.insured_from, known.last_month if known else None)
    limits = limits_in(first, basis.limits)
    base = contribution_base(draft.declared_wage, limits.floor, limits.ceiling)
    return (), Plan(draft, blind, known, verdict, base, first)


def _facts(draft: IncreaseDraft, known: Known | None, basis: Basis) -> IncreaseFacts:
    return IncreaseFacts(
        identity=draft.identity,
        name=draft.name,
        household=draft.household,
        home_address=draft.home_address,
        phone=draft.phone,
        hired_on=draft.hired_on,
        scheme=basis.scheme,
        employer_since=basis.since,
        submitted_at=basis.now,
        active_here=bool(known and known.here),
        pending_here=bool(known and known.pending),
        active_elsewhere=bool(known and known.elsewhere),
    )


def _name_fault(draft: IncreaseDraft, known: Known | None) -> tuple[Fault, ...]:
    """A name changes by application with evidence alone (domain 1.5)."""
    if known is None or "".join(known.name.split()) == "".join(draft.name.split()):
        return ()
    message = "姓名与该号码已登记的姓名不一致，请核对；确已更名的请到柜台办理变更"
    return (Fault(field="name", code="name.differs", message=message, value=draft.name),)
