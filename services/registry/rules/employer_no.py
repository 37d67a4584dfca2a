"""社保编号: ten digits, 3706 and a running number of six (domain 4.2); opaque everywhere else."""

from __future__ import annotations

PREFIX = "3706"
_DIGITS = 6


class NumbersExhausted(Exception):
    """All 999,999 numbers are given."""


def next_employer_no(last: str | None) -> str:
    """The number after the highest given one; 3706000001 at the start.

    ValueError for a `last` that is no such number, NumbersExhausted after 3706999999.
    """
    running = 0 if last is None else _running(last)
    if running == 10**_DIGITS - 1:
        raise NumbersExhausted("社保编号已用完")
    return f"{PREFIX}{running + 1:0{_DIGITS}d}"


def _running(number: str) -> int:
    tail = number.removeprefix(PREFIX)
    if (
        len(number) != len(PREFIX) + _DIGITS
        or len(tail) != _DIGITS
        or not (tail.isascii() and tail.isdigit())
    ):
        raise ValueError(f"{number!r} is no employer number")
    return int(tail)
