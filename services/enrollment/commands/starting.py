"""An increase becomes valid: relation and EnrollmentStarted, whichever way it was confirmed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from contracts.events.enrollment import Confirmation, EnrollmentEnded, EnrollmentStarted
from contracts.values import Kind, Scheme
from services.chassis.work import UnitOfWork
from services.enrollment.tables import Increase, Relation


def relation_of(work: UnitOfWork, increase: Increase, enrollment_id: UUID, version: int) -> Relation:
    """The relation that a confirmed increase opens."""
    return Relation(
        enrollment_id=enrollment_id,
        person_no=increase.person_no,
        employer_no=increase.employer_no,
        version=version,
        scheme=increase.scheme,
        kinds=increase.kinds,
        rural_contract=increase.rural_contract,
        hired_on=increase.hired_on,
        contract_until=increase.contract_until,
        from_month=increase.first_month,
        declared_wage=increase.declared_wage,
        base=increase.base,
        base_from=increase.first_month,
        confirmed_on=work.today,
    )


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


def tell_started(
    work: UnitOfWork, increase: Increase, relation: Relation, confirmation: Confirmation
) -> EnrollmentStarted:
    """Publish the fact; limit and lateness travel with it (A8)."""
    event = EnrollmentStarted(
        **state_of(relation),
        submission_no=increase.submission_no,
        confirmation=confirmation,
        confirmed_on=relation.confirmed_on,
        limit_day=increase.limit_day,
        late=increase.late,
    )
    work.publish(event)
    return event


def tell_ended(work: UnitOfWork, relation: Relation) -> EnrollmentEnded:
    """Publish that a relation ended; premiums are owed through its last month (A11)."""
    if relation.left_on is None:
        raise ValueError("a relation that ended says when the person left")
    event = EnrollmentEnded(**state_of(relation), reason=relation.left_reason, left_on=relation.left_on)
    work.publish(event)
    return event
