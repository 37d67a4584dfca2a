"""自动作废: increases that the counter has not confirmed in their month (clause 三(一), A6)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlmodel import col

from contracts.events.enrollment import EnrollmentVoided
from contracts.http.enrollment import IncreaseState
from contracts.values import Outcome
from services.chassis.work import UnitOfWork
from services.enrollment.decisions import tell
from services.enrollment.tables import Employer, Increase

_EMPLOYERS = 200
NOT_CONFIRMED = "increase.not_confirmed"


async def void_due(work: UnitOfWork, day: date, employer_no: str = "") -> bool:
    """Void what is due on a day, of one employer or of the next 200; True where none is left.

    Employers are locked in order before their increases, as every command does.
    """
    due = (col(Increase.state) == IncreaseState.AWAITING_COUNTER.value) & (col(Increase.void_on) <= day)
    of_whom = select(col(Increase.employer_no)).where(due).distinct().order_by(col(Increase.employer_no))
    if employer_no:
        of_whom = of_whom.where(col(Increase.employer_no) == employer_no)
    numbers = (await work.session.scalars(of_whom.limit(_EMPLOYERS))).all()
    if not numbers:
        return True
    await _lock(work, numbers)
    query = select(Increase).where(due & col(Increase.employer_no).in_(numbers))
    order = (col(Increase.employer_no), col(Increase.submission_no))
    for increase in await work.session.scalars(query.order_by(*order).with_for_update()):
        _void(work, increase)
    await work.session.flush()
    return len(numbers) < _EMPLOYERS


async def _lock(work: UnitOfWork, numbers: Sequence[str]) -> None:
    query = select(col(Employer.employer_no)).where(col(Employer.employer_no).in_(numbers))
    await work.session.execute(query.order_by(col(Employer.employer_no)).with_for_update())


def _void(work: UnitOfWork, increase: Increase) -> None:
    """`voided_on` is the 1st, however late the job runs."""
    increase.state, increase.version = IncreaseState.VOIDED.value, increase.version + 1
    increase.decided_at = work.now
    work.session.add(increase)
    event = EnrollmentVoided(
        version=increase.version,
        employer_no=increase.employer_no,
        submission_no=increase.submission_no,
        person_no=increase.person_no,
        voided_on=increase.void_on or work.today,
    )
    work.publish(event)
    tell(work, increase, Outcome.VOIDED, reason_code=NOT_CONFIRMED)
    work.audit("increase_voided", increase.submission_no, employer_no=increase.employer_no, after=event)
