"""Decisions of submissions become results that the employer reads (协议 二.6)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from contracts.errors import chassis as common
from contracts.events.decisions import SubmissionDecided
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork, new_id
from services.notices.reach import own_reader
from services.notices.rules.results import read_decision
from services.notices.tables import Result


async def keep_results(work: UnitOfWork, events: Sequence[SubmissionDecided]) -> None:
    """Keep the newest decision of each submission; a newer one is unread again."""
    newest = {event.subject(): event for event in sorted(events, key=lambda event: event.version)}
    rows = [_row(newest[subject]) for subject in sorted(newest)]
    given = insert(Result)
    kept = [name for name in rows[0] if name not in ("id", "subject", "employer_no")]
    await work.session.execute(
        given.on_conflict_do_update(
            index_elements=["subject"],
            set_={name: given.excluded[name] for name in kept},
            where=col(Result.version) < given.excluded.version,
        ),
        rows,
    )


def _row(event: SubmissionDecided) -> dict[str, Any]:
    words = read_decision(
        event.matter,
        event.outcome,
        reason_code=event.reason_code,
        reason=event.reason,
        next_step=event.next_step,
        deadline=event.deadline,
    )
    given = event.model_dump(
        include={
            "employer_no",
            "version",
            "matter",
            "submission_no",
            "person_no",
            "outcome",
            "deadline",
            "decided_at",
        }
    )
    return given | {
        "id": new_id(),
        "subject": event.subject(),
        "matter_name": words.matter_name,
        "outcome_name": words.outcome_name,
        "reason": words.sentence,
        "next_step": words.next_step,
        "read_at": None,
        "read_by": None,
    }


async def read_result(work: UnitOfWork, identity: UUID) -> Result:
    """The employer has read a result; the first reading counts. Problem NOT_FOUND for a foreign one."""
    number = own_reader(work.caller)
    row = await work.session.get(Result, identity, with_for_update=True)
    if row is None or row.employer_no != number:
        raise Problem(common.NOT_FOUND)
    if row.read_at is None:
        row.read_at, row.read_by = work.now, work.caller.account
        work.audit("result_read", row.subject)
    return row
