"""The cut-over import: announced totals, staged parts, and rows that leave as they become relations."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from contracts.month import Month
from services.chassis.columns import MONEY, MonthColumn
from services.enrollment.tables.base import Base


class Import(Base, table=True):
    """One import with its control totals; drafted by one officer, released by another (domain 1.5)."""

    __tablename__ = "imports"
    __table_args__ = (CheckConstraint("released_by <> drafted_by", name="four_eyes"),)

    id: UUID = Field(primary_key=True)
    title: str
    state: str
    persons: int
    base_sum: int = Field(sa_type=MONEY)
    done_persons: int = 0
    skipped_persons: int = 0
    drafted_by: str
    released_by: str | None = None


class ImportPart(Base, table=True):
    """A part that was staged; its number is taken once."""

    __tablename__ = "import_parts"

    import_id: UUID = Field(primary_key=True, foreign_key="imports.id")
    part: int = Field(primary_key=True)
    persons: int
    base_sum: int = Field(sa_type=MONEY)


class ImportRow(Base, table=True):
    """A staged person, sealed as persons are; removed once the relation stands."""

    __tablename__ = "import_rows"
    __table_args__ = (
        UniqueConstraint("import_id", "id_number_blind", name="uq_import_rows_number"),
        Index("ix_import_rows_order", "import_id", "employer_no", "part", "row"),
    )

    import_id: UUID = Field(primary_key=True)
    part: int = Field(primary_key=True)
    row: int = Field(primary_key=True)
    employer_no: str
    name: str
    name_key: str
    id_kind: str
    id_number: bytes
    id_number_blind: bytes
    blind_version: str
    id_number_masked: str
    sex: str
    born_on: date | None = None
    household: str
    home_address: str
    phone: bytes
    phone_masked: str
    rural_contract: bool
    hired_on: date
    from_month: Month = Field(sa_type=MonthColumn)
    declared_wage: int = Field(sa_type=MONEY)
    base: int = Field(sa_type=MONEY)
