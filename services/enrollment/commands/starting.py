"""An increase becomes valid: relation and EnrollmentStarted, whichever way it was confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select, text
from sqlmodel import col

from contracts.events.enrollment import Confirmation, EnrollmentEnded, EnrollmentStarted
from contracts.values import Kind, Outcome, Scheme
from services.chassis.work import UnitOfWork
from services.enrollment.decisions import tell
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
    for increase, _ in confirmed:
        if increase.enrollment_id is not None:
            _tell_started(work, increase, opened[increase.enrollment_id], confirmation)


def state_of(relation: Relation) -> dict[str, Any]:
    """The fields of every event about a relation."""
    return {
        "version": relation.version,
        "employer_no": relation.employer_no,
        "enrollment_id": relation.enrollment_id,
        "person_no": relation.person_no,
        "scheme": Scheme(relation.scheme),
        "kinds": tuple(Kind(kind) for kind in relation.kinds),
        "rural_contract": relation.rural_contract,
        "hired_on": relation.hired_on,
        "from_month": relation.from_month,
        "last_month": relation.last_month,
        "declared_wage": relation.declared_wage,
        "base": relation.base,
        "base_from": relation.base_from,
        "imported": relation.imported,
    }


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
