"""The decision of a submission as registry tells it (协议 二.6)."""

from __future__ import annotations

from datetime import date

from contracts.events.decisions import SubmissionDecided
from contracts.values import Outcome
from services.chassis.work import UnitOfWork


def tell(  # what a decision says, all by name
    work: UnitOfWork,
    employer_no: str,
    submission_no: str,
    matter: str,
    outcome: Outcome,
    *,
    version: int = 1,
    reason: str = "",
    next_step: str = "",
    deadline: date | None = None,
) -> None:
    """Publish what became of a submission; the version grows where it is decided more than once."""
    work.publish(
        SubmissionDecided(
            version=version,
            employer_no=employer_no,
            owner="registry",
            submission_no=submission_no,
            matter=matter,
            outcome=outcome,
            reason=reason,
            next_step=next_step,
            deadline=deadline,
            decided_at=work.now,
        )
    )
