"""HTTP interface of enrollment.

POST /increases/preview RawRows → Preview · POST /increases IncreaseBatch → IncreaseResult · GET /increases?state&page&size&unprinted&clear&employer_no → IncreasePage
POST /increases/printed Printed → PrintedCount · GET /increases/{submission_no}?clear → IncreaseView · POST /increases/{submission_no}/confirm CounterConfirm · POST /increases/{submission_no}/return CounterReturn · POST /increases/{submission_no}/withdraw → IncreaseView
GET /roster?text&page&size&ended&employer_no → RosterPage · GET /roster/{enrollment_id} → RosterRow · POST /persons/names PersonNos → PersonNames
POST /decreases Decrease → DecreaseView · GET /decreases?page&size&state&employer_no → DecreasePage · POST /decreases/{submission_no}/withdraw → DecreaseView
POST /decreases/{submission_no}/force ForceDecrease → DecreaseView · POST /decreases/{submission_no}/force/release → DecreaseView
POST /limits NewLimits → LimitsView · POST /limits/{id}/release → LimitsView · GET /limits → LimitsList
POST /imports NewImport → ImportView · POST /imports/{id}/rows ImportRows → ImportView · POST /imports/{id}/release → ImportView · POST /imports/{id}/advance → ImportView · GET /imports/{id} → ImportView
GET /to-do → ToDo · GET /choices → Choices
"""

from enum import StrEnum
from uuid import UUID

from pydantic import Field

from contracts.errors.code import Fault
from contracts.http.paging import Page
from contracts.models import Command, View
from contracts.values import (
    Count,
    Day,
    Due,
    EmployerNo,
    Instant,
    Kind,
    Line,
    Month,
    Note,
    PersonNo,
    Scheme,
)

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


class RosterRow(View):
    """One insured person of an employer."""

    enrollment_id: UUID
    person_no: PersonNo
    name: Line
    id_number_masked: str
    phone_masked: str
    hired_on: Day
    from_month: Month
    last_month: Month | None
    declared_wage: Due
    base: Due
    kinds: tuple[Kind, ...]
    rural_contract: bool


class RosterPage(Page):
    """The roster, sorted by pinyin key."""

    rows: tuple[RosterRow, ...]


class PersonNos(Command):
    """Numbers whose names a page needs."""

    person_nos: tuple[PersonNo, ...] = Field(max_length=5_000)


class PersonName(View):
    """A name with its masked number."""

    person_no: PersonNo
    name: Line
    id_number_masked: str


class PersonNames(View):
    """Names a caller may see; others are left out."""

    rows: tuple[PersonName, ...]


class Decrease(Command):
    """减员 of one person (clause 三(二))."""

    enrollment_id: UUID
    left_on: Day
    reason: str = Field(max_length=4, description="减员原因 code")
    extra_date: Day | None = Field(default=None, description="death or retirement approval date (A13)")
    note: Note = ""


class DecreaseState(StrEnum):
    """Statuses of 减员 (domain 1.4)."""

    CONFIRMED_AUTO = "confirmed_auto"
    QUEUED = "queued"
    WITHDRAWN = "withdrawn"


class DecreaseView(View):
    """One decrease."""

    submission_no: Line
    employer_no: EmployerNo
    enrollment_id: UUID
    person_no: PersonNo
    name: Line
    left_on: Day
    reason: str
    reason_name: str
    last_month: Month
    state: DecreaseState
    waits_for: Month | None = Field(default=None, description="month whose payment fires the 预约")
    submitted_at: Instant
    decided_at: Instant | None
    documents: tuple[str, ...] = Field(default=(), description="papers to keep")
    forced_by: str | None = Field(default=None, description="officer who proposed to force it (A12)")
    forced_reason: str = ""


class DecreaseRow(View):
    """A row of 《人员减少表》 (domain 4.2): the number in clear, for the form that is printed and kept."""

    decrease: DecreaseView
    id_kind: Line
    id_number: str
    kinds: tuple[Kind, ...]
    involuntary: bool = Field(description="非本人意愿, one of the conditions of the unemployment benefit")
    extra_date: Day | None = None
    note: str = ""


class DecreaseTable(View):
    """The rows of 《人员减少表》 in the order asked for."""

    rows: tuple[DecreaseRow, ...]


class ForceDecrease(Command):
    """An officer proposes to accept a 预约 although its month is unpaid; another releases it (A12, domain 1.5)."""

    reason: Line


class DecreasePage(Page):
    """Decreases of one employer."""

    rows: tuple[DecreaseView, ...]


class NewLimits(Command):
    """Floor and ceiling of a year, drafted by one officer and released by another (domain 1.5, 3.3)."""

    year: int = Field(ge=2000, le=2100)
    average_wage: Due = Field(
        le=10**12, description="last year's average wage of the province, fen a year; a check only"
    )
    floor: Due = Field(le=10**12)
    ceiling: Due = Field(le=10**12)
    effective_from: Month
    published_on: Day
    document_no: Line


class LimitsView(View):
    """Limits with their release state."""

    id: UUID
    year: int
    average_wage: Due
    floor: Due
    ceiling: Due
    effective_from: Month
    published_on: Day
    document_no: Line
    drafted_by: str
    released_by: str | None
    warnings: tuple[str, ...] = ()


class LimitsList(View):
    """All limits, newest first."""

    rows: tuple[LimitsView, ...]


class ImportRow(Command):
    """One existing relation at cut-over (domain 1.5)."""

    employer_no: EmployerNo
    name: Line
    id_number: str = Field(max_length=18)
    household: str = Field(default="", max_length=60)
    home_address: str = Field(default="", max_length=300)
    phone: str = Field(default="", max_length=20)
    rural_contract: bool = False
    hired_on: Day
    from_month: Month
    declared_wage: Due = Field(le=10**12)
    base: Due = Field(le=10**12)


class NewImport(Command):
    """A cut-over import with its control totals, staged by one officer."""

    title: Line
    persons: Count = Field(le=10_000_000)
    base_sum: Due = Field(le=10**16)


class ImportRows(Command):
    """A part of the import; the same part number again replaces nothing and is answered alike."""

    part: int = Field(ge=1, le=1_000_000)
    rows: tuple[ImportRow, ...] = Field(min_length=1, max_length=20_000)


class ImportView(View):
    """Where an import stands; it can be released when staged equals announced and no fault is open."""

    id: UUID
    title: Line
    state: str = Field(description="staging, released, done")
    persons: Count
    base_sum: Due
    staged_persons: Count
    staged_base_sum: Due
    done_persons: Count
    faults: tuple[Fault, ...]
    drafted_by: str
    released_by: str | None


class ToDo(View):
    """What an employer's first page shows of enrollment."""

    active_persons: Count
    started_this_month: Count
    ended_this_month: Count
    awaiting_counter: tuple[IncreaseView, ...]
    queued_decreases: tuple[DecreaseView, ...]
    unprinted: Count


class Choice(View):
    """One entry of a list a clerk chooses from."""

    code: str
    name: Line
    extra_date: str = Field(default="", description="name of the further date it demands (A13)")
    note_required: bool = False


class Column(View):
    """A column of the increase sheet: field of RawIncrease, heading, whether it must be filled, its list."""

    field: str
    heading: Line
    required: bool
    choices: tuple[str, ...] = ()
    blank: str = Field(default="", description="what an empty cell stands for, where it stands for anything")


class Choices(View):
    """Lists and columns as enrollment's rules know them."""

    columns: tuple[Column, ...]
    decrease_reasons: tuple[Choice, ...]
