"""减员 and what is printed of it."""

from enum import StrEnum
from uuid import UUID

from pydantic import Field

from contracts.http.paging import Page
from contracts.models import Command, View
from contracts.values import Day, EmployerNo, Instant, Kind, Line, Month, Note, PersonNo


class Decrease(Command):
    """减员 of one person (clause 三(二))."""

    enrollment_id: UUID
    left_on: Day
    reason: str = Field(max_length=4, description="减员原因 code")
    extra_date: Day | None = Field(default=None, description="death or retirement approval date (A13)")
    note: Note = ""


class DecreaseState(StrEnum):
    """Statuses of 减员 (domain 1.4)."""

    CONFIRMED_AUTO = "confirmed_auto"
    QUEUED = "queued"
    WITHDRAWN = "withdrawn"


class DecreaseView(View):
    """One decrease."""

    submission_no: Line
    employer_no: EmployerNo
    enrollment_id: UUID
    person_no: PersonNo
    name: Line
    left_on: Day
    reason: str
    reason_name: str
    last_month: Month
    state: DecreaseState
    waits_for: Month | None = Field(default=None, description="month whose payment fires the 预约")
    submitted_at: Instant
    decided_at: Instant | None
    documents: tuple[str, ...] = Field(default=(), description="papers to keep")
    forced_by: str | None = Field(default=None, description="officer who proposed to force it (A12)")
    forced_reason: str = ""


class DecreaseRow(View):
    """A row of 《人员减少表》 (domain 4.2): the number in clear, for the form that is printed and kept."""

    decrease: DecreaseView
    id_kind: Line
    id_number: str
    kinds: tuple[Kind, ...]
    involuntary: bool = Field(description="非本人意愿, one of the conditions of the unemployment benefit")
    extra_date: Day | None = None
    note: str = ""


class DecreaseTable(View):
    """The rows of 《人员减少表》 in the order asked for."""

    rows: tuple[DecreaseRow, ...]


class ForceDecrease(Command):
    """An officer proposes to accept a 预约 although its month is unpaid; another releases it (A12, domain 1.5)."""

    reason: Line


class DecreasePage(Page):
    """Decreases of one employer."""

    rows: tuple[DecreaseView, ...]
