"""Reminders go out once for each step of a duty, and never after it is done (办理提醒)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, exists, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from services.chassis.work import UnitOfWork, new_id
from services.notices.queries.reminders import still_open
from services.notices.reach import own_reader
from services.notices.rules.reminders import step_on, text_of, title_of
from services.notices.tables import Duty, Reminder
from services.notices.workdays import working_days_from

CHUNK = 2_000


class Step(NamedTuple):
    """A step that the duties of one matter and last day have come to."""

    matter: str
    due: date
    day: date


async def remind(work: UnitOfWork, subjects: Collection[str] | None = None) -> bool:
    """Send a chunk of what has come to a step, of these duties or of all; True when none is left."""
    among = still_open(work)
    if subjects is not None:
        among &= col(Duty.subject).in_(subjects)
    sent = [await _send(work, among, step) for step in await _steps(work, among)]
    return max(sent, default=0) < CHUNK


async def read_reminders(work: UnitOfWork, ids: Collection[UUID]) -> None:
    """The employer has read these; the first reading counts, others' reminders stay untouched."""
    number = own_reader(work.caller)
    mine = (col(Reminder.employer_no) == number) & col(Reminder.id).in_(ids) & col(Reminder.read_at).is_(None)
    read = update(Reminder).where(mine).values(read_at=work.now, read_by=work.caller.account)
    if (await work.session.scalars(read.returning(col(Reminder.id)))).all():
        work.audit("reminders_read", f"{number}/reminders")


async def _steps(work: UnitOfWork, among: ColumnElement[bool]) -> Sequence[Step]:
    """Of each matter and last day that occurs, the step reached: a handful, however many the duties are."""
    terms = await work.session.execute(select(col(Duty.matter), col(Duty.due)).where(among).distinct())
    days = await working_days_from(work, work.today)
    found = []
    for matter, due in terms:
        if due and (day := step_on(matter, due, work.today, days)):
            found.append(Step(matter, due, day))
    return sorted(found)


async def _send(work: UnitOfWork, among: ColumnElement[bool], step: Step) -> int:
    sent = exists().where(col(Reminder.subject) == col(Duty.subject), col(Reminder.step) == step.day)
    ours = (col(Duty.matter) == step.matter) & (col(Duty.due) == step.due) & (col(Duty.since) <= step.day)
    query = select(Duty).where(among, ours, ~sent).order_by(col(Duty.subject)).limit(CHUNK)
    rows = [_row(work, duty, step) for duty in await work.session.scalars(query)]
    if rows:
        await work.session.execute(insert(Reminder).on_conflict_do_nothing(), rows)
    return len(rows)


def _row(work: UnitOfWork, duty: Duty, step: Step) -> dict[str, Any]:
    return {
        "id": new_id(),
        "subject": duty.subject,
        "step": step.day,
        "employer_no": duty.employer_no,
        "title": title_of(duty.matter, duty.reference, step.due, work.today),
        "text": text_of(duty.matter, step.due),
        "due": step.due,
        "sent_on": work.today,
        "read_at": None,
        "read_by": None,
    }
