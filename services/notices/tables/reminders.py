"""What each employer has still to do, and the reminders of it (办理提醒)."""

from datetime import date, datetime
from uuid import UUID

from sqlmodel import Field

from services.chassis.columns import TIME
from services.notices.tables.base import Base


class Duty(Base, table=True):
    """A bill to pay or a submission that waits for the employer; open while `told` is above `done`.

    Both are versions of the subject, so that the order of arrival is nothing. No step before `since` is made up for.
    """

    __tablename__ = "duties"

    subject: str = Field(primary_key=True)
    employer_no: str = Field(index=True)
    matter: str
    reference: str
    due: date | None = None
    since: date | None = None
    told: int = 0
    done: int = 0


class Reminder(Base, table=True):
    """A reminder as it was sent; `step` is the day it stands for, once for each duty."""

    __tablename__ = "reminders"

    id: UUID = Field(primary_key=True)
    subject: str = Field(foreign_key="duties.subject")
    step: date
    employer_no: str = Field(index=True)
    title: str
    text: str
    due: date
    sent_on: date
    read_at: datetime | None = Field(default=None, sa_type=TIME)
    read_by: str | None = None
