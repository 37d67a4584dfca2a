"""What billing keeps of employers: the register entry it prints, dated injury rates, the slip counter."""

from datetime import date

from sqlmodel import Field

from contracts.month import Month
from services.billing.tables.base import Base
from services.chassis.columns import MonthColumn


class Employer(Base, table=True):
    """A copy of the register entry; its row lock is the mutex of everything that moves the employer's money.

    `version` 0 is an employer that other facts have named before registry's own fact arrived.
    """

    __tablename__ = "employers"

    employer_no: str = Field(primary_key=True)
    version: int = 0
    name: str = ""
    credit_code: str = ""
    scheme: str = ""
    district: str = Field(default="", index=True)
    agency: str = ""
    address: str = ""
    postcode: str = ""
    insured_from: Month | None = Field(default=None, sa_type=MonthColumn)
    deregistered_on: date | None = None
    slip_sequence: int = 0


class InjuryRateRow(Base, table=True):
    """工伤费率 of one employer over a span of months, ppm; the last span is open (999912)."""

    __tablename__ = "injury_rates"

    employer_no: str = Field(primary_key=True)
    from_month: Month = Field(primary_key=True, sa_type=MonthColumn)
    to_month: Month = Field(sa_type=MonthColumn)
    injury_class: int
    float_percent: int
    rate: int
