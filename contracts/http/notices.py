"""HTTP interface of notices.

GET /board?page → Board · POST /board NewNotice → NoticeView · GET /board/{id} → NoticeView · POST /board/{id}/read → NoticeView (receipts the reading)
GET /results?page → Results · POST /results/{id}/read → ResultView · GET /orders?state&page → OrderPage · GET /orders/{id} → OrderView · POST /orders/{id}/open → OrderView (serves it)
POST /orders/release ReleaseOrders → Released · GET /reminders?page → Reminders · POST /reminders/read ReadReminders → Unread · GET /unread → Unread
"""

from enum import StrEnum
from uuid import UUID

from pydantic import Field

from contracts.events.billing import DebtSum
from contracts.http.paging import Page
from contracts.models import Command, View
from contracts.values import Count, Day, Due, EmployerNo, Instant, Line, Month, Note, Outcome, PersonNo


class NewNotice(Command):
    """A notice for the board (通知公告)."""

    title: Line
    body: Note


class NoticeView(View):
    """A notice as one employer sees it."""

    id: UUID
    title: Line
    body: Note
    posted_at: Instant
    posted_by: str
    read: bool
    readers: Count | None = Field(
        default=None, description="employers that have read it; told to officers only"
    )


class Board(Page):
    """The board, newest first."""

    rows: tuple[NoticeView, ...]


class ResultView(View):
    """The decision of a submission, read or not (协议 二.6)."""

    id: UUID
    matter: Line
    matter_name: Line
    submission_no: Line
    person_no: PersonNo | None
    outcome: Outcome
    outcome_name: Line
    reason: Note
    next_step: Note
    deadline: Day | None
    decided_at: Instant
    read: bool


class Results(Page):
    """Results of one employer, newest first."""

    rows: tuple[ResultView, ...]


class OrderState(StrEnum):
    """States of 责令限期缴纳社会保险费通知书 (A31)."""

    PREPARED = "prepared"
    ISSUED = "issued"
    SERVED = "served"
    SETTLED = "settled"
    LAPSED = "lapsed"


class OrderView(View):
    """An order to pay; frozen as issued, `digest` is the hash of its content."""

    id: UUID
    order_no: str = Field(description="文号; empty while only prepared")
    employer_no: EmployerNo
    employer_name: Line
    credit_code: str
    address: Line
    agency_name: Line
    state: OrderState
    months: tuple[Month, ...]
    debts: tuple[DebtSum, ...]
    principal: Due
    fee: Due
    fee_from: Day
    fee_text: Note = Field(description="算式")
    issued_on: Day | None
    issued_by: str | None
    served_at: Instant | None
    deadline: Day | None
    digest: str
    paper_since: Day | None = Field(
        default=None, description="unopened since then: to be served on paper (order.paper_after)"
    )
    paragraphs: tuple[str, ...] = Field(
        default=(), description="the document as issued, title first; told to its employer by opening it"
    )


class OrderPage(Page):
    """Orders of one employer, or of an officer's district."""

    rows: tuple[OrderView, ...]


class ReleaseOrders(Command):
    """Prepared orders that a collection officer releases, singly or in bulk."""

    ids: tuple[UUID, ...] = Field(min_length=1, max_length=2_000)
    phone: str = Field(
        default="",
        pattern=r"^([0-9][0-9\-]{4,19})?$",
        description="联系电话 printed on the orders; 12333 where empty",
    )


class Released(View):
    """The orders as issued; those paid in the meantime are left out."""

    rows: tuple[OrderView, ...]


class ReminderView(View):
    """A reminder of what is due (办理提醒), once for each step before its last day."""

    id: UUID
    matter: Line
    reference: Line = Field(description="the bill's month, or the submission's number")
    title: Line
    text: Note
    due: Day
    sent_on: Day
    done: bool = Field(description="what it reminds of is done or over")
    read: bool


class Reminders(Page):
    """Reminders of one employer, newest first."""

    rows: tuple[ReminderView, ...]


class ReadReminders(Command):
    """Reminders that have been shown."""

    ids: tuple[UUID, ...] = Field(min_length=1, max_length=1_000)


class Unread(View):
    """What an employer has not read."""

    notices: Count
    results: Count
    orders: Count
    reminders: Count = Field(default=0, description="of what is still to be done")
