"""What an employer's first page shows of enrollment."""

from __future__ import annotations

from sqlalchemy import func, select, text
from sqlmodel import col

from contracts.http.enrollment import DecreaseState, IncreaseState, ToDo
from contracts.values import Month
from services.chassis.identity import own_employer
from services.chassis.work import UnitOfWork
from services.enrollment.queries.decreases import decreases
from services.enrollment.queries.increases import UNPRINTED, increases
from services.enrollment.reach import employer_in_reach
from services.enrollment.tables import Employer, Increase

_COUNTS = text(
    "SELECT count(*) FILTER (WHERE last_month IS NULL OR last_month >= :month) AS active, "
    "count(*) FILTER (WHERE NOT imported AND confirmed_on BETWEEN :first AND :last) AS started, "
    "count(*) FILTER (WHERE left_on BETWEEN :first AND :last AND last_month IS NOT NULL) AS ended "
    "FROM relations WHERE employer_no = :employer"
)


async def to_do(work: UnitOfWork) -> ToDo:
    """Counts of this month, submissions that await the counter, 预约, and forms not yet printed."""
    number = own_employer(work.caller)
    known = await work.session.get(Employer, number)
    if work.caller.is_officer or known is not None:
        await employer_in_reach(work, number)
    month = Month.of(work.today)
    values = {
        "employer": number,
        "month": month.yyyymm,
        "first": month.first_day,
        "last": month.last_day,
    }
    counts = (await work.session.execute(_COUNTS, values)).one()
    waiting = await increases(work, state=IncreaseState.AWAITING_COUNTER, employer_no=number)
    queued = await decreases(work, state=DecreaseState.QUEUED, employer_no=number)
    unprinted = select(func.count()).where(UNPRINTED, col(Increase.employer_no) == number)
    return ToDo(
        active_persons=counts.active,
        started_this_month=counts.started,
        ended_this_month=counts.ended,
        awaiting_counter=waiting.rows,
        queued_decreases=queued.rows,
        unprinted=await work.session.scalar(unprinted) or 0,
    )
