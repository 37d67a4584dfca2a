"""Facts of enrollment: who is insured where, on which base, under which limits."""

from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from pydantic import Field

from contracts.events.base import EmployerEvent, Event
from contracts.values import Day, Due, Kind, Line, Month, PersonNo, Scheme

ROSTER = "enrollment.roster"


class Confirmation(StrEnum):
    """How an increase became valid: 自动确认, 柜台确认 or 系统切换导入."""

    AUTO = "auto"
    COUNTER = "counter"
    CUT_OVER = "cut_over"


class RelationEvent(EmployerEvent):
    """The full state of one insurance relation; its version runs with the person across employers."""

    TOPIC: ClassVar[str] = ROSTER
    FULL_STATE: ClassVar[bool] = True

    enrollment_id: UUID
    person_no: PersonNo
    scheme: Scheme
    kinds: tuple[Kind, ...]
    rural_contract: bool = Field(description="农民合同制工人: no personal unemployment part (SY 6)")
    hired_on: Day
    from_month: Month = Field(description="起缴年月")
    last_month: Month | None = Field(default=None, description="末缴月; none while insured")
    declared_wage: Due = Field(description="申报月平均工资, fen")
    base: Due = Field(description="缴费基数, fen, whole yuan, within the limits")
    base_from: Month = Field(description="month from which this base holds")
    imported: bool = False

    def subject(self) -> str:
        """The person within the relation's employer."""
        return f"{self.employer_no}/{self.enrollment_id}"


class EnrollmentStarted(RelationEvent):
    """A person is insured with an employer (增员 confirmed)."""

    submission_no: Line
    confirmation: Confirmation
    confirmed_on: Day
    limit_day: Day | None = Field(default=None, description="last day of the 30-day limit as rolled (A1)")
    late: bool = Field(default=False, description="submitted after the limit (A8)")


class EnrollmentEnded(RelationEvent):
    """A person left (减员 confirmed); premiums are owed through `last_month` (A11)."""

    reason: str = Field(description="减员原因 code")
    left_on: Day


class BaseDeclared(RelationEvent):
    """The year's base was declared (clause 三(三)1)."""

    year: int = Field(ge=2000, le=2100)


class BaseAdjusted(RelationEvent):
    """A base was raised, lowered or corrected (clause 三(三)2-3)."""

    old_base: Due
    cause: str


class KindsChanged(RelationEvent):
    """The employer takes part in other kinds: what holds for this person from `base_from` on (domain 4.2)."""

    old_kinds: tuple[Kind, ...]


class SubmissionEvent(EmployerEvent):
    """A step in the life of one increase that is not on the roster."""

    TOPIC: ClassVar[str] = ROSTER

    submission_no: Line
    person_no: PersonNo

    def subject(self) -> str:
        """The submission."""
        return f"{self.employer_no}/{self.submission_no}"


class EnrollmentAwaitingCounter(SubmissionEvent):
    """An increase must be confirmed at the counter within its month (clause 三(一))."""

    reasons: tuple[str, ...]
    until: Day


class EnrollmentVoided(SubmissionEvent):
    """An increase was not confirmed in its month and is void (clause 三(一))."""

    voided_on: Day


class BaseLimitsPublished(Event):
    """Floor and ceiling of contribution bases of a year (domain 3.3)."""

    TOPIC: ClassVar[str] = "enrollment.limits"
    FULL_STATE: ClassVar[bool] = True

    year: int = Field(ge=2000, le=2100)
    floor: Due
    ceiling: Due
    effective_from: Month
    published_on: Day
    document_no: Line

    def key(self) -> str:
        """All limits keep one order."""
        return "limits"

    def subject(self) -> str:
        """The limits in force from that month."""
        return f"limits/{self.effective_from}"
