"""HTTP interface of registry: material requests and orders to correct (四(一), 协议 三.1 and 三.2).

POST /material-requests RequestMaterials → RequestedMaterials · GET /material-requests?state&sort&overdue&text&page → RequestPage
GET /employers/{no}/material-requests?page → RequestPage · GET /material-requests/{request_no} → RequestView
POST /material-requests/{request_no}/files?name= (the file's bytes) → RequestView
GET /material-requests/{request_no}/files/{file_id} → the file's bytes
POST /material-requests/{request_no}/files/{file_id}/remove → RequestView
POST /material-requests/{request_no}/answer AnswerRequest → RequestView
POST /material-requests/{request_no}/accept → RequestView · POST /material-requests/{request_no}/again AskAgain → RequestView
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from contracts.http.paging import Page
from contracts.models import Command, View
from contracts.values import AccountId, Count, Day, District, EmployerNo, Line, Note

RequestNo = Annotated[str, StringConstraints(pattern=r"^T[0-9]{6}-[0-9]{6}$")]
"""调取编号: T, year and month, number within the month."""
MOST_EMPLOYERS = 2000
MOST_BYTES = 10 * 1024 * 1024
"""Of one scan."""


class RequestSort(StrEnum):
    """调取材料 (四(一)), or 责令改正 of a false declaration (协议 三.1)."""

    MATERIALS = "materials"
    CORRECTION = "correction"


class RequestState(StrEnum):
    """已发 → 已提交 → 通过, or 需补正 and again from there; overdue is a matter of the day, no state."""

    SENT = "sent"
    ANSWERED = "answered"
    AGAIN = "again"
    ACCEPTED = "accepted"


class RequestMaterials(Command):
    """What is asked of one or many employers until a day; a correction names the false declaration it rests on."""

    sort: RequestSort = RequestSort.MATERIALS
    employer_nos: tuple[EmployerNo, ...] = Field(min_length=1, max_length=MOST_EMPLOYERS)
    what: Line
    ground: Note = Field(
        default="", description="虚假、不实申报的事实; only for a correction, which needs it"
    )
    deadline: Day


class RequestedMaterials(View):
    """The numbers given, in the order of the employers."""

    request_nos: tuple[RequestNo, ...]


class AnswerRequest(Command):
    """The employer hands in what it has uploaded, with a word about it."""

    note: Note = ""


class AskAgain(Command):
    """What is still missing, and until when."""

    reason: Line
    deadline: Day


class FileView(View):
    """An uploaded scan."""

    id: UUID
    name: Line
    media_type: str
    size: Count
    uploaded_on: Day


class RequestView(View):
    """A request with its files and its clock."""

    request_no: RequestNo
    sort: RequestSort
    employer_no: EmployerNo
    employer_name: Line
    district: District
    what: Line
    ground: Note
    deadline: Day
    state: RequestState
    sent_on: Day
    sent_by: AccountId
    note: Note = ""
    again_for: Note = ""
    answered_on: Day | None = None
    judged_on: Day | None = None
    judged_by: AccountId | None = None
    overdue: bool
    files: tuple[FileView, ...] = ()


class RequestPage(Page):
    """Requests a caller may see, the nearest deadline first."""

    rows: tuple[RequestView, ...]
    overdue: Count = 0
