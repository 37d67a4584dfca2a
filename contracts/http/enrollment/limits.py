"""Floor and ceiling of contribution bases."""

from uuid import UUID

from pydantic import Field

from contracts.models import Command, View
from contracts.values import Day, Due, Line, Month


class NewLimits(Command):
    """Floor and ceiling of a year, drafted by one officer and released by another (domain 1.5, 3.3)."""

    year: int = Field(ge=2000, le=2100)
    average_wage: Due = Field(
        le=10**12, description="last year's average wage of the province, fen a year; a check only"
    )
    floor: Due = Field(le=10**12)
    ceiling: Due = Field(le=10**12)
    effective_from: Month
    published_on: Day
    document_no: Line


class LimitsView(View):
    """Limits with their release state."""

    id: UUID
    year: int
    average_wage: Due
    floor: Due
    ceiling: Due
    effective_from: Month
    published_on: Day
    document_no: Line
    drafted_by: str
    released_by: str | None
    warnings: tuple[str, ...] = ()


class LimitsList(View):
    """All limits, newest first."""

    rows: tuple[LimitsView, ...]
