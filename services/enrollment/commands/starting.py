"""An increase becomes valid: relation and EnrollmentStarted, whichever way it was confirmed."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select, text
from sqlmodel import col

from contracts.events.enrollment import BaseAdjusted, Confirmation, EnrollmentEnded, EnrollmentStarted
from contracts.values import Month, Outcome
from services.chassis.work import UnitOfWork
from services.enrollment.calendar import released_limits
from services.enrollment.commands.kinds import kinds_of_their_first_month, move_kinds, state_of
from services.enrollment.commands.persons import lock_person
from services.enrollment.decisions import tell
from services.enrollment.rules.base import contribution_base
from services.enrollment.rules.kind_terms import KindTerm
from services.enrollment.rules.limits import Limits
from services.enrollment.tables import Increase, Relation

_OPEN = text(
    "INSERT INTO relations (enrollment_id, person_no, employer_no, version, scheme, kinds, rural_contract, "
    "hired_on, contract_until, from_month, declared_wage, base, base_from, confirmed_on) "
    "SELECT i.enrollment_id, i.person_no, i.employer_no, u.version, i.scheme, i.kinds, i.rural_contract, "
    "i.hired_on, i.contract_until, i.first_month, i.declared_wage, i.base, i.first_month, :today "
    "FROM unnest(CAST(:submissions AS varchar[]), CAST(:versions AS integer[])) AS u(submission_no, version) "
    "JOIN increases i USING (submission_no)"
)


async def open_relations(
    work: UnitOfWork, confirmed: Sequence[tuple[Increase, int]], confirmation: Confirmation
) -> None:
    """Open the relations of increases that are written, each at the version of its person, and tell them."""
    values = {
        "submissions": [increase.submission_no for increase, _ in confirmed],
        "versions": [version for _, version in confirmed],
        "today": work.today,
    }
    await work.session.execute(_OPEN, values)
    ids = [increase.enrollment_id for increase, _ in confirmed]
    query = select(Relation).where(col(Relation.enrollment_id).in_(ids))
    opened = {relation.enrollment_id: relation for relation in await work.session.scalars(query)}
    later = await kinds_of_their_first_month(work, list(opened.values()))
    for increase, _ in confirmed:
        if increase.enrollment_id is not None:
            _tell_started(work, increase, opened[increase.enrollment_id], confirmation)
    await _follow_terms(work, later)
    await _follow_limits(work, [it for it in opened.values() if it.from_month.year < work.today.year])


async def _follow_terms(work: UnitOfWork, later: Sequence[tuple[Relation, KindTerm]]) -> None:
    """A relation that reaches back behind a change of kinds follows it from its month on."""
    for relation, term in later:
        person = await lock_person(work, relation.person_no)
        person.version += 1
        await move_kinds(work, relation, person.version, term)


async def _follow_limits(work: UnitOfWork, relations: Sequence[Relation]) -> None:
    """A relation that reaches back over a year's end follows the limits published since (A16)."""
    if not relations:
        return
    published = sorted(await released_limits(work), key=lambda limits: limits.effective_from)
    current = Month.of(work.today)
    for relation in sorted(relations, key=lambda it: it.person_no):
        for limits in published:
            if relation.from_month < limits.effective_from <= current:
                await _adjust(work, relation, limits)


async def _adjust(work: UnitOfWork, relation: Relation, limits: Limits) -> None:
    base = contribution_base(relation.declared_wage, limits.floor, limits.ceiling).base
    if base == relation.base:
        return
    person = await lock_person(work, relation.person_no)
    person.version += 1
    old, relation.version = relation.base, person.version
    relation.base, relation.base_from = base, limits.effective_from
    await work.session.flush()
    work.publish(BaseAdjusted(**state_of(relation), old_base=old, cause="limits"))


def _tell_started(
    work: UnitOfWork, increase: Increase, relation: Relation, confirmation: Confirmation
) -> None:
    """Limit and lateness travel with the fact (A8)."""
    event = EnrollmentStarted(
        **state_of(relation),
        submission_no=increase.submission_no,
        confirmation=confirmation,
        confirmed_on=relation.confirmed_on,
        limit_day=increase.limit_day,
        late=increase.late,
    )
    work.publish(event)
    tell(work, increase, Outcome.ACCEPTED)


def tell_ended(work: UnitOfWork, relation: Relation) -> EnrollmentEnded:
    """Publish that a relation ended; premiums are owed through its last month (A11)."""
    if relation.left_on is None:
        raise ValueError("a relation that ended says when the person left")
    event = EnrollmentEnded(**state_of(relation), reason=relation.left_reason, left_on=relation.left_on)
    work.publish(event)
    return event
