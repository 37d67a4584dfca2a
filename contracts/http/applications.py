"""HTTP interface of registry: written applications (书面申请, clause 三(六), 协议 一.2 and 四.3).

POST /employers/{no}/applications ReceiveApplication → ApplicationView · GET /employers/{no}/applications → ApplicationPage
GET /applications?state&text&page&size → ApplicationPage · GET /applications/{application_no} → ApplicationView
POST /applications/{application_no}/check CheckApplication → ApplicationView
POST /applications/{application_no}/return ReturnApplication → ApplicationView
POST /applications/{application_no}/finish → AccountReceipt
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from contracts.http.paging import Page
from contracts.http.registry import SpecialistData
from contracts.models import Command, View
from contracts.values import AccountId, Count, Day, District, EmployerNo, Line, Members, Note

ApplicationNo = Annotated[str, StringConstraints(pattern=r"^S[0-9]{6}-[0-9]{6}$")]
"""申请编号: S, year and month of receipt, number within the month."""


class ApplicationMatter(StrEnum):
    """What an employer applies for on paper; an approver (复核人) is a second person beside the specialist."""

    PASSWORD = "password"  # noqa: S105  # a matter, no password
    SPECIALIST = "specialist"
    APPROVER = "approver"
    APPROVER_PASSWORD = "approver_password"  # noqa: S105  # as above
    APPROVER_END = "approver_end"


class ApplicationState(StrEnum):
    """受理 → 材料合格 → 办结, or 退回 where the materials are not in order."""

    RECEIVED = "received"
    CHECKED = "checked"
    RETURNED = "returned"
    DONE = "done"


class ApplicationMaterial(StrEnum):
    """What lies on the counter; the last three only where a person is named."""

    APPLICATION = "application"
    SEAL = "seal"
    SIGNATURE = "signature"
    AUTHORISATION = "authorisation"
    IDENTITY_ORIGINAL = "identity_original"
    IDENTITY_COPY = "identity_copy"


APPLICATION_MATERIAL_NAMES: dict[ApplicationMaterial, str] = {
    ApplicationMaterial.APPLICATION: "书面申请",
    ApplicationMaterial.SEAL: "申请上加盖单位公章",
    ApplicationMaterial.SIGNATURE: "申请上有法定代表人（负责人）签字",
    ApplicationMaterial.AUTHORISATION: "新的授权书",
    ApplicationMaterial.IDENTITY_ORIGINAL: "新被授权人身份证原件",
    ApplicationMaterial.IDENTITY_COPY: "新被授权人身份证复印件",
}
"""What lies on the counter for a written application (三(六)), in words."""


class ReceiveApplication(Command):
    """A written application as it was handed in."""

    matter: ApplicationMatter
    reason: Line
    specialist: SpecialistData | None = Field(
        default=None, description="the new specialist or approver, where the matter names one"
    )


class CheckApplication(Command):
    """The materials seen by the officer; the working day runs once all are in order (A32)."""

    materials: Members[ApplicationMaterial]


class ReturnApplication(Command):
    """What is wrong with the materials; a new application gets a new number."""

    reason: Line


class ApplicationView(View):
    """A written application with its clock; days are business dates."""

    application_no: ApplicationNo
    employer_no: EmployerNo
    employer_name: Line
    district: District
    matter: ApplicationMatter
    state: ApplicationState
    reason: Line
    new_name: str = Field(default="", description="of the new specialist or approver, where one is named")
    old_name: str = Field(default="", description="of the one in whose place it is, at receipt")
    received_on: Day
    received_by: AccountId
    check_by: Day = Field(description="one working day after receipt")
    checked_on: Day | None = None
    due_on: Day | None = Field(default=None, description="one working day after the materials were in order")
    finished_on: Day | None = None
    finished_by: AccountId | None = None
    returned_for: Note = ""
    age_days: Count = Field(description="calendar days since receipt, or from receipt to the end")
    overdue: bool = Field(description="open past the working day it stands under")
    needs: tuple[ApplicationMaterial, ...] = Field(description="the materials of this matter")


class ApplicationPage(Page):
    """Applications a caller may see, the longest waiting first."""

    rows: tuple[ApplicationView, ...]
    overdue: Count = 0


class AccountReceipt(View):
    """What the printed slip of a finished application carries; the initial password appears once."""

    matter: ApplicationMatter
    application_no: ApplicationNo
    employer_no: EmployerNo
    employer_name: Line
    agency_name: Line
    officer: Line
    issued_on: Day
    account: AccountId
    specialist_name: Line = Field(description="who holds the account: specialist or approver")
    initial_password: str = Field(description="empty where an account ended")
