"""工作日表 of a year: entered by one officer, released by another, then told (A1, A32; domain 1.5)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import text

from contracts.errors import chassis as common
from contracts.errors import registry as codes
from contracts.errors.code import Fault
from contracts.events.registry import WorkingDaysPublished
from contracts.http.calendar import NewWorkingDays, WorkingDaysDraft
from contracts.values import Role
from services.chassis.identity import two_officers
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork, new_id
from services.chassis.workday_table import keep_years
from services.registry.city import require_in_city
from services.registry.published_tables import WorkingDaysDraftRow, WorkingYear
from services.registry.queries.calendar import rest_days_of, view_of
from services.registry.rules import calendar as rules

_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(hashtextextended('calendar', 0))")
"""All years have one key, so that id order must be commit order over the whole calendar."""


async def draft(work: UnitOfWork, asked: NewWorkingDays) -> WorkingDaysDraft:
    """Enter a year; Problem naming each date that cannot be meant, or a day that has passed and would change."""
    require_in_city(work, Role.POLICY)
    found = list(rules.faults(asked.year, asked.holidays, asked.swapped))
    if found:
        faults = tuple(
            Fault(field=one.field, code="calendar.day", message=one.message, value=one.day.isoformat())
            for one in found
        )
        raise Problem(codes.CALENDAR_DAYS, field=found[0].field, faults=faults, count=len(faults))
    row = WorkingDaysDraftRow(
        id=new_id(),
        year=asked.year,
        holidays=sorted(set(asked.holidays)),
        swapped=sorted(set(asked.swapped)),
        document_no=asked.document_no,
        drafted_by=work.caller.account,
        drafted_on=work.today,
    )
    before = await rest_days_of(work, row.year)
    _check_passed(work, before, row)
    work.session.add(row)
    drafted = view_of(row, before)
    work.audit("working_days_drafted", f"calendar/{row.id}", after=drafted)
    return drafted


async def release(work: UnitOfWork, draft_id: UUID) -> WorkingDaysDraft:
    """Release by a second officer; Problem SAME_OFFICER for the first."""
    require_in_city(work, Role.POLICY)
    await work.session.execute(_ONE_AT_A_TIME)
    row = await work.session.get(WorkingDaysDraftRow, draft_id, with_for_update=True)
    if row is None:
        raise Problem(common.NOT_FOUND)
    if row.released_by is not None:
        raise Problem(codes.CALENDAR_RELEASED, year=row.year)
    two_officers(row.drafted_by, work.caller)
    before = await rest_days_of(work, row.year)
    _check_passed(work, before, row)
    row.released_by = work.caller.account
    released = view_of(row, before)
    held = await work.session.get(WorkingYear, row.year)
    event = WorkingDaysPublished(
        version=held.version + 1 if held else 1, year=row.year, rest_days=_rest_days(row)
    )
    await keep_years(work, [event])
    work.publish(event)
    work.audit("working_days_released", f"calendar/{row.id}", after=released)
    return released


def _rest_days(row: WorkingDaysDraftRow) -> tuple[date, ...]:
    return rules.rest_days(row.year, row.holidays, row.swapped)


def _check_passed(work: UnitOfWork, before: tuple[date, ...] | None, row: WorkingDaysDraftRow) -> None:
    """What has been counted stays counted."""
    if days := rules.passed(rules.change(before, _rest_days(row)), work.today):
        raise Problem(codes.CALENDAR_PASSED, day=days[0], count=len(days))
