"""HTTP interface of billing.

POST /rates NewRates → RatesView · POST /rates/{id}/release → RatesView · GET /rates → RatesList · POST /estimates Estimate → Estimated
GET /bills?page → BillPage · GET /bills/{month} → BillView · GET /bills/{month}/lines?kind&page → LinePage · POST /bills/{month}/confirm ConfirmBill → SlipView
GET /slips/{slip_no} → SlipView · POST /slips/query SlipQuery → SlipForBank (bank) · GET /arrears?on → ArrearsView · POST /arrears/slips ArrearsSlip → SlipView
POST /counter-payments CounterPayment → PaymentView · GET /payments?page → PaymentPage · GET /payments/{id} → PaymentView
GET /suspense?page → PaymentPage · POST /suspense/{payment_id}/disposals NewDisposal → DisposalView · GET /suspense/{payment_id}/disposals → Disposals
POST /disposals/{id}/approve ApproveDisposal → DisposalView · POST /disposals/{id}/refuse → DisposalView · GET /serial-conflicts?page → SerialConflictPage
GET /collection?month → Collection · GET /employers/{no}/account → AccountView
"""

from enum import StrEnum
from uuid import UUID

from pydantic import Field

from contracts.events.billing import Allocation, DebtSum, KindSum, SlipSort
from contracts.http.paging import Page
from contracts.models import Command, View
from contracts.values import (
    BankCode,
    BankSerial,
    Channel,
    Count,
    Day,
    District,
    Due,
    EmployerNo,
    Instant,
    Kind,
    Line,
    Month,
    PersonNo,
    Ppm,
    Scheme,
    SlipNo,
)


class KindRate(Command):
    """Unit and person rate of one kind; `fixed_*` is a flat sum in fen a month instead (大额医疗)."""

    kind: Kind
    unit: Ppm = 0
    person: Ppm = 0
    fixed_unit: Due = 0
    fixed_person: Due = 0


class NewRates(Command):
    """Rates of one scheme from a month on, drafted by one officer and released by another (1.5, 3.1)."""

    scheme: Scheme
    effective_from: Month
    until: Month | None = Field(default=None, description="last month; none: until replaced")
    rates: tuple[KindRate, ...] = Field(min_length=1)
    document_no: Line


class RatesView(View):
    """Rates with their release state."""

    id: UUID
    scheme: Scheme
    effective_from: Month
    until: Month | None
    rates: tuple[KindRate, ...]
    document_no: Line
    drafted_by: str
    released_by: str | None


class RatesList(View):
    """All rates, newest first."""

    rows: tuple[RatesView, ...]


class EstimateRow(Command):
    """A supplied row to be priced by the one pricing statement."""

    ref: str = Field(max_length=60)
    base: Due
    scheme: Scheme
    kinds: tuple[Kind, ...]
    rural_contract: bool = False


class Estimate(Command):
    """Rows to price for a month, without storing anything."""

    month: Month
    rows: tuple[EstimateRow, ...] = Field(min_length=1, max_length=20_000)


class EstimatedRow(View):
    """Both parts of one supplied row, fen."""

    ref: str
    unit: Due
    person: Due


class Estimated(View):
    """The estimate, and the sum it would add to the bill."""

    month: Month
    rows: tuple[EstimatedRow, ...]
    unit: Due
    person: Due


class BillState(StrEnum):
    """States of a month's bill (domain 1.4)."""

    ASSESSED = "assessed"
    CONFIRMED = "confirmed"
    SETTLED = "settled"
    ARREARS = "arrears"


class SlipState(StrEnum):
    """States of a slip."""

    VALID = "valid"
    PAID = "paid"
    VOIDED = "voided"
    EXPIRED = "expired"


class SlipView(View):
    """缴费单 with everything its print needs."""

    slip_no: SlipNo
    employer_no: EmployerNo
    employer_name: Line
    credit_code: str
    agency_name: Line
    sort: SlipSort
    months: tuple[Month, ...]
    persons: Count
    kinds: tuple["SlipKind", ...]
    principal: Due
    fee: Due
    amount: Due
    amount_words: Line = Field(description="大写")
    issued_at: Instant
    valid_until: Instant
    state: SlipState
    queried_by_bank: bool = False


class SlipKind(View):
    """One kind of a slip, fen; rates in ppm."""

    kind: Kind
    persons: Count
    base_sum: Due
    unit_rate: Ppm
    person_rate: Ppm
    unit: Due
    person: Due
    fee: Due
    note: str = ""


SlipView.model_rebuild()


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


class ArrearsSlip(Command):
    """Ask a slip for all arrears and for 补缴 that no bill has yet, valid on one payment day (A8, A23)."""

    pay_on: Day


class SlipQuery(Command):
    """A bank asks what a slip costs."""

    bank: BankCode
    slip_no: SlipNo


class SlipForBank(View):
    """The bank's view of a slip; no personal data."""

    slip_no: SlipNo
    employer_no: EmployerNo
    employer_name: Line
    amount: Due
    valid_until: Instant
    state: SlipState


class ArrearsMonth(View):
    """One month in arrears."""

    month: Month
    debts: tuple[DebtSum, ...]
    principal: Due
    fee: Due
    fee_from: Day
    days: Count


