"""How figures, days and numbers are written on a page."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from contracts.month import Month
from services.chassis.clocks import SHANGHAI

WEEKDAYS = "一二三四五六日"
_SLIP_GROUP = 4
_PPM_PER_CENT = 10_000


def yuan(fen: int) -> str:
    """Fen as yuan without a sign of currency: 860258 is 8,602.58."""
    whole, cents = divmod(abs(fen), 100)
    return f"{'−' if fen < 0 else ''}{whole:,}.{cents:02d}"


def yuan_sum(fen: int) -> str:
    """The sum that is to be paid: ¥ 8,602.58."""
    return f"¥ {yuan(fen)}"


def whole_yuan(fen: int) -> str:
    """A base, without decimals where there are none: 291000 is 2,910."""
    return f"{fen // 100:,}" if fen % 100 == 0 else yuan(fen)


def change(fen: int) -> str:
    """A difference with its sign: ＋2,058.36, −12.00, or 持平."""
    if not fen:
        return "持平"
    return f"{'＋' if fen > 0 else '−'}{yuan(abs(fen))}"


def percent(ppm: int) -> str:
    """A rate as per cent without needless noughts: 5000 ppm is 0.5%."""
    whole, rest = divmod(ppm, _PPM_PER_CENT)
    return f"{whole}.{rest:04d}".rstrip("0").rstrip(".") + "%"


def day(value: date, *, year: bool = False) -> str:
    """9月10日, or 2016年9月10日; an instant is taken in Asia/Shanghai."""
    if isinstance(value, datetime):
        value = value.astimezone(SHANGHAI).date()
    text = f"{value.month}月{value.day}日"
    return f"{value.year}年{text}" if year else text


def long_day(value: date) -> str:
    """2016年9月7日 星期三."""
    return f"{day(value, year=True)} 星期{WEEKDAYS[value.weekday()]}"


def moment(value: datetime, *, year: bool = False) -> str:
    """9月10日 16:42, Asia/Shanghai."""
    local = value.astimezone(SHANGHAI)
    return f"{day(local.date(), year=year)} {local:%H:%M}"


def until(value: datetime, *, year: bool = True) -> str:
    """The end of a validity: the midnight after a day is that day's 24:00."""
    local = value.astimezone(SHANGHAI)
    if (local.hour, local.minute) == (0, 0):
        return f"{day(local.date() - timedelta(days=1), year=year)} 24:00"
    if (local.hour, local.minute) == (23, 59):
        return f"{day(local.date(), year=year)} 24:00"
    return moment(value, year=year)


def month(value: Month | str) -> str:
    """2016年9月."""
    found = Month.parse(value) if isinstance(value, str) else value
    return f"{found.year}年{found.number}月"


def months(values: tuple[Month, ...]) -> str:
    """2016年9月, or 2016年7月—9月 as the first and the last of several."""
    if not values:
        return "—"
    first, last = min(values), max(values)
    if first == last:
        return month(first)
    return f"{month(first)}—{last.number}月" if first.year == last.year else f"{month(first)}—{month(last)}"


def days_left(deadline: date, now: datetime | date) -> str:
    """剩 3 天, 今天截止, or 逾期 40 天."""
    today = now.date() if isinstance(now, datetime) else now
    left = (deadline - today).days
    if left == 0:
        return "今天截止"
    return f"剩 {left} 天" if left > 0 else f"逾期 {-left} 天"


def slip_number(value: str) -> str:
    """A slip's number in groups of four, for reading aloud and typing."""
    return " ".join(value[i : i + _SLIP_GROUP] for i in range(0, len(value), _SLIP_GROUP))


def masked(value: str, head: int = 3, tail: int = 4) -> str:
    """A number with its middle hidden; short ones are hidden whole."""
    if len(value) <= head + tail:
        return "*" * len(value)
    return value[:head] + "*" * (len(value) - head - tail) + value[-tail:]
