"""材料调取 and 责令改正: asked of employers, answered by them, judged by the agency (四(一), 协议 三)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlmodel import col

from contracts.errors import registry as codes
from contracts.errors.code import Fault
from contracts.events.registry import MaterialsAnswered, MaterialsRequested
from contracts.http.materials import (
    AnswerRequest,
    AskAgain,
    RequestedMaterials,
    RequestMaterials,
    RequestSort,
    RequestState,
    RequestView,
)
from contracts.values import Outcome, Role
from services.chassis.identity import require
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork
from services.registry.deciding import tell
from services.registry.reach import in_reach
from services.registry.requests import request_in_reach, shown, view_of
from services.registry.rules import materials as rules
from services.registry.rules import roles
from services.registry.series import numbers_of_month
from services.registry.tables import Employer, MaterialFile, MaterialRequest


async def request(work: UnitOfWork, asked: RequestMaterials) -> RequestedMaterials:
    """Ask every employer named, or none: Problem where one is unknown, or the deadline is not ahead."""
    require(work.caller, *roles.REQUESTING)
    if asked.deadline <= work.today:
        raise Problem(codes.REQUEST_DEADLINE, field="deadline")
    if not rules.ground_fits(asked.sort, asked.ground):
        raise Problem(codes.REQUEST_GROUND, field="ground")
    employers = await _employers(work, sorted(set(asked.employer_nos)))
    numbers = await numbers_of_month(work, "T", len(employers))
    for employer, number in zip(employers, numbers, strict=True):
        await _send(work, employer, number, asked)
    return RequestedMaterials(request_nos=tuple(numbers))


async def answer(work: UnitOfWork, request_no: str, asked: AnswerRequest) -> RequestView:
    """Hand in what was uploaded; Problem without a file, or where nothing is asked any more."""
    require(work.caller, Role.PREPARER, Role.APPROVER, Role.COUNTER)
    row, employer = await request_in_reach(work, request_no, lock=True)
    _in_state(row, *rules.OPEN)
    files = select(func.count()).select_from(MaterialFile).where(col(MaterialFile.request_no) == request_no)
    if not await work.session.scalar(files):
        raise Problem(codes.NO_FILES)
    row.state, row.note, row.answered_on = RequestState.ANSWERED, asked.note, work.today
    _told(work, row, accepted=None)
    return await _audited(work, row, employer, "materials_answered")


async def accept(work: UnitOfWork, request_no: str) -> RequestView:
    """What was handed in suffices."""
    row, employer = await _judge(work, request_no, RequestState.ACCEPTED)
    _told(work, row, accepted=True)
    _decide(work, row, Outcome.ACCEPTED)
    return await _audited(work, row, employer, "materials_accepted")


async def ask_again(work: UnitOfWork, request_no: str, asked: AskAgain) -> RequestView:
    """Something is missing; the employer uploads it until the new deadline."""
    row, employer = await _judge(work, request_no, RequestState.AGAIN)
    if asked.deadline <= work.today:
        raise Problem(codes.REQUEST_DEADLINE, field="deadline")
    row.again_for, row.deadline = asked.reason, asked.deadline
    _told(work, row, accepted=False)
    _decide(work, row, Outcome.REFUSED, reason=asked.reason)
    return await _audited(work, row, employer, "materials_asked_again")


async def _employers(work: UnitOfWork, numbers: Sequence[str]) -> list[Employer]:
    """The employers in the order of their numbers, locked; Problem naming each that cannot be asked."""
    query = select(Employer).where(col(Employer.employer_no).in_(numbers)).order_by(col(Employer.employer_no))
    found = (await work.session.scalars(query.with_for_update())).all()
    good = [one for one in found if one.opened_on and in_reach(work.caller, one)]
    if missing := set(numbers) - {one.employer_no for one in good}:
        message = "不存在、不属于本区县或尚未开通"
        faults = tuple(
            Fault(field="employer_nos", code="employer", message=message, value=number)
            for number in sorted(missing)
        )
        raise Problem(codes.REQUEST_UNKNOWN, field="employer_nos", faults=faults, count=len(faults))
    return good


async def _send(work: UnitOfWork, employer: Employer, number: str, asked: RequestMaterials) -> None:
    row = MaterialRequest(
        request_no=number,
        employer_no=employer.employer_no,
        sort=asked.sort,
        what=asked.what,
        ground=asked.ground,
        deadline=asked.deadline,
        state=RequestState.SENT,
        sent_on=work.today,
        sent_by=work.caller.account,
    )
    work.session.add(row)
    work.publish(
        MaterialsRequested(
            version=row.version,
            employer_no=row.employer_no,
            request_no=number,
            what=row.what,
            deadline=row.deadline,
            sort=asked.sort.value,
        )
    )
    _decide(work, row, Outcome.WAITING)
    view = view_of(row, employer, (), work.today)
    work.audit("materials_requested", number, employer_no=row.employer_no, after=view)


def _in_state(row: MaterialRequest, *states: RequestState) -> None:
    if row.state not in states:
        raise Problem(codes.REQUEST_STATE, request_no=row.request_no)


async def _judge(work: UnitOfWork, request_no: str, state: RequestState) -> tuple[MaterialRequest, Employer]:
    require(work.caller, *roles.REQUESTING)
    row, employer = await request_in_reach(work, request_no, lock=True)
    _in_state(row, RequestState.ANSWERED)
    row.state, row.judged_on, row.judged_by = state, work.today, work.caller.account
    return row, employer


def _told(work: UnitOfWork, row: MaterialRequest, *, accepted: bool | None) -> None:
    row.version += 1
    work.publish(
        MaterialsAnswered(
            version=row.version,
            employer_no=row.employer_no,
            request_no=row.request_no,
            accepted=accepted,
            answered_at=work.now,
        )
    )


def _decide(work: UnitOfWork, row: MaterialRequest, outcome: Outcome, *, reason: str = "") -> None:
    """What the employer reads: asked, accepted, or asked again (协议 二.6)."""
    waits = outcome is not Outcome.ACCEPTED
    word = "改正并提交证明材料" if row.sort == RequestSort.CORRECTION else "上传所要求的材料"
    tell(
        work,
        row.employer_no,
        row.request_no,
        "materials" if row.sort == RequestSort.MATERIALS else "correction_order",
        outcome,
        version=row.version,
        reason=reason or (row.what if outcome is Outcome.WAITING else ""),
        next_step=f"请在时限内{word}" if waits else "",
        deadline=row.deadline if waits else None,
    )


async def _audited(work: UnitOfWork, row: MaterialRequest, employer: Employer, act: str) -> RequestView:
    view = await shown(work, row, employer)
    work.audit(act, row.request_no, employer_no=row.employer_no, after=view)
    return view
