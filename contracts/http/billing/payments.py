"""Payments and how they are booked."""

from enum import StrEnum
from uuid import UUID

from pydantic import Field

from contracts.events.billing import Allocation
from contracts.http.paging import Page
from contracts.models import Command, View
from contracts.values import BankCode, BankSerial, Channel, Day, Due, EmployerNo, Instant, Line, SlipNo


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
