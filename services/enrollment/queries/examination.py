"""A whole sheet of increases judged at once: the preview, and the first half of sending it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from contracts.errors.code import Fault
from contracts.http.enrollment import Path, Preview, PreviewRow, RawIncrease
from contracts.values import Kind, Month, Scheme
from services.chassis.policy import MissingPolicy
from services.chassis.work import UnitOfWork
from services.chassis.workdays import WorkingDays
from services.enrollment.calendar import released_limits, working_days
from services.enrollment.queries.known import Known, known_persons
from services.enrollment.rules.base import Base, contribution_base
from services.enrollment.rules.counter_window import void_on
from services.enrollment.rules.first_month import first_month
from services.enrollment.rules.increase import (
    AutoConfirmed,
    AwaitingCounter,
    DuplicatePolicy,
    IncreaseFacts,
    IncreasePolicy,
    Refused,
    judge,
)
from services.enrollment.rules.limits import Limits, limits_in
from services.enrollment.rules.rows import IncreaseDraft, RowReading, read_row, repeated_numbers
from services.enrollment.tables import Employer

_TOO_LATE = "本月已无工作日可到柜台确认，建议下月1日再申报"
_AT_COUNTER = IncreasePolicy(duplicates=DuplicatePolicy.COUNTER)


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


def read_sheet(rows: Sequence[RawIncrease]) -> list[RowReading]:
    """Check every cell, and numbers that stand twice on the sheet."""
    readings = [read_row(row) for row in rows]
    repeated = dict(repeated_numbers(readings))
    return [
        replace(reading, faults=(*reading.faults, repeated[reading.row]))
        if reading.row in repeated
        else reading
        for reading in readings
    ]


async def examine(
    work: UnitOfWork, employer: Employer, readings: Sequence[RowReading], names: Sequence[str]
) -> list[Examined]:
    """Judge a sheet; nothing is stored."""
    basis = await _basis(work, employer, readings)
    blinds = [_blind(work, reading) for reading in readings]
    known = await known_persons(work, employer.employer_no, [blind for blind in blinds if blind])
    return [
        _examine(reading, name, blind, known.get(blind), basis)
        for reading, name, blind in zip(readings, names, blinds, strict=True)
    ]


async def _basis(work: UnitOfWork, employer: Employer, readings: Sequence[RowReading]) -> Basis:
    hired = [reading.draft.hired_on for reading in readings if reading.draft]
    today = work.today
    days = await working_days(work, min([*hired, today.replace(day=1)]), max([*hired, today]))
    policy = _AT_COUNTER if work.caller.is_officer else IncreasePolicy()
    return Basis(employer, days, await released_limits(work), work.now, policy)


def _blind(work: UnitOfWork, reading: RowReading) -> bytes:
    return work.chassis.vault.blind(reading.draft.identity.number) if reading.draft else b""


def _examine(reading: RowReading, name: str, blind: bytes, known: Known | None, basis: Basis) -> Examined:
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
    first = _first_month(draft, known, basis)
    limits = limits_in(first, basis.limits)
    base = contribution_base(draft.declared_wage, limits.floor, limits.ceiling)
    return (), Plan(draft, blind, known, verdict, base, first)


def _first_month(draft: IncreaseDraft, known: Known | None, basis: Basis) -> Month:
    """A month this employer already owes for the person is not owed twice."""
    first = first_month(draft.hired_on, basis.insured_from)
    return max(first, known.last_month.plus(1)) if known and known.last_month else first


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


def shown(examined: Examined, employer: Employer) -> PreviewRow:
    """A row as the employer sees it before sending."""
    plan, reading = examined.plan, examined.reading
    if plan is None:
        return PreviewRow(
            row=reading.row,
            name=examined.name,
            path=Path.REFUSED,
            faults=examined.faults,
            warnings=reading.warnings,
            scheme=Scheme(employer.scheme),
        )
    waiting = plan.waiting
    too_late = (_TOO_LATE,) if waiting and waiting.too_late_this_month else ()
    return PreviewRow(
        row=reading.row,
        name=plan.draft.name,
        path=Path.COUNTER if waiting else Path.AUTO,
        warnings=(*reading.warnings, *too_late),
        reasons=tuple(reason.text for reason in waiting.reasons) if waiting else (),
        hired_on=plan.draft.hired_on,
        limit_day=plan.judgement.limit_day,
        until=plan.until,
        first_month=plan.first,
        declared_wage=plan.base.declared_wage,
        base=plan.base.base,
        clamped=plan.base.clamped.value,
        kinds=tuple(Kind(kind) for kind in employer.kinds),
        rural_contract=plan.draft.rural_contract,
        scheme=Scheme(employer.scheme),
    )


async def preview(work: UnitOfWork, employer: Employer, rows: Sequence[RawIncrease]) -> Preview:
    """The whole sheet computed before it is sent; nothing is stored."""
    examined = await examine(work, employer, read_sheet(rows), [row.name for row in rows])
    shown_rows = tuple(shown(row, employer) for row in examined)
    paths = [row.path for row in shown_rows]
    return Preview(
        rows=shown_rows,
        auto=paths.count(Path.AUTO),
        counter=paths.count(Path.COUNTER),
        refused=paths.count(Path.REFUSED),
    )
