"""Rates as policy data: effective-dated, versioned, drafted by one officer and released by another (3.1)."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field

from contracts.month import Month
from services.billing.tables.base import Base
from services.chassis.columns import MONEY, TIME, MonthColumn


class RateSet(Base, table=True):
    """The rates of one scheme from a month on; `no` is the rate version that every line keeps."""

    __tablename__ = "rate_sets"

    no: int | None = Field(default=None, primary_key=True)
    id: UUID = Field(unique=True)
    scheme: str
    from_month: Month = Field(sa_type=MonthColumn)
    until_month: Month | None = Field(default=None, sa_type=MonthColumn)
    document_no: str
    drafted_by: str
    drafted_at: datetime = Field(sa_type=TIME)
    released_by: str | None = None
    released_at: datetime | None = Field(default=None, sa_type=TIME)


class RateRow(Base, table=True):
    """Unit and person rate of one kind in ppm, and flat sums in fen a month."""

    __tablename__ = "rates"

    rate_set: int = Field(primary_key=True, foreign_key="rate_sets.no")
    kind: str = Field(primary_key=True)
    unit: int
    person: int
    fixed_unit: int = Field(sa_type=MONEY)
    fixed_person: int = Field(sa_type=MONEY)
