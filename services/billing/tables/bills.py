"""Bills: heads and sums, person lines by month, sums per kind, and how far a monthly run has come."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import SmallInteger
from sqlmodel import Field

from contracts.month import Month
from services.billing.tables.base import Base
from services.chassis.columns import MONEY, TIME, MonthColumn


class Bill(Base, table=True):
    """A month's bill of one employer, fen; frozen from its confirmation on (A22).

    `assessed_version` is that of its BillAssessed; confirmation, arrears and settlement count on from there.
    `stale`: the roster changed while a bank held the slip, so the bill is priced anew if it stays unpaid (A23).
    """

    __tablename__ = "bills"

    employer_no: str = Field(primary_key=True)
    month: Month = Field(primary_key=True, sa_type=MonthColumn)
    sort: str = Field(primary_key=True)
    version: int
    assessed_version: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    state: str
    persons: int
    unit: int = Field(sa_type=MONEY)
    person: int = Field(sa_type=MONEY)
    total: int = Field(sa_type=MONEY)
    due_day: date
    stale: bool = False
    confirmed_at: datetime | None = Field(default=None, sa_type=TIME)
    confirmed_version: int | None = None
    opened_on: date | None = None
    settled_on: date | None = None


class PersonLine(Base, table=True):
    """One person on one bill: base, rate version and both parts of the eight kinds, fen.

    `kinds` has bit n set for the n-th kind of `contracts.values.Kind`; `month` is the bill's, by which the
    table is partitioned, `contribution_month` what the money is owed for.
    """

    __tablename__ = "person_lines"

    month: Month = Field(primary_key=True, sa_type=MonthColumn)
    employer_no: str = Field(primary_key=True)
    enrollment_id: UUID = Field(primary_key=True)
    contribution_month: Month = Field(primary_key=True, sa_type=MonthColumn)
    sort: str = Field(primary_key=True)
    fee_from: date
    person_no: str
    base: int = Field(sa_type=MONEY)
    rate_set: int
    injury_rate: int
    rural: int = Field(sa_type=SmallInteger)
    kinds: int = Field(sa_type=SmallInteger)
    unit_pension: int = Field(sa_type=MONEY)
    person_pension: int = Field(sa_type=MONEY)
    unit_gov_pension: int = Field(sa_type=MONEY)
    person_gov_pension: int = Field(sa_type=MONEY)
    unit_annuity: int = Field(sa_type=MONEY)
    person_annuity: int = Field(sa_type=MONEY)
    unit_medical: int = Field(sa_type=MONEY)
    person_medical: int = Field(sa_type=MONEY)
    unit_large_medical: int = Field(sa_type=MONEY)
    person_large_medical: int = Field(sa_type=MONEY)
    unit_unemployment: int = Field(sa_type=MONEY)
    person_unemployment: int = Field(sa_type=MONEY)
    unit_injury: int = Field(sa_type=MONEY)
    person_injury: int = Field(sa_type=MONEY)
    unit_maternity: int = Field(sa_type=MONEY)
    person_maternity: int = Field(sa_type=MONEY)


class KindSumRow(Base, table=True):
    """One kind of a bill, by what it is owed for and the first day of its late fee (A8, A26), fen."""

    __tablename__ = "kind_sums"

    employer_no: str = Field(primary_key=True)
    month: Month = Field(primary_key=True, sa_type=MonthColumn)
    contribution_month: Month = Field(primary_key=True, sa_type=MonthColumn)
    sort: str = Field(primary_key=True)
    fee_from: date = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    persons: int
    base_sum: int = Field(sa_type=MONEY)
    unit: int = Field(sa_type=MONEY)
    person: int = Field(sa_type=MONEY)


class MonthlyRun(Base, table=True):
    """How far the run of a month has come: all employers up to `after_employer` have their bill."""

    __tablename__ = "monthly_runs"

    month: Month = Field(primary_key=True, sa_type=MonthColumn)
    after_employer: str
    bills: int
    persons: int
    done_at: datetime | None = Field(default=None, sa_type=TIME)


class SetAside(Base, table=True):
    """A month of an employer that has no price for want of `what`; gone once it has one (domain 1.5)."""

    __tablename__ = "set_aside"

    employer_no: str = Field(primary_key=True)
    month: Month = Field(primary_key=True, sa_type=MonthColumn)
    what: str = Field(primary_key=True)
    since: date
