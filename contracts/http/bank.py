"""The bank interface (POST /bank/v1/…); signatures are described in gateway/bank/README.md.

Between processes: POST /bank/told WindowMoney → ToldPayments (billing asks before it opens arrears, notices before an order lapses).
"""

from uuid import UUID

from pydantic import Field

from contracts.models import Command, View
from contracts.values import BankCode, BankSerial, Day, Due, EmployerNo, Instant, Line, SlipNo


class SlipQuestion(Command):
    """What does this slip cost?"""

    slip_no: SlipNo


class Notification(Command):
    """A slip was paid; amount in fen, `paid_at` is the bank's transaction time with its offset."""

    serial: BankSerial
    slip_no: SlipNo
    amount: Due = Field(gt=0)
    paid_at: Instant
    clearing_day: Day
    payer_account: str = Field(min_length=1, max_length=40)
    payer_name: Line


class Accepted(View):
    """The notification is stored and will be posted exactly once; a repeat gets this same answer."""

    notification_id: UUID
    serial: BankSerial
    received_at: Instant


class WindowMoney(Command):
    """Which payments of these employers have banks told, with a transaction time on one of these days?"""

    employers: tuple[EmployerNo, ...] = Field(max_length=10_000)
    first_day: Day
    last_day: Day


class ToldPayment(View):
    """A payment whose notification the gateway has stored; nothing of the payer."""

    payment_id: UUID = Field(description="the notification's id, which billing keeps")
    bank: BankCode
    serial: BankSerial
    slip_no: SlipNo
    paid_at: Instant


class ToldPayments(View):
    """Payments by bank and serial."""

    rows: tuple[ToldPayment, ...]
