"""The import of the existing register: files with their totals, and their rows until they are registered."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.registry.tables import Base


class RegisterImport(Base, table=True):
    """One file; its digest is taken once, two officers stand behind it (domain 1.5)."""

    __tablename__ = "register_imports"
    __table_args__ = (CheckConstraint("released_by <> drafted_by", name="four_eyes"),)

    id: UUID = Field(primary_key=True)
    digest: bytes = Field(unique=True)
    title: str
    state: str
    reach: str
    total: int
    faulty: int
    done: int = 0
    skipped: int = 0
    districts: list[dict[str, Any]] = Field(sa_type=JSONB)
    drafted_on: date
    drafted_by: str
    released_by: str | None = None


class RegisterImportRow(Base, table=True):
    """A row of a file as given; with what it asks, or with its faults. It leaves when the employer stands."""

    __tablename__ = "register_import_rows"

    import_id: UUID = Field(primary_key=True, foreign_key="register_imports.id")
    row: int = Field(primary_key=True)
    given: dict[str, Any] = Field(sa_type=JSONB)
    faults: list[dict[str, Any]] = Field(sa_type=JSONB)
