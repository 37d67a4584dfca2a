"""What registry keeps of its neighbours' facts to judge 注销登记, and the cases themselves.

A copy: it can be dropped and rebuilt from the events of billing and enrollment, and decides nothing about money.
"""

from datetime import date
from uuid import UUID

from sqlalchemy import Index, text
from sqlmodel import Field

from contracts.month import Month
from services.chassis.columns import MONEY, MonthColumn
from services.registry.tables import Base


class BillStanding(Base, table=True):
    """How far one month's bill is; each of its parts by the version that told it."""

    __tablename__ = "bill_standings"

    employer_no: str = Field(primary_key=True)
    month: Month = Field(primary_key=True, sa_type=MonthColumn)
    total: int = Field(default=0, sa_type=MONEY)
    total_version: int = 0
    confirmed: bool = False
    confirmed_version: int = 0
    settled: bool = False
    in_arrears: bool = False
    arrears_version: int = 0


class InsuredRelation(Base, table=True):
    """A relation by its highest version: until when, and when something last happened that may add to a bill."""

    __tablename__ = "insured_relations"

    enrollment_id: UUID = Field(primary_key=True)
    employer_no: str = Field(index=True)
    version: int
    last_month: Month | None = Field(default=None, sa_type=MonthColumn)
    imported: bool
    newest_fact: date | None = None


class Deregistration(Base, table=True):
    """注销登记 as filed and decided; one is open at a time."""

    __tablename__ = "deregistrations"
    __table_args__ = (
        Index(
            "uq_deregistrations_open",
            "employer_no",
            unique=True,
            postgresql_where=text("state IN ('filed', 'done')"),
        ),
        Index("ix_deregistrations_state", "state"),
    )

    deregistration_no: str = Field(primary_key=True)
    employer_no: str = Field(foreign_key="employers.employer_no")
    state: str
    ground: str
    ended_on: date
    document: str
    reason: str
    filed_on: date
    filed_by: str
    channel: str
    decided_on: date | None = None
    decided_by: str | None = None
    refused_for: str = ""
