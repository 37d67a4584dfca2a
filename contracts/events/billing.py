"""Facts of billing: bills, slips, payments, arrears, receipts."""

from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from pydantic import Field

from contracts.events.base import EmployerEvent
from contracts.models import View
from contracts.values import (
    BankCode,
    BankSerial,
    Channel,
    Count,
    Day,
    DebtSort,
    Due,
    Fen,
    Instant,
    Kind,
    Line,
    Month,
    SlipNo,
)

BILLS = "billing.bills"
PAYMENTS = "billing.payments"


class KindSum(View):
    """One kind of a bill: heads, bases and both parts, fen."""

    kind: Kind
    persons: Count
    base_sum: Due
    unit: Due
    person: Due


class DebtSum(View):
    """One debt: month, kind and sort with what is still owed of it, fen."""

    month: Month
    kind: Kind
    sort: DebtSort
    unit: Due
    person: Due
    fee: Due = 0
    fee_from: Day | None = Field(
        default=None, description="first day of this debt's late fee; none: that of the fact which carries it"
    )


class BillEvent(EmployerEvent):
    """A fact about the bill of one employer and month."""

    TOPIC: ClassVar[str] = BILLS

    month: Month

    def subject(self) -> str:
        """The bill."""
        return f"{self.employer_no}/{self.month}"


class BillAssessed(BillEvent):
    """A month's bill was computed or computed anew; the last version counts."""

    FULL_STATE: ClassVar[bool] = True

    persons: Count
    unit: Due
    person: Due
    total: Due
    kinds: tuple[KindSum, ...]
    provisional: bool = False
    due_day: Day = Field(description="last day of the payment window, never rolled")


class BillConfirmed(BillEvent):
    """The employer confirmed heads and sum; the roster is frozen (A22)."""

    persons: Count
    total: Due
    confirmed_at: Instant


class BillSettled(BillEvent):
    """Every principal of the month is paid."""

    total: Due
    paid_at: Instant
    settled_on: Day


class ArrearsOpened(BillEvent):
    """The month was not paid in full in time (clause 三(四), A24)."""

    debts: tuple[DebtSum, ...]
    principal: Due
    fee_from: Day = Field(description="first day of the late fee, both ends counted (A26)")
    opened_on: Day
    deducted: tuple[UUID, ...] = Field(default=(), description="payments that the sums leave out already")


class ArrearsSettled(BillEvent):
    """Principal and late fee of a month in arrears are paid."""

    principal: Due
    fee: Due
    settled_on: Day


class DifferencesBilled(BillEvent):
    """Base differences of earlier months entered this month's bill (A17)."""

    debts: tuple[DebtSum, ...]
    total: Fen


class SlipSort(StrEnum):
    """缴费单 of a month inside its window, or of arrears for one payment day."""

    ORDINARY = "ordinary"
    ARREARS = "arrears"


class SlipEvent(EmployerEvent):
    """A fact about one payment slip (缴费单)."""

    TOPIC: ClassVar[str] = BILLS

    slip_no: SlipNo

    def subject(self) -> str:
        """The slip."""
        return f"{self.employer_no}/slip/{self.slip_no}"


class SlipIssued(SlipEvent):
    """A slip was issued; it is all-or-nothing (A30)."""

    sort: SlipSort
    months: tuple[Month, ...]
    principal: Due
    fee: Due
    amount: Due
    valid_until: Instant = Field(description="24:00 of the last day, judged at the bank's time (A23)")


class SlipVoided(SlipEvent):
    """A slip lost its force before its validity ended."""

    cause: str


class PaymentEvent(EmployerEvent):
    """A fact about one payment."""

    TOPIC: ClassVar[str] = PAYMENTS

    payment_id: UUID

    def subject(self) -> str:
        """The payment."""
        return f"{self.employer_no}/payment/{self.payment_id}"


class Allocation(View):
    """Where a part of a payment went, fen (reading 2.5)."""

    month: Month
    kind: Kind
    sort: DebtSort
    unit: Due
    person: Due
    fee: Due
    bill_month: Month | None = Field(default=None, description="the bill that the debt belongs to")
    fee_from: Day | None = Field(default=None, description="first day of the debt's late fee")


class PaymentPosted(PaymentEvent):
    """Money was booked to debts, exactly once per (bank, serial) or counter receipt."""

    channel: Channel
    amount: Due
    paid_at: Instant
    slip_no: SlipNo | None
    bank: BankCode | None
    serial: BankSerial | None
    allocations: tuple[Allocation, ...]


class PaymentSuspended(PaymentEvent):
    """Money came that fits no valid slip: 挂账 until an officer matches or refunds it."""

    amount: Due
    paid_at: Instant
    slip_no: SlipNo | None
    bank: BankCode | None
    serial: BankSerial | None
    reason: str


class RefundDecided(PaymentEvent):
    """Two officers decided a refund."""

    amount: Due
    granted: bool


class ReceiptIssued(PaymentEvent):
    """A receipt was issued for a payment (社会保险费专用收款票据)."""

    receipt_no: Line
    amount: Due
    issued_on: Day


class ReceiptMailed(PaymentEvent):
    """The receipt went out by post (clause 三(四))."""

    receipt_no: Line
    tracking_no: Line
    mailed_on: Day
