"""Facts of notices: board, orders to pay, their service and lapse (topic `notices.notices`)."""

from typing import ClassVar
from uuid import UUID

from pydantic import Field

from contracts.events.base import EmployerEvent, Event
from contracts.values import Day, Due, Instant, Line, Month

NOTICES = "notices.notices"


class NoticePosted(Event):
    """A notice went on the board (通知公告)."""

    TOPIC: ClassVar[str] = NOTICES

    notice_id: UUID
    title: Line
    posted_at: Instant

    def key(self) -> str:
        """All notices keep one order."""
        return "board"

    def subject(self) -> str:
        """The notice."""
        return f"board/{self.notice_id}"


class OrderEvent(EmployerEvent):
    """A fact about one 责令限期缴纳社会保险费通知书."""

    TOPIC: ClassVar[str] = NOTICES

    order_no: Line = Field(description="文号")

    def subject(self) -> str:
        """The order."""
        return f"{self.employer_no}/order/{self.order_no}"


class OrderIssued(OrderEvent):
    """A collection officer released the order (A31)."""

    months: tuple[Month, ...]
    principal: Due
    fee: Due
    issued_on: Day


class OrderServed(OrderEvent):
    """The order reached the employer; 5 working days run (O20 16)."""

    served_at: Instant
    deadline: Day


class OrderLapsed(OrderEvent):
    """The deadline passed without full payment."""

    lapsed_on: Day