class ArrearsView(View):
    """What is owed if paid on a day: principal and late fee by month and kind."""

    employer_no: EmployerNo
    on: Day
    months: tuple[ArrearsMonth, ...]
    principal: Due
    fee: Due
    total: Due
    fee_text: str = Field(default="", description="算式")
    unbilled: tuple[Month, ...] = Field(
        default=(), description="months of 补缴 that no bill has yet: a slip asked for now adds them (A8)"
    )


class CounterPayment(Command):
    """Money taken at the counter: any sum up to what is owed (A30)."""

    employer_no: EmployerNo
    amount: int = Field(strict=True, gt=0)
    paid_on: Day
    slip_no: SlipNo | None = None
    reference: Line = Field(description="number of the paper receipt; unique per agency")


class PaymentState(StrEnum):
    """Where the money stands."""

    POSTED = "posted"
    SUSPENDED = "suspended"
    REFUND = "refund"


class PaymentView(View):
    """One payment."""

    payment_id: UUID
    employer_no: EmployerNo
    employer_name: str
    channel: Channel
    bank: BankCode | None
    serial: BankSerial | None
    slip_no: SlipNo | None
    amount: Due
    paid_at: Instant
    state: PaymentState
    suspended: Due = Field(default=0, description="what of it waits in suspense (挂账), also of a posted one")
    refund: Due = Field(default=0, description="what of it two officers noted for refund")
    reason: str = ""
    reason_name: str = ""
    allocations: tuple[Allocation, ...] = ()
    receipt_no: str = ""
    proposed: bool = Field(default=False, description="a disposal waits for its second officer")


class PaymentPage(Page):
    """Payments, newest first."""

    rows: tuple[PaymentView, ...]


class DisposalAct(StrEnum):
    """What two officers may do with money in suspense (挂账)."""

    MATCH = "match"
    ALLOCATE = "allocate"
    REFUND = "refund"


class DisposalState(StrEnum):
    """Where a disposal stands."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REFUSED = "refused"


class NewDisposal(Command):
    """Match the money to an open slip, allocate it to an employer's debts at its own day, or note it for refund."""

    act: DisposalAct
    employer_no: EmployerNo | None = Field(default=None, description="whose debts; none: the payer's own")
    slip_no: SlipNo | None = Field(default=None, description="the slip to which it is matched")
    ground: Line = Field(description="why, with the document that proves it")


class DisposalView(View):
    """A disposal with its effect in money: as it would be now, or as it was decided."""

    id: UUID
    payment_id: UUID
    act: DisposalAct
    employer_no: EmployerNo | None
    employer_name: str
    slip_no: SlipNo | None
    ground: Line
    amount: Due = Field(description="what waited when it was proposed")
    placed: Due = Field(description="what of it pays debts; the rest stays in suspense")
    effect: tuple[Allocation, ...] = ()
    state: DisposalState
    proposed_by: str
    proposed_at: Instant
    decided_by: str | None
    decided_at: Instant | None


class Disposals(View):
    """All disposals of a payment, newest first."""

    rows: tuple[DisposalView, ...]


class ApproveDisposal(Command):
    """The second officer approves the sum that was on the page."""

    placed: Due


class SerialConflictView(View):
    """A bank's serial told again with other content: refused, never booked."""

    bank: Line
    serial: Line
    slip_no: Line
    employer_no: Line
    employer_name: str = ""
    amount: Due
    paid_at: Instant
    recorded_at: Instant


class SerialConflictPage(Page):
    """Conflicts of serials, newest first."""

    rows: tuple[SerialConflictView, ...]


class PolicyTask(View):
    """A month of an employer that has no price for want of policy data (domain 1.5)."""

    employer_no: EmployerNo
    employer_name: str
    month: Month
    what: Line
    since: Day
    own: bool = Field(
        description="true where the employer's own entry lacks it, false where the city's policy does"
    )


class PolicyTaskPage(Page):
    """Months without a price, those that wait longest first."""

    rows: tuple[PolicyTask, ...]


class DistrictCollection(View):
    """Collection of one district."""

    district: District
    district_name: str
    employers: Count
    employers_paid: Count
    due: Due
    paid: Due


class CollectionDay(View):
    """How many employers had settled their month by paying on a day."""

    day: Day
    employers_paid: Count


class Collection(View):
    """征缴看板 of a month."""

    month: Month
    employers: Count
    employers_confirmed: Count
    employers_paid: Count
    due: Due
    paid: Due
    arrears_employers: Count
    suspense_count: Count
    suspense_sum: Due
    districts: tuple[DistrictCollection, ...]
    days: tuple[CollectionDay, ...] = Field(
        default=(), description="days on which somebody settled, in order"
    )


class CreditSum(View):
    """Paid for a month that somebody was not insured in any more, by kind and part, fen (A11, 3.4)."""

    month: Month
    kind: Kind
    unit: Due
    person: Due


class AccountView(View):
    """One employer's account: open debts and credits by month and kind.

    `credit` is all of it: the credits, and late fee paid beyond what was owed.
    """

    employer_no: EmployerNo
    debts: tuple[DebtSum, ...]
    credits: tuple[CreditSum, ...] = ()
    credit: Due
    kinds: tuple[KindSum, ...] = ()
