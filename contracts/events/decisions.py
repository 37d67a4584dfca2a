"""The decision of every submission, told by its owner (topics `<service>.decisions`, 协议 二.6)."""

from typing import ClassVar, Literal

from pydantic import Field

from contracts.events.base import EmployerEvent
from contracts.values import Day, Instant, Line, Note, Outcome, PersonNo


class SubmissionDecided(EmployerEvent):
    """What became of a submission: outcome, reason, next step; the person only by number."""

    TOPIC: ClassVar[str] = "*.decisions"

    owner: Literal["registry", "enrollment", "billing", "notices"]
    submission_no: Line
    matter: Line = Field(description="what was asked: opening, increase, decrease, …")
    person_no: PersonNo | None = None
    outcome: Outcome
    reason_code: str = ""
    reason: Note = Field(default="", description="one Chinese sentence without personal data")
    next_step: Note = ""
    deadline: Day | None = None
    decided_at: Instant

    def topic(self) -> str:
        """The owner's decision topic."""
        return f"{self.owner}.decisions"

    def subject(self) -> str:
        """The submission."""
        return f"{self.employer_no}/{self.matter}/{self.submission_no}"
