"""HTTP interface of registry: changes of registration data (登记事项变更, 协议 二.7; items of domain 4.2).

POST /employers/{no}/changes FileChange → ChangeView · GET /employers/{no}/changes?page → ChangePage
GET /changes?state&text&page&size → ChangePage · GET /changes/{change_no} → ChangeView
POST /changes/{change_no}/accept → ChangeView · POST /changes/{change_no}/refuse RefuseChange → ChangeView
POST /changes/{change_no}/withdraw → ChangeView · GET /employers/{no}/history → EmployerHistory
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from contracts.http.paging import Page
from contracts.http.registry import Affiliation, Funding, PaymentWay
from contracts.models import Command, View
from contracts.values import AccountId, Agency, Channel, Day, District, EmployerNo, Kind, Line, Note, Version

ChangeNo = Annotated[str, StringConstraints(pattern=r"^B[0-9]{6}-[0-9]{6}$")]
"""变更编号: B, year and month of filing, number within the month."""
CaseNo = Annotated[str, StringConstraints(pattern=r"^[BX][0-9]{6}-[0-9]{6}$")]
"""The case that made a version: a change, or 注销登记 (X)."""
Short = Annotated[str, Field(max_length=200)]


class ChangeState(StrEnum):
    """已提交 → 已通过 (in force from its day) → 已生效, or 未通过, or 已撤回."""

    FILED = "filed"
    ACCEPTED = "accepted"
    IN_FORCE = "in_force"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class RegistrationItems(Command):
    """The items that change; none where an item stays. District, agency, kinds and injury class are the agency's to change."""

    name: Line | None = None
    address: Line | None = None
    postcode: str | None = Field(default=None, pattern=r"^([0-9]{6})?$")
    legal_representative: Line | None = None
    short_name: Short | None = None
    business_address: Short | None = None
    founded_on: Day | None = None
    economic_type: Short | None = None
    affiliation: Affiliation | None = None
    superior: Short | None = None
    funding: Funding | None = None
    industry: Short | None = None
    payment_way: PaymentWay | None = None
    bank_name: Short | None = None
    bank_account_name: Short | None = None
    organisation_code: str | None = Field(default=None, pattern=r"^([0-9A-Z]{8}[0-9X])?$")
    bank_account: str | None = Field(default=None, pattern=r"^[0-9]{8,32}$")
    district: District | None = None
    paying_agency: Agency | None = None
    injury_class: int | None = Field(default=None, ge=1, le=8)
    injury_float_percent: int | None = None
    kinds: tuple[Kind, ...] | None = Field(default=None, min_length=1, description="参加险种, from a 1st on")


class FileChange(Command):
    """A change with its first day and its cause."""

    effective_on: Day
    reason: Line
    items: RegistrationItems


class RefuseChange(Command):
    """Why an officer refuses."""

    reason: Line


class ChangedItem(View):
    """One item before and after, as codes or plain text; a bank account only by its end."""

    field: str
    before: str
    after: str


class ChangeView(View):
    """A change as filed and decided."""

    change_no: ChangeNo
    employer_no: EmployerNo
    employer_name: Line
    district: District
    state: ChangeState
    items: tuple[ChangedItem, ...]
    effective_on: Day
    reason: Line
    filed_on: Day
    filed_by: AccountId
    channel: Channel
    decided_on: Day | None = None
    decided_by: AccountId | None = None
    refused_for: Note = ""


class ChangePage(Page):
    """Changes a caller may see."""

    rows: tuple[ChangeView, ...]


class HistoryRow(View):
    """A version of the register entry: what changed, from which day."""

    version: Version
    effective_on: Day
    recorded_on: Day
    recorded_by: str = Field(default="", description="the officer who decided it")
    change_no: CaseNo
    items: tuple[ChangedItem, ...]


class EmployerHistory(View):
    """All versions since registration, the latest first."""

    rows: tuple[HistoryRow, ...]
