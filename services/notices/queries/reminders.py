"""Reminders of one employer, and how many of what is still open are unread."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, func, select
from sqlmodel import col

from contracts.http.notices import Reminders
from contracts.http.paging import PAGE_SIZE
from services.chassis.work import UnitOfWork
from services.notices.entry import reminder_view
from services.notices.reach import employer_of
from services.notices.tables import Duty, Reminder


def still_open(work: UnitOfWork) -> ColumnElement[bool]:
    """What is neither done nor over."""
    return (col(Duty.told) > col(Duty.done)) & (col(Duty.due) >= work.today)


async def reminders(work: UnitOfWork, *, page: int = 1, size: int = PAGE_SIZE) -> Reminders:
    """Reminders, newest first; those of what is done stay as a record."""
    mine = col(Reminder.employer_no) == await employer_of(work)
    total = await work.session.scalar(select(func.count()).select_from(Reminder).where(mine))
    query = select(Reminder, col(Duty.matter), col(Duty.reference), still_open(work)).join(Duty).where(mine)
    newest = query.order_by(col(Reminder.sent_on).desc(), col(Reminder.id).desc())
    rows = await work.session.execute(newest.offset((page - 1) * size).limit(size))
    views = tuple(reminder_view(row, matter, ref, still_open=open_) for row, matter, ref, open_ in rows)
    return Reminders(total=total or 0, page=page, size=size, rows=views)


def unread_reminders(work: UnitOfWork, employer_no: str) -> Select[int]:
    """How many reminders of what is still to be done have not been read."""
    unread = (col(Reminder.employer_no) == employer_no) & col(Reminder.read_at).is_(None)
    return select(func.count()).select_from(Reminder).join(Duty).where(unread, still_open(work))
