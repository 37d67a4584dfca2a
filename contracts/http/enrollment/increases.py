"""增员: rows as typed, their preview, the way they take and what became of them."""

from enum import StrEnum

from pydantic import Field

from contracts.errors.code import Fault
from contracts.http.paging import Page
from contracts.models import Command, View
from contracts.values import Count, Day, Due, EmployerNo, Instant, Kind, Line, Month, Note, PersonNo, Scheme

Cell = str


class RawIncrease(Command):
    """One row as typed or read from the sheet; every cell is text and checked by rules."""

    row: int = Field(default=1, ge=1, description="row of the sheet, for the error file")
    name: Cell = Field(default="", max_length=200)
    id_kind: Cell = Field(default="", max_length=60, description="证件类型")
    id_number: Cell = Field(default="", max_length=60)
    household: Cell = Field(default="", max_length=60, description="户籍性质")
    household_address: Cell = Field(default="", max_length=300, description="户籍地址")
    home_address: Cell = Field(default="", max_length=300, description="家庭住址")
    phone: Cell = Field(default="", max_length=60)
    employment_form: Cell = Field(default="", max_length=60, description="用工形式")
    rural_contract: Cell = Field(default="", max_length=20, description="农民合同制 是/否")
    hired_on: Cell = Field(default="", max_length=40, description="用工日期")
    contract_until: Cell = Field(default="", max_length=40)
    reason: Cell = Field(default="", max_length=60, description="增加原因")
    monthly_wage: Cell = Field(default="", max_length=40, description="申报月工资, yuan")
    note: Cell = Field(default="", max_length=400)


class RawRows(Command):
    """A sheet's rows, at most 20,000."""

    rows: tuple[RawIncrease, ...] = Field(max_length=20_000)


class Path(StrEnum):
    """The way an increase takes."""

    AUTO = "auto"
    COUNTER = "counter"
    REFUSED = "refused"


class PreviewRow(View):
    """What one row will do, or what is wrong with it."""

    row: int
    name: str
    path: Path
    faults: tuple[Fault, ...] = ()
    warnings: tuple[str, ...] = ()
    reasons: tuple[str, ...] = Field(default=(), description="why the counter must confirm, Chinese")
    hired_on: Day | None = None
    limit_day: Day | None = None
    until: Day | None = Field(default=None, description="last day for the counter")
    first_month: Month | None = None
    declared_wage: Due = 0
    base: Due = 0
    clamped: str = Field(default="", description="保底, 封顶 or empty")
    kinds: tuple[Kind, ...] = ()
    rural_contract: bool = False
    scheme: Scheme = Scheme.ENTERPRISE


class Preview(View):
    """The whole sheet computed before it is sent; nothing is stored."""

    rows: tuple[PreviewRow, ...]
    auto: Count
    counter: Count
    refused: Count


class IncreaseBatch(Command):
    """Send increases: all or nothing, or those without faults (`partial`)."""

    rows: tuple[RawIncrease, ...] = Field(min_length=1, max_length=20_000)
    partial: bool = False


class IncreaseState(StrEnum):
    """Statuses of 增员 (domain 1.4)."""

    CONFIRMED_AUTO = "confirmed_auto"
    AWAITING_COUNTER = "awaiting_counter"
    CONFIRMED_COUNTER = "confirmed_counter"
    RETURNED = "returned"
    VOIDED = "voided"
    WITHDRAWN = "withdrawn"
    IMPORTED = "imported"


class IncreaseView(View):
    """One increase in full, for its owner; the number is clear only where `clear` was asked."""

    submission_no: Line
    employer_no: EmployerNo
    person_no: PersonNo
    name: Line
    id_kind: str
    id_number: str
    sex: str
    born_on: Day | None
    household: str
    household_address: str
    home_address: str
    phone: str
    employment_form: str
    hired_on: Day
    contract_until: Day | None
    reason: str
    declared_wage: Due
    base: Due
    clamped: str
    kinds: tuple[Kind, ...]
    rural_contract: bool
    first_month: Month
    state: IncreaseState
    reasons: tuple[str, ...]
    limit_day: Day | None
    until: Day | None
    submitted_at: Instant
    decided_at: Instant | None
    note: str
    printed: bool = False
    replaces: str | None = Field(
        default=None, description="void or returned submission that this one follows"
    )
    decision_note: str = Field(default="", description="what the counter wrote when it returned or confirmed")


class IncreaseResult(View):
    """What became of a batch."""

    accepted: tuple[IncreaseView, ...]
    refused: tuple[PreviewRow, ...]


class IncreasePage(Page):
    """Increases of one employer, or of an officer's district."""

    rows: tuple[IncreaseView, ...]


class CounterConfirm(Command):
    """Counter confirmation: 用工备案材料, 花名册 and 增加表 ×2 were seen (clause 三(一))."""

    filing_materials: bool
    staff_register: bool
    two_tables: bool
    note: Note = ""


class CounterReturn(Command):
    """The counter returns an increase with a reason."""

    reason: Line


class Printed(Command):
    """Submissions whose 增加表 or 减少表 is printed (协议 二.8)."""

    submission_nos: tuple[Line, ...] = Field(min_length=1, max_length=5_000)


class PrintedCount(View):
    """How many of them are recorded as printed."""

    printed: Count
