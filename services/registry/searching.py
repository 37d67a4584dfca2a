"""What an officer types to find a case: its number, the employer's number, or a part of the employer's name."""

from __future__ import annotations

from sqlalchemy import ColumnElement, true
from sqlalchemy.orm import Mapped
from sqlmodel import col

from services.registry.tables import Employer


def matches(case_no: Mapped[str], text: str) -> ColumnElement[bool]:
    """The condition on case and employer; everything for an empty text."""
    words = text.strip()
    if not words:
        return true()
    exact = (case_no == words.upper()) | (col(Employer.employer_no) == words)
    return exact | col(Employer.name).contains(words, autoescape=True)
