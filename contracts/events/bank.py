"""Facts the gateway accepted from banks (topic `bank.notifications`)."""

from typing import ClassVar
from uuid import UUID

from pydantic import Field

from contracts.events.base import Event
from contracts.values import BankCode, BankSerial, Count, Day, Due, Instant, SlipNo

NOTIFICATIONS = "bank.notifications"


def employer_of_slip(slip_no: str) -> str:
    """The employer number inside a slip number: digits 5 to 10 behind 3706."""
    return "3706" + slip_no[4:10]


class PaymentNotified(Event):
    """A bank says that a slip was paid; the payer's account stays with the gateway."""

    TOPIC: ClassVar[str] = NOTIFICATIONS

    notification_id: UUID = Field(description="asked of the gateway for the payer's account")
    bank: BankCode
    serial: BankSerial
    slip_no: SlipNo
    amount: Due
    paid_at: Instant = Field(description="the bank's transaction time, which decides in-time (A24)")
    clearing_day: Day

    def key(self) -> str:
        """The employer number that the slip number carries."""
        return employer_of_slip(self.slip_no)

    def subject(self) -> str:
        """The bank's serial: the identity of a payment."""
        return f"{self.bank}/{self.serial}"


class ReconciliationFileReceived(Event):
    """A bank's file of one clearing day arrived (domain 5)."""

    TOPIC: ClassVar[str] = NOTIFICATIONS

    file_id: UUID
    bank: BankCode
    clearing_day: Day
    rows: Count
    total: Due

    def key(self) -> str:
        """The bank."""
        return self.bank

    def subject(self) -> str:
        """The bank's day."""
        return f"{self.bank}/{self.clearing_day}"
