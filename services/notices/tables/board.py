"""通知公告 with read receipts, and the results of submissions."""

from datetime import date, datetime
from uuid import UUID

from sqlmodel import Field

from services.chassis.columns import TIME
from services.notices.tables.base import Base


class Notice(Base, table=True):
    """A notice on the board."""

    __tablename__ = "notices"

    id: UUID = Field(primary_key=True)
    title: str
    body: str
    posted_at: datetime = Field(sa_type=TIME)
    posted_by: str


class NoticeRead(Base, table=True):
    """An employer's first reading of a notice, once."""

    __tablename__ = "notice_reads"

    notice_id: UUID = Field(primary_key=True, foreign_key="notices.id")
    employer_no: str = Field(primary_key=True)
    account: str
    read_at: datetime = Field(sa_type=TIME)


class Result(Base, table=True):
    """The newest decision of a submission as it reads; a newer one is unread again (协议 二.6)."""

    __tablename__ = "results"

    id: UUID = Field(primary_key=True)
    subject: str = Field(unique=True)
    version: int
    employer_no: str = Field(index=True)
    matter: str
    matter_name: str
    submission_no: str
    person_no: str | None
    outcome: str
    outcome_name: str
    reason: str
    next_step: str
    deadline: date | None
    decided_at: datetime = Field(sa_type=TIME)
    read_at: datetime | None = Field(default=None, sa_type=TIME)
    read_by: str | None = None
