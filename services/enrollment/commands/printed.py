"""A printed 增加表 is recorded, so that an unprinted one is a to-do (协议 二.8)."""

from __future__ import annotations

from sqlalchemy import select
from sqlmodel import col

from contracts.errors import chassis as common
from contracts.http.enrollment import Printed, PrintedCount
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork
from services.enrollment.reach import reach_filter
from services.enrollment.reading import digest
from services.enrollment.tables import Employer, Increase


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
        work.audit("increases_printed", own[0], employer_no=number, after=digest(own))
    return PrintedCount(printed=len(rows))
