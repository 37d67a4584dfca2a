"""A reading of identity numbers in clear is recorded, and an act on many leaves their digest (PIPL 51)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from contracts.http.enrollment import IncreaseView
from contracts.models import View
from contracts.values import Role
from services.chassis.identity import require
from services.chassis.work import UnitOfWork, work_scope


class NumbersRead(View):
    """Which submissions were read or printed: their count and the digest of their numbers."""

    count: int
    digest: str


def digest(numbers: Sequence[str]) -> NumbersRead:
    """What the audit keeps of many submissions."""
    text = "\n".join(sorted(numbers)).encode()
    return NumbersRead(count=len(numbers), digest=hashlib.sha256(text).hexdigest())


async def record_reading(work: UnitOfWork, shown: Sequence[IncreaseView]) -> None:
    """Leave an audit row of a reading in clear, committed before the answer; a query itself cannot write.

    The query gives its connection back first, for readers that each hold one and wait for another would
    block them all. Problem FORBIDDEN for officers other than the counter's.
    """
    if work.caller.is_officer:
        require(work.caller, Role.COUNTER)
    await work.session.rollback()
    async with work_scope(work.chassis, work.caller) as audited:
        for number in sorted({one.employer_no for one in shown}):
            own = [one.submission_no for one in shown if one.employer_no == number]
            audited.audit("numbers_read", own[0], employer_no=number, after=digest(own))
