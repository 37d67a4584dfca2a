"""A payment that will be posted, and what it pays of each debt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from contracts.values import Channel


@dataclass(frozen=True, slots=True)
class Part:
    """What a payment pays of one debt, fen."""

    debt_id: int
    unit: int
    person: int
    fee: int

    @property
    def total(self) -> int:
        """All three, fen."""
        return self.unit + self.person + self.fee


@dataclass(frozen=True, slots=True)
class Money:
    """A payment with its parts, which sum to its amount; `slip_no` where it pays a slip as it stands."""

    payment_id: UUID
    employer_no: str
    channel: Channel
    amount: int
    paid_at: datetime
    paid_on: date
    slip_no: str | None
    bank: str | None
    serial: str | None
    parts: tuple[Part, ...]

    def __post_init__(self) -> None:
        if sum(part.total for part in self.parts) != self.amount:
            raise ValueError("the parts of a payment sum to its amount")
