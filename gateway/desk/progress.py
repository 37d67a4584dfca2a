"""缴费期进度: the share of employers that have paid, day by day of the payment window, as a line."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from contracts.http.billing import Collection

FIRST, LAST = 1, 10
"""The payment window of a month, holidays or not (clause 三(四))."""
LEFT, WIDTH, BOTTOM, HEIGHT = 40, 700, 200, 180
_PER_MILLE = 1000


class Point(NamedTuple):
    """The end of a day: per mille of the employers that had paid by then, and where it lies."""

    day: int
    share: int
    x: int
    y: int

    @property
    def percent(self) -> str:
        """79.8%."""
        return f"{self.share // 10}.{self.share % 10}%"


def line(collection: Collection | None, today: date) -> tuple[Point, ...]:
    """The days of the window that have begun; nothing where there is nobody who should pay."""
    if collection is None or not collection.employers:
        return ()
    month = collection.month
    days = (day for day in range(FIRST, LAST + 1) if month.day(day) <= today)
    return tuple(_point(collection, day) for day in days)


def _point(collection: Collection, day: int) -> Point:
    end = collection.month.day(day)
    paid = sum(one.employers_paid for one in collection.days if one.day <= end)
    share = paid * _PER_MILLE // collection.employers
    x = LEFT + (day - FIRST) * WIDTH // (LAST - FIRST)
    return Point(day, share, x, BOTTOM - share * HEIGHT // _PER_MILLE)
