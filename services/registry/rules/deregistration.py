"""注销登记 only where nothing is owed, unconfirmed or to come and nobody is insured (A20, JB 10, SIL 57)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from contracts.errors.code import Fault
from contracts.month import Month

FIRST_BILLED = Month(2016, 9)
"""Earlier months were settled in the old system (domain 1.5, cut-over)."""
TERM = timedelta(days=30)
"""How long after its end an employer files (SIL 57)."""


@dataclass(frozen=True, slots=True)
class BilledMonth:
    """How far a month's bill is; `total` in fen as last assessed."""

    month: Month
    total: int = 0
    confirmed: bool = False
    settled: bool = False
    in_arrears: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of an employer's debts and people.

    `last_months`: of relations that have ended. `newest_fact`: the day of the last
    fact that may still add to a bill to come (an increase, a raised base).
    """

    bills: Sequence[BilledMonth] = ()
    insured: int = 0
    last_months: Sequence[Month] = ()
    newest_fact: date | None = None


def obstacles(standing: Standing, today: date) -> tuple[Fault, ...]:
    """Everything that stands in the way, the oldest month first; empty where the employer may be deregistered."""
    return (*_people(standing), *_months(standing), *_unbilled(standing), *_to_come(standing, today))


def is_late(ended_on: date, filed_on: date) -> bool:
    """True where it was filed after its 30 days."""
    return filed_on - ended_on > TERM


def _people(standing: Standing) -> Iterator[Fault]:
    if standing.insured:
        message = f"尚有{standing.insured}人在册参保，请先办理减员"
        yield Fault(field="", code="deregistration.insured", message=message, value=str(standing.insured))


def _months(standing: Standing) -> Iterator[Fault]:
    for bill in sorted(standing.bills, key=lambda one: one.month):
        if said := _open(bill):
            code, words = said
            value = str(bill.month)
            yield Fault(field="", code=code, message=f"{_named(bill.month)}{words}", value=value)


def _open(bill: BilledMonth) -> tuple[str, str] | None:
    if bill.in_arrears:
        return "deregistration.arrears", "的欠费（本金或滞纳金）尚未缴清"
    if bill.settled or not bill.total:
        return None
    if bill.confirmed:
        return "deregistration.unpaid", f"应缴{_yuan(bill.total)}元已确认，尚未缴清"
    return "deregistration.unconfirmed", f"应缴{_yuan(bill.total)}元尚未确认和缴清"


def _unbilled(standing: Standing) -> Iterator[Fault]:
    """A month nobody has billed yet: what a later bill carries as supplement is billed (A7)."""
    billed = max((bill.month for bill in standing.bills), default=None)
    for month in sorted(set(standing.last_months)):
        if month >= FIRST_BILLED and (billed is None or month > billed):
            message = f"{_named(month)}应缴尚未核定"
            yield Fault(field="", code="deregistration.unbilled", message=message, value=str(month))


def _to_come(standing: Standing, today: date) -> Iterator[Fault]:
    """An increase may have come after its month was settled: what it owes is in the next month's bill (A7)."""
    if standing.newest_fact and Month.of(standing.newest_fact) >= Month.of(today):
        first = Month.of(today).plus(1).first_day
        message = (
            f"本月有新增人员或基数调整，可能产生补缴，{first.year}年{first.month}月1日应缴核定后方可办理"
        )
        yield Fault(field="", code="deregistration.to_come", message=message, value=first.isoformat())


def _named(month: Month) -> str:
    return f"{month.year}年{month.number}月"


def _yuan(fen: int) -> str:
    return f"{fen // 100:,}.{fen % 100:02d}"
