"""HTTP interface of 注销登记 in registry.

GET /employers/{no}/standing → StandingView · POST /employers/{no}/deregistrations FileDeregistration →
DeregistrationView · GET /employers/{no}/deregistrations?page&size → DeregistrationPage
GET /deregistrations?state&text&page&size → DeregistrationPage · GET /deregistrations/{deregistration_no}
POST /deregistrations/{deregistration_no}/accept · /refuse RefuseDeregistration · /withdraw → DeregistrationView
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from contracts.errors.code import Fault
from contracts.http.paging import Page
from contracts.models import Command, View
from contracts.values import AccountId, Channel, Day, District, EmployerNo, Line, Note

DeregistrationNo = Annotated[str, StringConstraints(pattern=r"^X[0-9]{6}-[0-9]{6}$")]
"""注销编号: X, year and month of filing, number within the month."""


class DeregistrationState(StrEnum):
    """已提交 → 已注销, or 未通过, or 已撤回."""

    FILED = "filed"
    DONE = "done"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Ground(StrEnum):
    """Why an employer ends (ZJ 7, O2 12): dissolved, bankrupt, licence revoked, merged, moved out of the city."""

    DISSOLVED = "dissolved"
    BANKRUPT = "bankrupt"
    REVOKED = "revoked"
    MERGED = "merged"
    MOVED = "moved"
    OTHER = "other"


class FileDeregistration(Command):
    """注销登记 with its ground, the day the employer ended, and the document that proves it."""

    ground: Ground
    ended_on: Day
    document: str = Field(default="", max_length=200, description="注销核准文书的名称和文号")
    reason: Line


class RefuseDeregistration(Command):
    """Why an officer refuses."""

    reason: Line


class StandingView(View):
    """What stands in the way of 注销登记; it may be filed where there is nothing."""

    obstacles: tuple[Fault, ...]


class DeregistrationView(View):
    """A 注销登记 as filed and decided."""

    deregistration_no: DeregistrationNo
    employer_no: EmployerNo
    employer_name: Line
    district: District
    state: DeregistrationState
    ground: Ground
    ended_on: Day
    document: str
    reason: Line
    late: bool = Field(description="filed more than 30 days after the employer ended (SIL 57)")
    filed_on: Day
    filed_by: AccountId
    channel: Channel
    decided_on: Day | None = None
    decided_by: AccountId | None = None
    refused_for: Note = ""


class DeregistrationPage(Page):
    """注销登记 a caller may see."""

    rows: tuple[DeregistrationView, ...]
