"""Tables of the gateway: sessions, bank inbox, live state."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, LargeBinary
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from services.chassis.columns import TIME, new_metadata
from services.chassis.tables import tables_on


class Base(SQLModel, registry=registry(metadata=new_metadata())):
    """The gateway's own metadata."""


TABLES = tables_on(Base)


class Session(Base, table=True):
    """One log-in of one account; the cookie's value is stored only as its hash."""

    __tablename__ = "sessions"

    token_hash: bytes = Field(primary_key=True, sa_type=LargeBinary)
    account: str = Field(index=True)
    display_name: str
    roles: list[str] = Field(sa_type=JSONB)
    employer_no: str | None
    employer_name: str
    district: str | None
    district_name: str
    must_change_password: bool
    must_enrol_totp: bool = False
    address: str = ""
    opened_at: datetime = Field(sa_type=TIME)
    seen_at: datetime = Field(sa_type=TIME)
    ended_at: datetime | None = Field(default=None, sa_type=TIME)


class BankPayment(Base, table=True):
    """A notification as the bank sent it: (bank, serial) is the identity of a payment."""

    __tablename__ = "bank_payments"

    bank: str = Field(primary_key=True)
    serial: str = Field(primary_key=True)
    notification_id: UUID = Field(unique=True)
    content_hash: bytes = Field(sa_type=LargeBinary)
    slip_no: str = Field(index=True)
    amount: int = Field(sa_type=BigInteger)
    paid_at: datetime = Field(sa_type=TIME, index=True)
    clearing_day: date
    payer: bytes = Field(sa_type=LargeBinary)
    received_at: datetime = Field(sa_type=TIME)


class BankNonce(Base, table=True):
    """A nonce a bank has used, with the hash of the body it came with."""

    __tablename__ = "bank_nonces"

    bank: str = Field(primary_key=True)
    nonce: str = Field(primary_key=True)
    body_hash: bytes = Field(sa_type=LargeBinary)
    seen_at: datetime = Field(sa_type=TIME, index=True)


class LiveState(Base, table=True):
    """What the open pages of an employer show without asking: a version that only grows, and small facts."""

    __tablename__ = "live_states"

    employer_no: str = Field(primary_key=True)
    version: int = Field(sa_type=BigInteger)
    facts: dict[str, Any] = Field(sa_type=JSONB)
