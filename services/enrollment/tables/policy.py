"""Policy data: limits of bases, released by two officers, and the working-day table."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field

from contracts.month import Month
from services.chassis.columns import MONEY, MonthColumn
from services.enrollment.tables.base import Base


class BaseLimits(Base, table=True):
    """Floor and ceiling of a year in fen; in force once released (domain 3.3)."""

    __tablename__ = "base_limits"
    __table_args__ = (
        CheckConstraint("floor > 0 AND floor <= ceiling", name="order"),
        CheckConstraint("released_by <> drafted_by", name="four_eyes"),
        Index(
            "uq_base_limits_released",
            "effective_from",
            unique=True,
            postgresql_where=text("released_by IS NOT NULL"),
        ),
    )

    id: UUID = Field(primary_key=True)
    year: int
    average_wage: int = Field(sa_type=MONEY)
    floor: int = Field(sa_type=MONEY)
    ceiling: int = Field(sa_type=MONEY)
    effective_from: Month = Field(sa_type=MonthColumn)
    published_on: date
    document_no: str
    drafted_by: str
    released_by: str | None = None


class WorkingYear(Base, table=True):
    """The version of a year that registry has released; a year as it was seeded has none."""

    __tablename__ = "working_years"

    year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    version: int


class WorkingDay(Base, table=True):
    """One day of the adjusted holiday calendar."""

    __tablename__ = "working_days"

    day: date = Field(primary_key=True)
    working: bool
