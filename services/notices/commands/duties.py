"""What an employer has to do, as billing and every decision tell it; each fact counts by its version."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from contracts.events.billing import BillAssessed, BillEvent
from contracts.events.decisions import SubmissionDecided
from contracts.values import Day, Outcome
from services.chassis.work import UnitOfWork
from services.notices.commands.reminders import remind
from services.notices.rules.reminders import BILL
from services.notices.tables import Duty


async def bills_due(work: UnitOfWork, events: Sequence[BillAssessed]) -> None:
    """Bills to pay until the last day of their window; one of nothing asks for nothing."""
    owing = [event for event in events if event.total]
    await _tell(
        work,
        [_bill(event) | _term(event.version, event.due_day, event.due_day.replace(day=1)) for event in owing],
    )
    await bills_done(work, [event for event in events if not event.total])
    await remind(work, {event.subject() for event in owing})


async def bills_done(work: UnitOfWork, events: Sequence[BillEvent]) -> None:
    """Bills that are settled, or that an order speaks of from now on."""
    await _end(work, [_bill(event) | {"done": event.version} for event in events])


async def decisions(work: UnitOfWork, events: Sequence[SubmissionDecided]) -> None:
    """A submission that waits for the employer until a day, or waits no more.

    It was told of as a result on that very day: reminders begin with the next (`since`).
    """
    told, over = [], []
    tomorrow = work.today + timedelta(days=1)
    for event in events:
        if event.outcome is Outcome.WAITING and event.deadline:
            told.append(_case(event) | _term(event.version, event.deadline, tomorrow))
        else:
            over.append(_case(event) | {"done": event.version})
    await _tell(work, told)
    await _end(work, over)


def _bill(event: BillEvent) -> dict[str, Any]:
    return {
        "subject": event.subject(),
        "employer_no": event.employer_no,
        "matter": BILL,
        "reference": str(event.month),
    }


def _case(event: SubmissionDecided) -> dict[str, Any]:
    facts = event.model_dump(include={"employer_no", "matter"})
    return facts | {"subject": event.subject(), "reference": event.submission_no}


def _term(version: int, due: Day, since: date) -> dict[str, Any]:
    return {"told": version, "due": due, "since": since}


async def _tell(work: UnitOfWork, rows: Collection[dict[str, Any]]) -> None:
    """Keep the highest version of each."""
    given = insert(Duty)
    new = {name: given.excluded[name] for name in ("told", "due", "since")}
    clause = given.on_conflict_do_update(
        index_elements=["subject"], set_=new, where=col(Duty.told) < given.excluded.told
    )
    await _write(work, clause, rows, "told")


async def _end(work: UnitOfWork, rows: Collection[dict[str, Any]]) -> None:
    given = insert(Duty)
    clause = given.on_conflict_do_update(
        index_elements=["subject"],
        set_={"done": given.excluded.done},
        where=col(Duty.done) < given.excluded.done,
    )
    await _write(work, clause, rows, "done")


async def _write(work: UnitOfWork, clause: Any, rows: Collection[dict[str, Any]], version: str) -> None:
    """One row for each subject, in one order."""
    newest = {row["subject"]: row for row in sorted(rows, key=lambda row: row[version])}
    if newest:
        empty = {"told": 0, "done": 0, "due": None, "since": None}
        await work.session.execute(clause, [empty | newest[subject] for subject in sorted(newest)])
