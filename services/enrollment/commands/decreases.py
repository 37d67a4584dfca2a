"""减员: confirmed at once in its window, otherwise a 预约 that fires when the month is paid (clause 三(二))."""

from __future__ import annotations

from sqlalchemy import select
from sqlmodel import col

from contracts.errors import chassis as common
from contracts.errors import enrollment as codes
from contracts.http.enrollment import Decrease as Asked
from contracts.http.enrollment import DecreaseState, DecreaseView
from contracts.models import View
from contracts.values import Month, Outcome
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork
from services.enrollment.commands.ending import end, settled_months
from services.enrollment.decisions import tell
from services.enrollment.queries.decreases import view
from services.enrollment.reach import acting_employer
from services.enrollment.rules.decrease import Accepted, DecreaseFacts, Refused, judge
from services.enrollment.series import DECREASE, submission_numbers
from services.enrollment.tables import Decrease, Person, Relation

WITHDRAWN = "decrease.withdrawn"


class Asking(View):
    """What a decrease leaves in the audit."""

    submission_no: str
    state: DecreaseState
    waits_for: Month | None = None


async def decrease(work: UnitOfWork, asked: Asked) -> DecreaseView:
    """Decrease one person; Problem for faulty dates or reasons, an ended relation, a second 预约."""
    employer = await acting_employer(work)
    relation = await work.session.get(Relation, asked.enrollment_id, with_for_update=True)
    if relation is None or relation.employer_no != employer.employer_no:
        raise Problem(common.NOT_FOUND)
    await _check_open(work, relation)
    verdict = judge(await _facts(work, relation, asked))
    if isinstance(verdict, Refused):
        reason, faults = verdict.reason, verdict.faults
        raise Problem(codes.DECREASE_REFUSED, field=faults[0].field, faults=faults, reason=reason)
    number = (await submission_numbers(work, DECREASE, employer.employer_no, 1))[0]
    row = _row(work, relation, asked, number)
    row.last_month = verdict.last_month
    if isinstance(verdict, Accepted):
        await end(work, row, relation, verdict)
    else:
        row.waits_for = verdict.waits_for
        tell(work, row, Outcome.WAITING, reason=f"{verdict.waits_for}社会保险费尚未缴清")
    work.session.add(row)
    _audit(work, row, "decrease_submitted")
    person = await work.session.get_one(Person, row.person_no)
    return view(row, person.name)


async def withdraw(work: UnitOfWork, submission_no: str) -> DecreaseView:
    """Take back a 预约 that has not fired."""
    employer = await acting_employer(work)
    row = await work.session.get(Decrease, submission_no, with_for_update=True)
    if row is None or row.employer_no != employer.employer_no:
        raise Problem(common.NOT_FOUND)
    if row.state != DecreaseState.QUEUED.value:
        raise Problem(codes.NOT_QUEUED)
    row.state, row.version, row.decided_at = DecreaseState.WITHDRAWN.value, row.version + 1, work.now
    tell(work, row, Outcome.VOIDED, reason_code=WITHDRAWN, reason="单位已撤销减员预约")
    _audit(work, row, "decrease_withdrawn")
    person = await work.session.get_one(Person, row.person_no)
    return view(row, person.name)


async def _check_open(work: UnitOfWork, relation: Relation) -> None:
    if relation.last_month is not None:
        raise Problem(codes.ALREADY_ENDED)
    queued = select(Decrease).where(
        col(Decrease.enrollment_id) == relation.enrollment_id,
        col(Decrease.state) == DecreaseState.QUEUED.value,
    )
    if await work.session.scalar(queued):
        raise Problem(codes.ALREADY_QUEUED)


async def _facts(work: UnitOfWork, relation: Relation, asked: Asked) -> DecreaseFacts:
    settled = await settled_months(work, relation, Month.of(asked.left_on), Month.of(work.today))
    return DecreaseFacts(
        hired_on=relation.hired_on,
        from_month=relation.from_month,
        left_on=asked.left_on,
        today=work.today,
        reason_code=asked.reason,
        settled=settled,
        extra_date=asked.extra_date,
        note=asked.note,
    )


def _row(work: UnitOfWork, relation: Relation, asked: Asked, number: str) -> Decrease:
    return Decrease(
        submission_no=number,
        employer_no=relation.employer_no,
        enrollment_id=relation.enrollment_id,
        person_no=relation.person_no,
        state=DecreaseState.QUEUED.value,
        left_on=asked.left_on,
        reason=asked.reason,
        extra_date=asked.extra_date,
        note=asked.note,
        last_month=Month.of(asked.left_on),
        submitted_at=work.now,
        submitted_by=work.caller.account,
        channel=work.caller.channel.value,
    )


def _audit(work: UnitOfWork, row: Decrease, act: str) -> None:
    asking = Asking(submission_no=row.submission_no, state=DecreaseState(row.state), waits_for=row.waits_for)
    work.audit(act, row.submission_no, employer_no=row.employer_no, after=asking)
