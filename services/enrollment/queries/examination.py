"""A whole sheet of increases judged at once: the preview, and the first half of sending it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from contracts.http.enrollment import Path, Preview, PreviewRow, RawIncrease
from contracts.values import Kind, Scheme
from services.chassis.work import UnitOfWork
from services.enrollment.calendar import released_limits, working_days
from services.enrollment.queries.judging import Basis, Examined, judge_row
from services.enrollment.queries.known import known_persons
from services.enrollment.rules.increase import (
    DuplicatePolicy,
    IncreasePolicy,
)
from services.enrollment.rules.rows import RowReading, read_row, repeated_numbers
from services.enrollment.tables import Employer

_TOO_LATE = "本月已无工作日可到柜台确认，建议下月1日再申报"
_AT_COUNTER = IncreasePolicy(duplicates=DuplicatePolicy.COUNTER)


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
        judge_row(reading, name, blind, known.get(blind), basis)
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
