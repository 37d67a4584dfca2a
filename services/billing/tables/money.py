"""Debts, slips, payments, allocations, receipts."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, Identity
from sqlmodel import Field

from contracts.month import Month
from services.billing.tables.base import Base
from services.chassis.columns import MONEY, TIME, MonthColumn


class Debt(Base, table=True):
    """What is owed for one month, kind and sort on one bill, fen; its fee counts from `fee_from` (2.5, A26).

    The fee itself is never stored: it follows from `unit + person`, the dated allocations and `fee_from`.
    """

    __tablename__ = "debts"

    id: int | None = Field(
        default=None, primary_key=True, sa_type=BigInteger, sa_column_args=[Identity(always=True)]
    )
    employer_no: str
    bill_month: Month = Field(sa_type=MonthColumn)
    month: Month = Field(sa_type=MonthColumn)
    kind: str
    sort: str
    fee_from: date
    unit: int = Field(sa_type=MONEY)
    person: int = Field(sa_type=MONEY)
    unit_paid: int = Field(default=0, sa_type=MONEY)
    person_paid: int = Field(default=0, sa_type=MONEY)
    fee_paid: int = Field(default=0, sa_type=MONEY)
    opened_on: date | None = None
    closed_on: date | None = None


class Slip(Base, table=True):
    """缴费单: all or nothing, valid before `valid_until` by the bank's transaction time (A23, A30)."""

    __tablename__ = "slips"

    slip_no: str = Field(primary_key=True)
    version: int
    employer_no: str = Field(index=True)
    sort: str
    principal: int = Field(sa_type=MONEY)
    fee: int = Field(sa_type=MONEY)
    amount: int = Field(sa_type=MONEY)
    issued_at: datetime = Field(sa_type=TIME)
    pay_on: date
    valid_until: datetime = Field(sa_type=TIME)
    state: str
    voided_at: datetime | None = Field(default=None, sa_type=TIME)
    void_cause: str = ""
    queried_at: datetime | None = Field(default=None, sa_type=TIME)
    queried_by: str = ""


class SlipPart(Base, table=True):
    """What a slip pays of one debt, fen: frozen when it is issued."""

    __tablename__ = "slip_parts"

    slip_no: str = Field(primary_key=True, foreign_key="slips.slip_no")
    debt_id: int = Field(primary_key=True, sa_type=BigInteger)
    unit: int = Field(sa_type=MONEY)
    person: int = Field(sa_type=MONEY)
    fee: int = Field(sa_type=MONEY)


class Payment(Base, table=True):
    """Money that came: posted to debts, or suspended (挂账) with its reason.

    `rest` is the part of a posted payment that its debts do not take and that waits in suspense (A11), `refund`
    what two officers noted for refund.
    """

    __tablename__ = "payments"

    id: UUID = Field(primary_key=True)
    version: int
    employer_no: str
    channel: str
    bank: str | None = None
    serial: str | None = None
    agency: str | None = None
    reference: str | None = None
    slip_no: str | None = None
    amount: int = Field(sa_type=MONEY)
    paid_at: datetime = Field(sa_type=TIME)
    paid_on: date
    clearing_day: date | None = None
    recorded_at: datetime = Field(sa_type=TIME)
    recorded_by: str
    state: str
    reason: str = ""
    receipt_no: str = ""
    rest: int = Field(default=0, sa_type=MONEY)
    refund: int = Field(default=0, sa_type=MONEY)


class Disposal(Base, table=True):
    """What one officer proposes for money in suspense and another decides; one open proposal a payment."""

    __tablename__ = "disposals"

    id: UUID = Field(primary_key=True)
    payment_id: UUID = Field(foreign_key="payments.id")
    act: str
    employer_no: str | None = None
    slip_no: str | None = None
    ground: str
    amount: int = Field(sa_type=MONEY)
    placed: int = Field(default=0, sa_type=MONEY)
    state: str
    proposed_by: str
    proposed_at: datetime = Field(sa_type=TIME)
    decided_by: str | None = None
    decided_at: datetime | None = Field(default=None, sa_type=TIME)


class UntakenPayment(Base, table=True):
    """A payment that a bank has told the gateway and that has not come here yet, as of the last question (A24)."""

    __tablename__ = "untaken_payments"

    bank: str = Field(primary_key=True)
    serial: str = Field(primary_key=True)
    employer_no: str = Field(index=True)
    paid_on: date


class AllocationRow(Base, table=True):
    """Where a part of a payment went, fen; `paid_on` dates the principal for the late fee."""

    __tablename__ = "allocations"

    payment_id: UUID = Field(primary_key=True, foreign_key="payments.id")
    debt_id: int = Field(primary_key=True, sa_type=BigInteger)
    paid_on: date
    unit: int = Field(sa_type=MONEY)
    person: int = Field(sa_type=MONEY)
    fee: int = Field(sa_type=MONEY)


class SerialConflict(Base, table=True):
    """The same (bank, serial) told again with other content: never booked, shown on the desk."""

    __tablename__ = "serial_conflicts"

    notification_id: UUID = Field(primary_key=True)
    bank: str
    serial: str
    slip_no: str
    employer_no: str
    amount: int = Field(sa_type=MONEY)
    paid_at: datetime = Field(sa_type=TIME)
    recorded_at: datetime = Field(sa_type=TIME)


class Receipt(Base, table=True):
    """社会保险费专用收款票据 of one payment."""

    __tablename__ = "receipts"

    receipt_no: str = Field(primary_key=True)
    payment_id: UUID = Field(unique=True)
    employer_no: str
    amount: int = Field(sa_type=MONEY)
    issued_on: date


class ReceiptCounter(Base, table=True):
    """The last receipt number of an agency and year."""

    __tablename__ = "receipt_counters"

    agency: str = Field(primary_key=True)
    year: int = Field(primary_key=True)
    last: int
