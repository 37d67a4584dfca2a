"""What an employer has to pay now: arrears before the month, the month before what is paid."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from contracts.http.billing import BillState, BillView
from contracts.month import Month
from contracts.values import Due

BARS = 12


@dataclass(frozen=True, slots=True)
class DueCard:
    """The one thing to do: its bill, what is still owed of it, and whole days to its deadline."""

    bill: BillView
    owed: Due
    days: int
    change: int | None

    @property
    def late(self) -> bool:
        """True after the payment window."""
        return self.bill.state is BillState.ARREARS or (
            self.days < 0 and self.bill.state is not BillState.SETTLED
        )


def due_of(bills: Sequence[BillView], today: date) -> DueCard | None:
    """The bill that wants something: oldest arrears, else the oldest open one, else this month's as it is."""
    by_age = sorted(bills, key=lambda bill: bill.month)
    arrears = [bill for bill in by_age if bill.state is BillState.ARREARS]
    opened = [bill for bill in by_age if bill.state in (BillState.ASSESSED, BillState.CONFIRMED)]
    this_month = [bill for bill in by_age if bill.month == Month.of(today)]
    found = arrears or opened or this_month
    return _card(found[0], today) if found else None


def _card(bill: BillView, today: date) -> DueCard:
    change = None if bill.previous_total is None else bill.total - bill.previous_total
    return DueCard(
        bill=bill, owed=max(bill.total - bill.paid, 0), days=(bill.due_day - today).days, change=change
    )


@dataclass(frozen=True, slots=True)
class Bar:
    """One month of the chart, placed in a drawing of 640 × 170."""

    month: Month
    total: Due
    open: bool
    x: int
    y: int
    height: int
    label: bool


_LEFT, _STEP, _BOTTOM, _HIGHEST = 22, 51, 146, 110


def chart(bills: Sequence[BillView]) -> tuple[Bar, ...]:
    """The last twelve months' bills as bars, oldest first; the highest bar takes the whole height."""
    months = sorted(bills, key=lambda bill: bill.month)[-BARS:]
    highest = max((bill.total for bill in months), default=0) or 1
    bars = []
    for place, bill in enumerate(months):
        height = max(bill.total * _HIGHEST // highest, 1)
        last = place == len(months) - 1
        bars.append(
            Bar(
                month=bill.month,
                total=bill.total,
                open=bill.state is not BillState.SETTLED,
                x=_LEFT + _STEP * place,
                y=_BOTTOM - height,
                height=height,
                label=last or place % 3 == 0,
            )
        )
    return tuple(bars)
