"""The service's own metadata and its copies of the chassis tables."""

from sqlalchemy import BigInteger, DateTime
from sqlalchemy.orm import registry
from sqlmodel import SQLModel

from services.chassis.columns import new_metadata
from services.chassis.tables import (
    AuditMixin,
    AuditSealMixin,
    ChassisTables,
    DayMixin,
    DeadLetterMixin,
    IdempotencyMixin,
    InboxMixin,
    OutboxMixin,
)

TIME = DateTime(timezone=True)
MONEY = BigInteger
"""Every sum of money is a bigint of fen."""


class Base(SQLModel, registry=registry(metadata=new_metadata())):
    """Base of every table of notices."""


class Outbox(OutboxMixin, Base, table=True):
    """Facts of notices on their way to Kafka."""


class Inbox(InboxMixin, Base, table=True):
    """Events notices has taken."""


class DeadLetter(DeadLetterMixin, Base, table=True):
    """Messages notices could not handle."""


class Day(DayMixin, Base, table=True):
    """Day jobs of notices."""


class Audit(AuditMixin, Base, table=True):
    """Acts in notices."""


class AuditSeal(AuditSealMixin, Base, table=True):
    """The chain over them."""


class IdempotencyKey(IdempotencyMixin, Base, table=True):
    """Stored answers."""


TABLES = ChassisTables(
    outbox=Outbox,
    inbox=Inbox,
    dead_letters=DeadLetter,
    days=Day,
    audit=Audit,
    audit_seals=AuditSeal,
    idempotency_keys=IdempotencyKey,
)
