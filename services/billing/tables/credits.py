"""What a slip froze of a bill that was priced anew, and money for months that the roster no longer covers."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from contracts.month import Month
from services.billing.tables.base import Base
from services.chassis.columns import MONEY, MonthColumn


class FrozenBill(Base, table=True):
    """The person lines of a bill as a slip froze them, kept from the bill's next pricing on (A22, A23)."""

    __tablename__ = "frozen_bills"

    slip_no: str = Field(primary_key=True, foreign_key="slips.slip_no")
    month: Month = Field(primary_key=True, sa_type=MonthColumn)
    employer_no: str
    lines: list[dict[str, Any]] = Field(sa_type=JSONB)


class Credit(Base, table=True):
    """What was paid of one kind for a month of a relation that the roster no longer covers, fen (A11, 3.4).

    `bill_month` is the settled bill that held it. Kinds and parts never mix (SIL 64).
    """

    __tablename__ = "credits"

    enrollment_id: UUID = Field(primary_key=True)
    month: Month = Field(primary_key=True, sa_type=MonthColumn)
    kind: str = Field(primary_key=True)
    employer_no: str = Field(index=True)
    bill_month: Month = Field(sa_type=MonthColumn)
    unit: int = Field(sa_type=MONEY)
    person: int = Field(sa_type=MONEY)
    recorded_on: date
