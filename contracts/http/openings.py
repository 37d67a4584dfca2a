"""HTTP interface of registry: opening cases (clause 二; statuses of domain 1.4).

POST /employers/{no}/opening-cases ReceiveOpening → OpeningCase · GET /opening-cases?state&text&page → OpeningCasePage
GET /opening-cases/{case_no} → OpeningCase · POST /opening-cases/{case_no}/again OpeningReason → OpeningCase
POST /opening-cases/{case_no}/refuse OpeningReason → OpeningCase
POST /opening-cases/{case_no}/open FinishOpening → OpeningReceipt · GET /employers/{no}/service → ServiceView
POST /employers/{no}/opening OpenService opens at once, where all five materials lie on the counter.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from contracts.http.paging import Page
from contracts.http.registry import Material, SpecialistData
from contracts.models import Command, View
from contracts.values import AccountId, Count, Day, District, EmployerNo, Line, Members, Note

CaseNo = Annotated[str, StringConstraints(pattern=r"^K[0-9]{6}-[0-9]{6}$")]
"""开通受理编号: K, year and month of receipt, number within the month."""


class OpeningState(StrEnum):
    """受理 → 已开通, or 待补正 and from there again, or 不予开通."""

    RECEIVED = "received"
    AGAIN = "again"
    OPENED = "opened"
    REFUSED = "refused"


class ServiceState(StrEnum):
    """网上服务 of an employer (domain 1.4)."""

    CLOSED = "closed"
    RECEIVED = "received"
    OPENED = "opened"
    NORMAL = "normal"
    LOCKED = "locked"
    RESETTING = "resetting"
    DEREGISTERED = "deregistered"


class ReceiveOpening(Command):
    """What is known when the specialist first stands at the counter; papers may still lack."""

    materials: Members[Material] = frozenset()
    employer_handler: Line = Field(description="乙方经办人员")
    specialist: SpecialistData


class FinishOpening(Command):
    """All five materials seen, the agreement signed."""

    materials: Members[Material]
    agreement_signed_on: Day


class OpeningReason(Command):
    """What is to be put right, or why the service is not opened; the employer reads it as the result."""

    reason: Line


class NeededMaterial(View):
    """One of the five materials, in words for this kind of employer."""

    material: Material
    name: Line
    copies: Count


class OpeningCase(View):
    """A case with its checklist; numbers of the specialist masked, and told while it is open alone."""

    case_no: CaseNo
    employer_no: EmployerNo
    employer_name: Line
    district: District
    state: OpeningState
    agreement_no: Line
    agreement_signed_on: Day | None
    employer_handler: Line
    officer: AccountId = Field(description="甲方经办人")
    officer_name: str = ""
    needs: tuple[NeededMaterial, ...]
    materials: Members[Material]
    specialist_name: Line
    id_number_masked: str = ""
    mobile_masked: str = ""
    received_on: Day
    again_for: Note = ""
    decided_on: Day | None = None
    decided_by: AccountId | None = None
    reason: Note = ""
    age_days: Count = Field(description="calendar days since receipt, or from receipt to the decision")


class OpeningCasePage(Page):
    """Cases a caller may see: open ones the longest waiting first, ended ones the latest first."""

    rows: tuple[OpeningCase, ...]


class ServiceView(View):
    """Where an employer's online service stands."""

    state: ServiceState
    case_no: CaseNo | None = Field(default=None, description="of the case that is open")
    needs: tuple[NeededMaterial, ...] = Field(description="the five materials of this kind of employer")
