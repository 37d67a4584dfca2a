"""What employers have submitted: increases and decreases with their states."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Index, String, text
from sqlmodel import Field

from contracts.http.enrollment import DecreaseState, IncreaseState
from contracts.month import Month
from services.chassis.columns import MONEY, TIME, MonthColumn
from services.enrollment.tables.base import Base

_WORDS: Any = ARRAY(String)
_AWAITING = text(f"state = '{IncreaseState.AWAITING_COUNTER.value}'")
_QUEUED = text(f"state = '{DecreaseState.QUEUED.value}'")


class Increase(Base, table=True):
    """增员 as submitted; the person's own row takes its data when it is confirmed.

    `until` is the last working day for the counter, `void_on` the day at whose 00:00 it is void (A6);
    `replaces` names the void or returned submission it follows.
    """

    __tablename__ = "increases"
    __table_args__ = (
        CheckConstraint("declared_wage >= 0", name="declared_wage"),
        CheckConstraint("base >= 0", name="base"),
        Index("ix_increases_void_on", "void_on", postgresql_where=_AWAITING),
        Index("uq_increases_awaiting", "employer_no", "person_no", unique=True, postgresql_where=_AWAITING),
    )

    submission_no: str = Field(primary_key=True)
    employer_no: str = Field(foreign_key="employers.employer_no", index=True)
    person_no: str = Field(foreign_key="persons.person_no", index=True)
    enrollment_id: UUID | None = None
    version: int = 1
    replaces: str | None = None
    state: str
    household: str
    household_address: str
    home_address: str
    phone: bytes
    phone_masked: str
    employment_form: str
    rural_contract: bool
    hired_on: date
    contract_until: date | None = None
    reason: str
    declared_wage: int = Field(sa_type=MONEY)
    base: int = Field(sa_type=MONEY)
    clamped: str
    scheme: str
    kinds: list[str] = Field(sa_type=_WORDS)
    first_month: Month = Field(sa_type=MonthColumn)
    reasons: list[str] = Field(sa_type=_WORDS)
    limit_day: date
    late: bool
    until: date | None = None
    void_on: date | None = None
    note: str
    submitted_at: datetime = Field(sa_type=TIME)
    submitted_by: str
    channel: str
    decided_at: datetime | None = Field(default=None, sa_type=TIME)
    decided_by: str | None = None
    decision_note: str = ""
    printed_at: datetime | None = Field(default=None, sa_type=TIME)


class Decrease(Base, table=True):
    """减员; a 预约 waits for the payment of `waits_for`, unless two officers force it (A11, A12)."""

    __tablename__ = "decreases"
    __table_args__ = (
        CheckConstraint(
            "force_released_by IS NULL OR (forced_by IS NOT NULL AND force_released_by <> forced_by)",
            name="four_eyes",
        ),
        Index("uq_decreases_queued", "enrollment_id", unique=True, postgresql_where=_QUEUED),
        Index("ix_decreases_waits_for", "employer_no", "waits_for", postgresql_where=_QUEUED),
    )

    submission_no: str = Field(primary_key=True)
    employer_no: str = Field(foreign_key="employers.employer_no", index=True)
    enrollment_id: UUID = Field(foreign_key="relations.enrollment_id")
    person_no: str
    version: int = 1
    state: str
    left_on: date
    reason: str
    extra_date: date | None = None
    note: str
    last_month: Month = Field(sa_type=MonthColumn)
    waits_for: Month | None = Field(default=None, sa_type=MonthColumn)
    submitted_at: datetime = Field(sa_type=TIME)
    submitted_by: str
    channel: str
    decided_at: datetime | None = Field(default=None, sa_type=TIME)
    forced_by: str | None = None
    forced_reason: str = ""
    force_released_by: str | None = None
