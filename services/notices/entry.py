"""Rows as their readers see them."""

from __future__ import annotations

from dataclasses import astuple
from datetime import date
from typing import Any

from contracts.events.billing import DebtSum
from contracts.http.notices import NoticeView, OrderView, ReminderView, ResultView
from contracts.month import Month
from services.notices.rules.authorities import authorities_of
from services.notices.rules.order_text import OrderDebt, OrderText, fee_lines
from services.notices.tables import Employer, Notice, Order, Reminder, Result


def notice_view(notice: Notice, *, read: bool, readers: int | None = None) -> NoticeView:
    """A notice; officers have nothing to read, and see how many employers have."""
    return NoticeView(**notice.model_dump(), read=read, readers=readers)


def result_view(row: Result) -> ResultView:
    """A result, read or not."""
    return ResultView(**row.model_dump(), read=row.read_at is not None)


def reminder_view(row: Reminder, matter: str, reference: str, *, still_open: bool) -> ReminderView:
    """A reminder, and whether what it speaks of is still to be done."""
    facts = row.model_dump(include={"id", "title", "text", "due", "sent_on"})
    read = row.read_at is not None
    return ReminderView(**facts, matter=matter, reference=reference, done=not still_open, read=read)


def prepared_view(order: Order, employer: Employer, owed: tuple[OrderDebt, ...], on: date) -> OrderView:
    """An order not yet released, with the sums it would carry if issued on that day."""
    return _view(order, _as_prepared(order, employer, owed, on))


def issued_view(order: Order) -> OrderView:
    """An order as issued: nothing that came later shows in its content."""
    return _view(order, _as_issued(order))


def unopened_view(order: Order) -> OrderView:
    """An order as its employer sees it before opening it: that it is here, not what it says (A31)."""
    return _view(order, _as_issued(order) | {"paragraphs": (), "fee_text": ""})


def _view(order: Order, content: dict[str, Any]) -> OrderView:
    same = order.model_dump(
        include={
            "id",
            "employer_no",
            "state",
            "issued_on",
            "issued_by",
            "served_at",
            "deadline",
            "digest",
            "paper_since",
        }
    )
    months = tuple(Month.from_number(month) for month in order.months)
    return OrderView(**same, months=months, order_no=order.order_no or "", **content)


def _as_issued(order: Order) -> dict[str, Any]:
    words = OrderText(**order.words or {})  # the database does not keep the order of the pieces
    pieces = [piece if isinstance(piece, str) else "\n".join(piece) for piece in astuple(words)]
    same = order.model_dump(
        include={"employer_name", "credit_code", "address", "agency_name", "principal", "fee", "fee_from"}
    )
    return same | {
        "debts": tuple(DebtSum.model_validate(debt) for debt in order.debts),
        "fee_text": "\n".join(words.fee_lines),
        "paragraphs": tuple(piece for piece in pieces if piece),
    }


def _as_prepared(order: Order, employer: Employer, owed: tuple[OrderDebt, ...], on: date) -> dict[str, Any]:
    return {
        "employer_name": employer.name,
        "credit_code": employer.credit_code,
        "address": employer.address,
        "agency_name": authorities_of(employer.paying_agency).agency,
        "debts": tuple(line.debt for line in owed),
        "principal": sum(line.principal for line in owed),
        "fee": sum(line.debt.fee for line in owed),
        "fee_from": min((line.fee_from for line in owed), default=order.prepared_on),
        "fee_text": "\n".join(fee_lines(owed, on)),
    }
