"""HTTP interface of registry: the working-day table (工作日表), drafted by one officer and released by another.

GET /working-days?year → CalendarYear · POST /working-days NewWorkingDays → WorkingDaysDraft
POST /working-days/{draft_id}/release → WorkingDaysDraft
"""

from __future__ import annotations

from uuid import UUID

from pydantic import Field

from contracts.models import Command, View
from contracts.values import AccountId, Count, Day, Line


class NewWorkingDays(Command):
    """A year as the State Council's notice tells it: weekends rest, holidays rest, swapped weekends work."""

    year: int = Field(ge=2000, le=2100)
    holidays: tuple[Day, ...] = Field(default=(), max_length=80, description="放假调休的日期")
    swapped: tuple[Day, ...] = Field(default=(), max_length=40, description="调休上班的周末")
    document_no: Line


class WorkingDaysDraft(View):
    """A year with its release state and what it changes in the table."""

    id: UUID
    year: int
    holidays: tuple[Day, ...]
    swapped: tuple[Day, ...]
    document_no: Line
    drafted_by: AccountId
    drafted_on: Day
    released_by: AccountId | None
    to_rest: tuple[Day, ...] = Field(description="days that work in the table and rest in the draft")
    to_work: tuple[Day, ...] = Field(description="days that rest in the table and work in the draft")
    rest_days: Count = Field(description="of the whole year")
    new: bool = Field(description="true where the table lacks the year")


class CalendarYear(View):
    """A year of the table, empty where it is not known, with what waits for release."""

    year: int
    known: bool
    rest_days: tuple[Day, ...]
    years: tuple[int, ...] = Field(description="the years the table holds")
    drafts: tuple[WorkingDaysDraft, ...]
