"""Copies of what other owners told: employers, months in arrears, payments."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from contracts.month import Month
from services.chassis.columns import MonthColumn
from services.notices.tables.base import Base


class Employer(Base, table=True):
    """What a notice prints of an employer; version 0 while its own fact has not come yet.

    The row is also the lock under which everything of the employer changes.
    """

    __tablename__ = "employers"

    employer_no: str = Field(primary_key=True)
    version: int = 0
    name: str = ""
    credit_code: str = ""
    address: str = ""
    district: str = Field(default="", index=True)
    paying_agency: str = ""


class Arrears(Base, table=True):
    """One bill month: the newest fact of each sort with its version, so that the order of arrival is nothing.

    `debts` are DebtSum as ArrearsOpened told them, fen, `deducted` the ids of the payments they leave out.
    """

    __tablename__ = "arrears"

    employer_no: str = Field(primary_key=True)
    month: Month = Field(primary_key=True, sa_type=MonthColumn)
    opened_version: int = 0
    opened_on: date | None = None
    fee_from: date | None = None
    debts: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSONB)
    deducted: list[str] = Field(default_factory=list, sa_type=JSONB)
    principal_version: int = 0
    principal_paid_on: date | None = None
    settled_version: int = 0
    settled_on: date | None = None


class Payment(Base, table=True):
    """A payment with its allocations, fen; `paid_on` is the bank's day. One in suspense has version 0 and none."""

    __tablename__ = "payments"

    payment_id: UUID = Field(primary_key=True)
    version: int
    employer_no: str = Field(index=True)
    paid_on: date
    allocations: list[dict[str, Any]] = Field(sa_type=JSONB)


class UntoldPayment(Base, table=True):
    """A payment that a bank has told the gateway and billing has not told yet, as of the last question (A24)."""

    __tablename__ = "untold_payments"

    payment_id: UUID = Field(primary_key=True)
    employer_no: str = Field(index=True)


class WorkingDay(Base, table=True):
    """One day of the adjusted holiday calendar (工作日表), as registry tells it."""

    __tablename__ = "working_days"

    day: date = Field(primary_key=True)
    working: bool


class WorkingYear(Base, table=True):
    """The version of a year that registry has released; a year as it was seeded has none."""

    __tablename__ = "working_years"

    year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    version: int
