"""Every decision of a submission is told, so that the employer reads it (协议 二.6)."""

from __future__ import annotations

from datetime import date

from contracts.events.decisions import SubmissionDecided
from contracts.values import Outcome
from services.chassis.work import UnitOfWork
from services.enrollment.tables import BaseRound, Decrease, Increase


def tell(
    work: UnitOfWork,
    submission: Increase | Decrease,
    outcome: Outcome,
    *,
    reason_code: str = "",
    reason: str = "",
    next_step: str = "",
    deadline: date | None = None,
) -> None:
    """Publish the decision at the submission's version; the texts hold no personal data."""
    work.publish(
        SubmissionDecided(
            version=submission.version,
            employer_no=submission.employer_no,
            owner="enrollment",
            submission_no=submission.submission_no,
            matter="increase" if isinstance(submission, Increase) else "decrease",
            person_no=submission.person_no,
            outcome=outcome,
            reason_code=reason_code,
            reason=reason,
            next_step=next_step,
            deadline=deadline,
            decided_at=work.now,
        )
    )


def tell_round(work: UnitOfWork, declared: BaseRound, reason: str, next_step: str) -> None:
    """Publish that bases were declared, at the round's version."""
    work.publish(
        SubmissionDecided(
            version=declared.version,
            employer_no=declared.employer_no,
            owner="enrollment",
            submission_no=declared.declaration_no,
            matter="base",
            outcome=Outcome.ACCEPTED,
            reason=reason,
            next_step=next_step,
            decided_at=work.now,
        )
    )
