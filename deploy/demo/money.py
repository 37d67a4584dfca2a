"""What the events say of each payment: the newest version counts, for a payment that moves is told again."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from contracts.events.billing import PaymentEvent, PaymentPosted, PaymentSuspended


@dataclass
class Told:
    """One payment as its events tell it, fen."""

    posted: PaymentPosted | None = None
    suspended: PaymentSuspended | None = None

    @property
    def allocated(self) -> int:
        """What stands at a debt or its late fee."""
        return sum(it.unit + it.person + it.fee for it in self.posted.allocations) if self.posted else 0

    @property
    def waiting(self) -> int:
        """What waits for an officer; nothing once the payment was posted anew without a rest."""
        if self.suspended is None:
            return 0
        if self.posted is None or self.posted.version < self.suspended.version:
            return self.suspended.amount
        return self.suspended.amount if self.allocated < self.posted.amount else 0

    @property
    def booked(self) -> int:
        """What came, less what waits."""
        return self.posted.amount - self.waiting if self.posted else 0


@dataclass
class Money:
    """All payments."""

    payments: dict[UUID, Told] = field(default_factory=dict)

    def hear(self, event: PaymentEvent) -> None:
        """Take one event; an older version than the one known says nothing new."""
        told = self.payments.setdefault(event.payment_id, Told())
        if isinstance(event, PaymentPosted) and (not told.posted or told.posted.version < event.version):
            told.posted = event
        if isinstance(event, PaymentSuspended) and (
            not told.suspended or told.suspended.version < event.version
        ):
            told.suspended = event

    @property
    def posted(self) -> int:
        """Booked of all payments, fen."""
        return sum(it.booked for it in self.payments.values())

    @property
    def allocated(self) -> int:
        """Allocated of all payments, fen."""
        return sum(it.allocated for it in self.payments.values())

    @property
    def suspended(self) -> int:
        """Waiting of all payments, fen."""
        return sum(it.waiting for it in self.payments.values())
