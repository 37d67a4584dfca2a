"""The roster as billing needs it: one row per insurance relation and base span."""

from datetime import date
from uuid import UUID

from sqlalchemy import SmallInteger
from sqlmodel import Field

from contracts.month import Month
from services.billing.tables.base import Base
from services.chassis.columns import MONEY, MonthColumn


class RosterSpan(Base, table=True):
    """A relation over the months in which one fact about it holds; kinds are 1 or 0.

    `to_month` is 999912 while open. The span of the highest version carries what holds for the whole relation.
    """

    __tablename__ = "roster"

    enrollment_id: UUID = Field(primary_key=True)
    from_month: Month = Field(primary_key=True, sa_type=MonthColumn)
    to_month: Month = Field(sa_type=MonthColumn)
    version: int
    employer_no: str = Field(index=True)
    person_no: str
    scheme: str
    relation_from: Month = Field(sa_type=MonthColumn)
    relation_to: Month = Field(sa_type=MonthColumn)
    imported: bool
    base: int = Field(sa_type=MONEY)
    rural: int = Field(sa_type=SmallInteger)
    pension: int = Field(sa_type=SmallInteger)
    gov_pension: int = Field(sa_type=SmallInteger)
    annuity: int = Field(sa_type=SmallInteger)
    medical: int = Field(sa_type=SmallInteger)
    large_medical: int = Field(sa_type=SmallInteger)
    unemployment: int = Field(sa_type=SmallInteger)
    injury: int = Field(sa_type=SmallInteger)
    maternity: int = Field(sa_type=SmallInteger)


class LateIncrease(Base, table=True):
    """An increase submitted after its limit, whose missed months are in arrears at once (A8)."""

    __tablename__ = "late_increases"

    enrollment_id: UUID = Field(primary_key=True)
    limit_day: date


class Supplement(Base, table=True):
    """补缴: a month of a relation that its own bill can no longer take (A7, A8).

    `bill_month` is the bill it entered; `fee_from` is set for a late increase, which is in arrears at once.
    """

    __tablename__ = "supplements"

    enrollment_id: UUID = Field(primary_key=True)
    month: Month = Field(primary_key=True, sa_type=MonthColumn)
    employer_no: str = Field(index=True)
    bill_month: Month | None = Field(default=None, sa_type=MonthColumn)
    fee_from: date | None = None
    recorded_on: date
