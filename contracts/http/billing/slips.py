"""Slips to pay by, what they are for, and what a bank may ask of them."""

from enum import StrEnum

from pydantic import Field

from contracts.events.billing import SlipSort
from contracts.models import Command, View
from contracts.values import BankCode, Count, Day, Due, EmployerNo, Instant, Kind, Line, Month, Ppm, SlipNo


class SlipState(StrEnum):
    """States of a slip."""

    VALID = "valid"
    PAID = "paid"
    VOIDED = "voided"
    EXPIRED = "expired"


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
    kinds: tuple[SlipKind, ...]
    principal: Due
    fee: Due
    amount: Due
    amount_words: Line = Field(description="大写")
    issued_at: Instant
    valid_until: Instant
    state: SlipState
    queried_by_bank: bool = False


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
