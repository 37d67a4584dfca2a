"""The counter confirms an increase after seeing the papers, or returns it with a reason (clause 三(一))."""

from __future__ import annotations

import re

from sqlalchemy import select
from sqlmodel import col

from contracts.errors import chassis as common
from contracts.errors import enrollment as codes
from contracts.errors.code import Fault
from contracts.events.enrollment import Confirmation
from contracts.http.enrollment import CounterConfirm, CounterReturn, IncreaseState, IncreaseView
from contracts.models import View
from contracts.values import Kind, Outcome, Role
from services.chassis.identity import require
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork, new_id
from services.enrollment.commands.persons import lock_person
from services.enrollment.commands.starting import open_relations
from services.enrollment.decisions import tell
from services.enrollment.queries.anew import judged_anew
from services.enrollment.queries.increase_views import view
from services.enrollment.reach import employer_in_reach
from services.enrollment.rules.increase import CounterReason
from services.enrollment.tables import Employer, Increase, Person, Relation

PAPERS = {
    "filing_materials": "用工备案材料",
    "staff_register": "《劳动用工备案花名册》",
    "two_tables": "《参保单位缴纳社会保险费人员增加表》一式两份",
}
_NUMBERS = re.compile(r"[0-9]{8}")


class Decided(View):
    """What a decision leaves in the audit."""

    state: IncreaseState
    kinds: tuple[str, ...] = ()


async def confirm(work: UnitOfWork, submission_no: str, asked: CounterConfirm) -> IncreaseView:
    """Confirm; Problem for missing papers, a void or decided submission, a person insured elsewhere, a closed employer.

    First month and base are judged again: the former employer may owe a month by now that it did not at submission.
    """
    increase = await _awaiting(work, submission_no)
    if (await work.session.get_one(Employer, increase.employer_no)).deregistered_on is not None:
        raise Problem(codes.EMPLOYER_CLOSED)
    _check_papers(asked)
    person = await lock_person(work, increase.person_no)
    increase.kinds = await _kinds(work, increase)
    anew = await judged_anew(work, increase, increase.kinds)
    increase.first_month = anew.first
    increase.base, increase.clamped = anew.base.base, anew.base.clamped.value
    person.version += 1
    _take_over(person, increase)
    increase.enrollment_id = new_id()
    _decide(work, increase, IncreaseState.CONFIRMED_COUNTER, asked.note)
    await work.session.flush()
    await open_relations(work, [(increase, person.version)], Confirmation.COUNTER)
    decided = Decided(state=IncreaseState.CONFIRMED_COUNTER, kinds=tuple(increase.kinds))
    work.audit("increase_confirmed", submission_no, employer_no=increase.employer_no, after=decided)
    return view(increase, person, work.chassis.vault)


async def give_back(work: UnitOfWork, submission_no: str, asked: CounterReturn) -> IncreaseView:
    """Return; the reason is published, so that it may name no person."""
    increase = await _awaiting(work, submission_no)
    person = await lock_person(work, increase.person_no)
    if person.name in asked.reason or _NUMBERS.search(asked.reason):
        raise Problem(codes.PERSONAL_REASON, field="reason")
    _decide(work, increase, IncreaseState.RETURNED, asked.reason)
    tell(work, increase, Outcome.REFUSED, reason_code="increase.returned", reason=asked.reason)
    returned = Decided(state=IncreaseState.RETURNED)
    work.audit("increase_returned", submission_no, employer_no=increase.employer_no, after=returned)
    return view(increase, person, work.chassis.vault)


async def _awaiting(work: UnitOfWork, submission_no: str) -> Increase:
    """The submission behind its locked employer; the 1st voids it, whether or not the day job has run."""
    require(work.caller, Role.COUNTER)
    found = await work.session.get(Increase, submission_no)
    if found is None:
        raise Problem(common.NOT_FOUND)
    employer = await employer_in_reach(work, found.employer_no, lock=True)
    if not work.caller.sees_district(employer.paying_agency or employer.district):
        raise Problem(common.NOT_FOUND)
    await work.session.refresh(found, with_for_update=True)
    if found.state == IncreaseState.VOIDED.value:
        raise Problem(codes.INCREASE_VOID)
    if found.state != IncreaseState.AWAITING_COUNTER.value:
        raise Problem(codes.NOT_AWAITING)
    if found.void_on is not None and found.void_on <= work.today:
        raise Problem(codes.INCREASE_VOID)
    return found


def _check_papers(asked: CounterConfirm) -> None:
    faults = tuple(
        Fault(field=field, code="paper.missing", message=f"缺{name}")
        for field, name in PAPERS.items()
        if not getattr(asked, field)
    )
    if faults:
        raise Problem(codes.PAPERS_MISSING, field=faults[0].field, faults=faults, count=len(faults))


async def _kinds(work: UnitOfWork, increase: Increase) -> list[str]:
    """All kinds; injury alone beside a relation elsewhere that the counter has been told of (A10)."""
    query = select(col(Relation.employer_no)).where(
        col(Relation.person_no) == increase.person_no, col(Relation.last_month).is_(None)
    )
    insured_with = set(await work.session.scalars(query))
    if increase.employer_no in insured_with:
        raise Problem(codes.ACTIVE_HERE)
    if not insured_with:
        return increase.kinds
    if CounterReason.DUPLICATE.value not in increase.reasons:
        raise Problem(codes.ACTIVE_ELSEWHERE)
    return [Kind.INJURY.value]


def _take_over(person: Person, increase: Increase) -> None:
    person.household, person.household_address = increase.household, increase.household_address
    person.home_address, person.phone = increase.home_address, increase.phone
    person.phone_masked = increase.phone_masked


def _decide(work: UnitOfWork, increase: Increase, state: IncreaseState, note: str) -> None:
    increase.state, increase.version = state.value, increase.version + 1
    increase.decided_at, increase.decided_by = work.now, work.caller.account
    increase.decision_note = note
