"""Tables of what the agency publishes: templates of papers, working days, the guide."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Date, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.registry.tables import Base

_DAYS: Any = ARRAY(Date)


class Template(Base, table=True):
    """A version of 协议书 or 授权书; in force from its day on, once a second officer has released it."""

    __tablename__ = "templates"
    __table_args__ = (
        CheckConstraint("released_by <> imported_by", name="four_eyes"),
        Index(
            "uq_templates_released",
            "paper",
            "effective_on",
            unique=True,
            postgresql_where=text("released_by IS NOT NULL"),
        ),
    )

    id: UUID = Field(primary_key=True)
    paper: str
    name: str
    effective_on: date
    sample: bool
    text: str
    imported_by: str
    imported_on: date
    released_by: str | None = None


class WorkingDaysDraftRow(Base, table=True):
    """A year of 工作日表 as one officer has entered it; in the table once a second one has released it."""

    __tablename__ = "working_day_drafts"
    __table_args__ = (CheckConstraint("released_by <> drafted_by", name="four_eyes"),)

    id: UUID = Field(primary_key=True)
    year: int = Field(index=True)
    holidays: list[date] = Field(sa_type=_DAYS)
    swapped: list[date] = Field(sa_type=_DAYS)
    document_no: str
    drafted_by: str
    drafted_on: date
    released_by: str | None = None


class WorkingYear(Base, table=True):
    """The version of a year that was released; a year as it was seeded has none."""

    __tablename__ = "working_years"

    year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    version: int


class GuideVersion(Base, table=True):
    """办事指南 as it stood from an edit on; the highest version is shown, none is ever changed."""

    __tablename__ = "guide_versions"

    version: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    items: list[dict[str, Any]] = Field(sa_type=JSONB)
    edited_by: str
    edited_on: date
    reason: str
