"""How sums, rates and dates are written on paper."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from contracts.values import Fen, Month, Ppm
from services.chassis.clocks import SHANGHAI

_LAST_SECOND = time(23, 59, 59)


def yuan(fen: Fen) -> str:
    """8,602.58, from fen."""
    return f"{Decimal(fen) / 100:,.2f}"


def percent(ppm: Ppm) -> str:
    """0.5%, from parts per million; a dash for none."""
    return f"{Decimal(ppm) / 10_000:f}%".replace(".0%", "%") if ppm else "—"


def day(value: date | None) -> str:
    """2016年9月12日, empty for none."""
    return f"{value.year}年{value.month}月{value.day}日" if value else ""


def short_day(value: date | None) -> str:
    """2016-09-12, for narrow columns."""
    return value.isoformat() if value else ""


def month(value: Month) -> str:
    """2016年9月."""
    return f"{value.year}年{value.number}月"


def months(values: tuple[Month, ...]) -> str:
    """One month, or the first to the last."""
    ends = sorted({min(values), max(values)})
    return "至".join(month(value) for value in ends)


def minute(value: datetime) -> str:
    """2016年9月12日 09:05 in Shanghai."""
    local = value.astimezone(SHANGHAI)
    return f"{day(local.date())} {local:%H:%M}"


def until(value: datetime) -> str:
    """A limit; midnight belongs to the day that ends with it (A23: 24:00)."""
    local = value.astimezone(SHANGHAI)
    if local.time() == time.min:
        return f"{day(local.date() - timedelta(days=1))} 24:00"
    if local.time().replace(microsecond=0) == _LAST_SECOND:
        return f"{day(local.date())} 24:00"
    return minute(value)
