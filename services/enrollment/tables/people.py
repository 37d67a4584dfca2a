"""Employers as enrollment needs them, persons, and their insurance relations."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from contracts.month import Month
from services.chassis.columns import MONEY, MonthColumn
from services.enrollment.tables.base import Base

_WORDS: Any = ARRAY(String)


class Employer(Base, table=True):
    """A copy of the register entry; `version` 0 is an employer other facts have named before registry's own."""

    __tablename__ = "employers"

    employer_no: str = Field(primary_key=True)
    version: int = 0
    name: str = ""
    scheme: str = ""
    kinds: list[str] = Field(default_factory=list, sa_type=_WORDS)
    kind_terms: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSONB)
    district: str = Field(default="", index=True)
    paying_agency: str = ""
    insured_from: Month | None = Field(default=None, sa_type=MonthColumn)
    registered_on: date | None = None
    opened_on: date | None = None
    deregistered_on: date | None = None


class BillMonth(Base, table=True):
    """What billing has told of one month: confirmed, settled or in arrears; windows are judged by it (A22).

    Confirmed and settled are never taken back; arrears come and go, and sums change, so that versions count.
    `total` is the bill's sum in fen, 0 for one emptied to nought, none where only other facts have told of it.
    """

    __tablename__ = "bill_months"

    employer_no: str = Field(primary_key=True)
    month: Month = Field(primary_key=True, sa_type=MonthColumn)
    confirmed: bool = False
    settled: bool = False
    arrears: bool = False
    arrears_version: int = 0
    total: int | None = Field(default=None, sa_type=MONEY)
    total_version: int = 0


class Person(Base, table=True):
    """A person for life: number, sealed identity number found by its blind value, name and what annex forms ask.

    `version` runs across employers: each fact about the person takes the next one under this row's lock.
    """

    __tablename__ = "persons"
    __table_args__ = (UniqueConstraint("id_number_blind"),)

    person_no: str = Field(primary_key=True)
    version: int = 0
    name: str
    name_key: str = Field(description="pinyin, for sort and search")
    id_kind: str
    id_number: bytes
    id_number_blind: bytes
    blind_version: str
    id_number_masked: str
    sex: str = ""
    born_on: date | None = None
    household: str = ""
    household_address: str = ""
    home_address: str = ""
    phone: bytes = b""
    phone_masked: str = ""


class Relation(Base, table=True):
    """参保关系 of one person with one employer as it stands; ended where `last_month` is set."""

    __tablename__ = "relations"
    __table_args__ = (
        CheckConstraint("declared_wage >= 0", name="declared_wage"),
        CheckConstraint("base >= 0", name="base"),
        Index(
            "uq_relations_open",
            "employer_no",
            "person_no",
            unique=True,
            postgresql_where=text("last_month IS NULL"),
        ),
    )

    enrollment_id: UUID = Field(primary_key=True)
    person_no: str = Field(foreign_key="persons.person_no", index=True)
    employer_no: str = Field(index=True)
    version: int
    scheme: str
    kinds: list[str] = Field(sa_type=_WORDS)
    rural_contract: bool
    hired_on: date
    contract_until: date | None = None
    from_month: Month = Field(sa_type=MonthColumn)
    last_month: Month | None = Field(default=None, sa_type=MonthColumn)
    declared_wage: int = Field(sa_type=MONEY)
    base: int = Field(sa_type=MONEY)
    base_from: Month = Field(sa_type=MonthColumn)
    confirmed_on: date
    imported: bool = False
    left_on: date | None = None
    left_reason: str = ""


class Series(Base, table=True):
    """The last number given in a series (person numbers, submissions); its row lock keeps order."""

    __tablename__ = "series"

    name: str = Field(primary_key=True)
    last: int = Field(sa_type=MONEY)
