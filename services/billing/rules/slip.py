"""The payment slip (缴费单): its number and how long it can be paid (clause 三(四), A23)."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

LAST_SEQUENCE = 999_999
HELD_FOR_BANK = timedelta(minutes=30)
"""How long a slip cannot be voided after a bank asked for it (A23)."""

_EMPLOYER_NO = re.compile(r"3706[0-9]{6}")


def slip_number(employer_no: str, sequence: int) -> str:
    """Employer number, six-digit sequence within the employer, check digit: 17 digits.

    The number carries its employer, by whom everything about the slip is routed in order. ValueError for
    operands that do not fit.
    """
    if not _EMPLOYER_NO.fullmatch(employer_no):
        raise ValueError(f"{employer_no!r} is not an employer number")
    if not 1 <= sequence <= LAST_SEQUENCE:
        raise ValueError(f"slip sequence {sequence} is not in 1..{LAST_SEQUENCE}")
    payload = f"{employer_no}{sequence:06d}"
    return payload + check_digit(payload)


def check_digit(digits: str) -> str:
    """ISO 7064 MOD 11,10: catches every single wrong digit."""
    check = 10
    for digit in digits:
        check = (check + int(digit)) % 10 or 10
        check = check * 2 % 11
    return str((11 - check) % 10)


def payable_at(transaction_time: datetime, valid_until: datetime, voided_at: datetime | None = None) -> bool:
    """True when the slip settles its frozen bill, judged at the bank's transaction time.

    The issue is no lower bound: nobody can know a number before, and a bank's clock that cuts off the
    seconds must not send good money into suspense.
    """
    return transaction_time < valid_until and (voided_at is None or transaction_time < voided_at)


def may_be_voided(at: datetime, queried_at: datetime | None, *, bank_says_unpaid: bool = False) -> bool:
    """False within 30 minutes of a bank's query, unless that bank says the slip was not paid (A23)."""
    return queried_at is None or bank_says_unpaid or at >= queried_at + HELD_FOR_BANK
