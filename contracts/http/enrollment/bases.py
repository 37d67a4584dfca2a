"""The year's contribution bases (缴费基数申报): what is to be declared, what was, signatures and posting (clause 三(三)1)."""

from uuid import UUID

from pydantic import Field

from contracts.errors.code import Fault
from contracts.http.paging import Page
from contracts.models import Command, View
from contracts.values import Count, Day, Due, Instant, Line, Month, PersonNo

MOST_BASES = 20_000


class BaseRow(View):
    """One person of the year's round; sums in fen. Without `declared_wage` it is still to be declared."""

    enrollment_id: UUID
    person_no: PersonNo
    name: Line
    id_number_masked: str
    from_month: Month
    months_before: Count = Field(description="months insured here in the year before, 1 to 12")
    current_base: Due = Field(description="the base that holds until the new one does")
    wage_total: Due | None = None
    months: Count | None = None
    declared_wage: Due | None = Field(default=None, description="月平均工资 = total ÷ months")
    base: Due | None = None
    clamped: str = Field(default="", description="保底, 封顶 or empty")
    signed_on: Day | None = None


class BaseRound(Page):
    """The round of one employer and year; limits are provisionally those of the year before."""

    year: int
    floor: Due
    ceiling: Due
    deadline: Day
    declaration_no: str = Field(default="", description="empty before the first sending")
    submitted_at: Instant | None = None
    posted_from: Day | None = None
    posted_to: Day | None = None
    due_persons: Count = Field(description="all whose base is to be declared")
    declared_persons: Count
    signed_persons: Count
    rows: tuple[BaseRow, ...]


class DeclaredWage(Command):
    """What one person was paid in the year before: the sum in fen and the months it was paid for."""

    enrollment_id: UUID
    wage_total: Due
    months: int = Field(ge=1, le=12)


class DeclareBases(Command):
    """Wages of some or all persons; the same person sent again before the deadline is declared anew."""

    year: int = Field(ge=2000, le=2100)
    rows: tuple[DeclaredWage, ...] = Field(min_length=1, max_length=MOST_BASES)


class BasePreviewRow(View):
    """The base that follows from a wage, or what is wrong with it."""

    enrollment_id: UUID
    person_no: PersonNo | None = None
    name: str = ""
    wage_total: Due
    months: Count
    current_base: Due = 0
    declared_wage: Due = 0
    base: Due = 0
    clamped: str = ""
    faults: tuple[Fault, ...] = ()
    warnings: tuple[str, ...] = ()


class BasePreview(View):
    """A sending computed; nothing is stored."""

    year: int
    rows: tuple[BasePreviewRow, ...]
    faulty: Count
    left: Count = Field(description="persons still to be declared after this sending")


class BasesDeclared(View):
    """What a sending did."""

    declaration_no: Line
    year: int
    declared: Count
    left: Count


class SignBases(Command):
    """Persons who have signed the 确认表 on paper, with the day."""

    year: int = Field(ge=2000, le=2100)
    enrollment_ids: tuple[UUID, ...] = Field(min_length=1, max_length=MOST_BASES)
    signed_on: Day


class PostBases(Command):
    """公示: from which day to which the declaration hung out at the employer."""

    year: int = Field(ge=2000, le=2100)
    posted_from: Day
    posted_to: Day
