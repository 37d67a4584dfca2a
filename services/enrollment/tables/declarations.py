"""The year's bases as each employer declared them (缴费基数申报)."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from services.chassis.columns import MONEY, TIME
from services.enrollment.tables.base import Base


class BaseRound(Base, table=True):
    """One employer's round of a year; its version grows with every sending, signature and posting are kept here."""

    __tablename__ = "base_rounds"
    __table_args__ = (CheckConstraint("posted_to >= posted_from", name="posted"),)

    employer_no: str = Field(primary_key=True)
    year: int = Field(primary_key=True)
    declaration_no: str = Field(unique=True)
    version: int = 0
    submitted_at: datetime = Field(sa_type=TIME)
    submitted_by: str
    channel: str
    posted_from: date | None = None
    posted_to: date | None = None


class DeclaredBase(Base, table=True):
    """One person's declaration of a year: what was paid, for how many months, and the base that followed; fen."""

    __tablename__ = "declared_bases"
    __table_args__ = (CheckConstraint("months BETWEEN 1 AND 12", name="months"),)

    enrollment_id: UUID = Field(primary_key=True, foreign_key="relations.enrollment_id")
    year: int = Field(primary_key=True)
    employer_no: str = Field(index=True)
    wage_total: int = Field(sa_type=MONEY)
    months: int
    declared_wage: int = Field(sa_type=MONEY)
    base: int = Field(sa_type=MONEY)
    clamped: str
    signed_on: date | None = None
