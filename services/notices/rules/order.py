"""责令限期缴纳社会保险费通知书: number, deadline and life (clause 三(四), O20 16, A31)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from contracts.http.notices import OrderState
from services.chassis.workdays import WorkingDays
from services.notices.rules.authorities import authorities_of


@dataclass(frozen=True, slots=True)
class OrderPolicy:
    """Working days: to pay after receipt (O20 16), and unopened until a paper task (`order.paper_after`).

    `phone` is printed where the officer gives none: 12333 is the 人社 service line.
    """

    pay_within: int = 5
    paper_after: int = 3
    phone: str = "12333"


ORDER_POLICY = OrderPolicy()

_FOLLOWING: dict[OrderState, frozenset[OrderState]] = {
    OrderState.PREPARED: frozenset({OrderState.ISSUED}),
    OrderState.ISSUED: frozenset({OrderState.SERVED, OrderState.SETTLED}),
    OrderState.SERVED: frozenset({OrderState.SETTLED, OrderState.LAPSED}),
    OrderState.LAPSED: frozenset({OrderState.SETTLED}),
    OrderState.SETTLED: frozenset(),
}


def document_number(district: str, year: int, sequence: int) -> str:
    """烟芝社保责〔2016〕第0001号; the sequence runs per district and year, from 1.

    MissingPolicy for an unknown district, ValueError for a sequence below 1.
    """
    if sequence < 1:
        raise ValueError("the sequence of document numbers begins at 1")
    return f"烟{authorities_of(district).sign}社保责〔{year}〕第{sequence:04d}号"


def deadline(served_on: date, days: WorkingDays, policy: OrderPolicy = ORDER_POLICY) -> date:
    """Last day to pay: the 5th working day after delivery, the day of delivery not counted."""
    return days.add_working_days(served_on, policy.pay_within)


def paper_task_on(issued_on: date, days: WorkingDays, policy: OrderPolicy = ORDER_POLICY) -> date:
    """The day on which an order still unopened becomes a task of service on paper; nothing is deemed served."""
    return days.add_working_days(issued_on, policy.paper_after) + timedelta(1)


def may_become(old: OrderState, new: OrderState) -> bool:
    """True for a step of an order's life; an order once settled stays so."""
    return new in _FOLLOWING[old]
