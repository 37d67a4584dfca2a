"""Opening cases."""

from datetime import date

from sqlalchemy import Index, text
from sqlmodel import Field

from services.registry.tables import WORDS, Base


class OpeningCase(Base, table=True):
    """开通受理: from the first visit to the decision; the specialist's data are sealed and go with the case."""

    __tablename__ = "opening_cases"
    __table_args__ = (
        Index(
            "uq_opening_cases_open",
            "employer_no",
            unique=True,
            postgresql_where=text("state IN ('received', 'again')"),
        ),
        Index("ix_opening_cases_employer_no", "employer_no"),
        Index("ix_opening_cases_state_case_no", "state", "case_no"),
    )

    case_no: str = Field(primary_key=True)
    employer_no: str = Field(foreign_key="employers.employer_no")
    state: str
    version: int = 0
    agreement_no: str = Field(unique=True)
    agreement_signed_on: date | None = None
    employer_handler: str
    officer: str
    materials: list[str] = Field(sa_type=WORDS)
    specialist: bytes | None = None
    specialist_name: str
    received_on: date
    again_for: str = ""
    decided_on: date | None = None
    decided_by: str | None = None
    reason: str = ""
