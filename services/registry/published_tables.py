"""Tables of what the agency publishes: templates of papers."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field

from services.registry.tables import Base


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
