"""A printed 增加表 is recorded, so that an unprinted one is a to-do; reading in clear is recorded too (协议 二.8)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from sqlalchemy import select
from sqlmodel import col

from contracts.errors import chassis as common
from contracts.http.enrollment import Printed, PrintedCount
from contracts.models import View
from contracts.values import Role
from services.chassis.identity import require
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork, work_scope
from services.enrollment.reach import reach_filter
from services.enrollment.tables import Employer, Increase


class NumbersRead(View):
    """Which submissions were read or printed: their count and the digest of their numbers."""

    count: int
    digest: str


def _digest(numbers: Sequence[str]) -> NumbersRead:
    text = "\n".join(sorted(numbers)).encode()
    return NumbersRead(count=len(numbers), digest=hashlib.sha256(text).hexdigest())


async def printed(work: UnitOfWork, asked: Printed) -> PrintedCount:
    """Record the first print of each; Problem NOT_FOUND where one is foreign."""
    wanted = set(asked.submission_nos)
    query = (
        select(Increase)
        .join(Employer, col(Employer.employer_no) == col(Increase.employer_no))
        .where(col(Increase.submission_no).in_(wanted), reach_filter(work.caller))
        .order_by(col(Increase.submission_no))
        .with_for_update(of=Increase)
    )
    rows = (await work.session.scalars(query)).all()
    if len(rows) != len(wanted):
        raise Problem(common.NOT_FOUND)
    for row in rows:
        row.printed_at = row.printed_at or work.now
    for number in sorted({row.employer_no for row in rows}):
        own = [row.submission_no for row in rows if row.employer_no == number]
        work.audit("increases_printed", own[0], employer_no=number, after=_digest(own))
    return PrintedCount(printed=len(rows))


async def record_reading(work: UnitOfWork, rows: Sequence[Increase]) -> None:
    """Leave an audit row of a reading in clear, committed before the answer; a query itself cannot write.

    Problem FORBIDDEN for officers other than the counter's.
    """
    if work.caller.is_officer:
        require(work.caller, Role.COUNTER)
    async with work_scope(work.chassis, work.caller) as audited:
        for number in sorted({row.employer_no for row in rows}):
            own = [row.submission_no for row in rows if row.employer_no == number]
            audited.audit("numbers_read", own[0], employer_no=number, after=_digest(own))
