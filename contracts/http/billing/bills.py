"""Bills of a month, their lines and their confirmation."""

from enum import StrEnum

from pydantic import Field

from contracts.http.billing.slips import SlipKind, SlipView
from contracts.http.paging import Page
from contracts.models import Command, View
from contracts.values import Count, Day, Due, EmployerNo, Instant, Kind, Line, Month, PersonNo, Ppm, SlipNo


class BillState(StrEnum):
    """States of a month's bill (domain 1.4)."""

    ASSESSED = "assessed"
    CONFIRMED = "confirmed"
    SETTLED = "settled"
    ARREARS = "arrears"


class BillView(View):
    """A month's bill as its employer sees it."""

    employer_no: EmployerNo
    month: Month
    version: int
    state: BillState
    persons: Count
    kinds: tuple[SlipKind, ...]
    unit: Due
    person: Due
    total: Due
    total_words: Line
    paid: Due
    due_day: Day
    window_from: Day
    previous_total: Due | None = Field(default=None, description="last month's bill, for comparison")
    slip: SlipView | None = None
    voided_slip_no: SlipNo | None = Field(default=None, description="of a confirmed bill that changed since")
    confirmed_at: Instant | None = None
    settled_on: Day | None = None
    receipt_no: str = ""


class BillPage(Page):
    """Bills, newest month first; at most five years."""

    rows: tuple[BillView, ...]


class LineView(View):
    """One person's line of one kind, with its explanation."""

    person_no: PersonNo
    kind: Kind
    base: Due
    unit_rate: Ppm
    person_rate: Ppm
    unit: Due
    person: Due
    unit_text: str = Field(description="基数 2,910 × 0.5% = 14.55 …")
    person_text: str


class LinePage(Page):
    """Lines by person number."""

    month: Month
    rows: tuple[LineView, ...]


class ConfirmBill(Command):
    """Confirm the heads and the sum that were on the page (A22)."""

    version: int = Field(ge=1)
    total: Due
