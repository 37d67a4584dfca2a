"""The chassis tables as mixins, and `tables_on`, which stands them on a process's own base.

The DDL is `chassis_schema.create`.
"""

from dataclasses import dataclass
from datetime import date, datetime
from types import new_class
from typing import Any, TypeVar, cast
from uuid import UUID

from sqlalchemy import JSON, BigInteger, Computed, Identity, SmallInteger, Text, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from services.chassis.columns import TIME

Mixin = TypeVar("Mixin", bound=SQLModel)
_KEY: Any = [Identity(always=True)]


class OutboxMixin(SQLModel):
    """A fact to be relayed, written in the transaction that made it."""

    __tablename__ = "outbox"

    day: date = Field(primary_key=True)
    id: int | None = Field(default=None, primary_key=True, sa_type=BigInteger, sa_column_args=_KEY)
    event_id: UUID
    bucket: int | None = Field(
        default=None,
        sa_type=SmallInteger,
        sa_column_args=[Computed("abs(hashtext(key)) % 12", persisted=True)],
    )
    topic: str
    key: str
    type: str
    subject: str
    time: datetime = Field(sa_type=TIME)
    traceparent: str | None = None
    body: dict[str, Any] = Field(sa_type=JSON)


class OutboxUnsentMixin(SQLModel):
    """A fact that the broker has not acknowledged yet; a trigger of the outbox notes it, the relay takes it away."""

    __tablename__ = "outbox_unsent"

    id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    day: date
    bucket: int = Field(sa_type=SmallInteger)


class InboxMixin(SQLModel):
    """An event this service has taken; the primary key is what makes an effect happen once."""

    __tablename__ = "inbox"

    day: date = Field(primary_key=True)
    event_id: UUID = Field(primary_key=True)
    topic: str


class DeadLetterMixin(SQLModel):
    """A message that could not be handled, in order, with its error."""

    __tablename__ = "dead_letters"

    id: int | None = Field(default=None, primary_key=True, sa_type=BigInteger, sa_column_args=_KEY)
    event_id: UUID | None
    topic: str
    type: str
    subject: str
    key: bytes | None
    value: bytes | None
    headers: list[Any] = Field(sa_type=JSONB)
    error: str = Field(sa_type=Text)
    tries: int
    parked_at: datetime = Field(sa_type=TIME)
    resolved_at: datetime | None = Field(default=None, sa_type=TIME)


class DayMixin(SQLModel):
    """A business day's job: (day, job) runs once, in order, in restartable chunks."""

    __tablename__ = "days"

    day: date = Field(primary_key=True)
    job: str = Field(primary_key=True)
    chunks: int = 0
    problem: str = ""
    done_at: datetime | None = Field(default=None, sa_type=TIME)


class AuditMixin(SQLModel):
    """An act: who, in which role, for whom, by which channel, before and after. Never updated."""

    __tablename__ = "audit"

    id: int | None = Field(default=None, primary_key=True, sa_type=BigInteger, sa_column_args=_KEY)
    tx: int | None = Field(
        default=None,
        sa_type=BigInteger,
        sa_column_kwargs={"server_default": func.txid_current()},
    )
    at: datetime = Field(sa_type=TIME)
    business_at: datetime = Field(sa_type=TIME)
    account: str
    roles: str
    channel: str
    employer_no: str | None
    act: str
    subject: str
    before: dict[str, Any] | None = Field(default=None, sa_type=JSONB)
    after: dict[str, Any] | None = Field(default=None, sa_type=JSONB)


class AuditSealMixin(SQLModel):
    """A link of the audit chain: the row's place in the order of transactions, hash over the link before and it."""

    __tablename__ = "audit_seals"

    seal_no: int = Field(primary_key=True, sa_type=BigInteger)
    tx: int = Field(sa_type=BigInteger)
    audit_id: int = Field(unique=True, sa_type=BigInteger)
    hash: bytes


class IdempotencyMixin(SQLModel):
    """The stored answer of a request that carried an idempotency key, per (caller, route)."""

    __tablename__ = "idempotency_keys"

    account: str = Field(primary_key=True)
    route: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    request_hash: bytes
    status: int
    answer: bytes
    headers: dict[str, Any] = Field(sa_type=JSONB)
    at: datetime = Field(sa_type=TIME)


@dataclass(frozen=True)
class ChassisTables:
    """One process's own subclasses of the mixins."""

    outbox: type[OutboxMixin]
    outbox_unsent: type[OutboxUnsentMixin]
    inbox: type[InboxMixin]
    dead_letters: type[DeadLetterMixin]
    days: type[DayMixin]
    audit: type[AuditMixin]
    audit_seals: type[AuditSealMixin]
    idempotency_keys: type[IdempotencyMixin]


def tables_on(base: type[SQLModel]) -> ChassisTables:
    """Outbox, inbox and the rest on a process's own base, so that all five live in one test process."""
    return ChassisTables(
        outbox=_table(OutboxMixin, base),
        outbox_unsent=_table(OutboxUnsentMixin, base),
        inbox=_table(InboxMixin, base),
        dead_letters=_table(DeadLetterMixin, base),
        days=_table(DayMixin, base),
        audit=_table(AuditMixin, base),
        audit_seals=_table(AuditSealMixin, base),
        idempotency_keys=_table(IdempotencyMixin, base),
    )


def _table(mixin: type[Mixin], base: type[SQLModel]) -> type[Mixin]:
    """`class Outbox(OutboxMixin, base, table=True)`, said once for all tables and processes."""
    name = mixin.__name__.removesuffix("Mixin")
    said = {"__module__": base.__module__, "__doc__": mixin.__doc__}
    made = new_class(name, (mixin, base), {"table": True}, lambda body: body.update(said))
    return cast("type[Mixin]", made)
