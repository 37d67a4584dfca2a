"""The employer takes part in other kinds: every open relation follows from that month on, and is told (domain 4.2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import or_, select
from sqlmodel import col

from contracts.events.enrollment import KindsChanged
from contracts.values import Kind, Scheme
from services.chassis.work import UnitOfWork
from services.enrollment.rules.kind_terms import KindTerm, kinds_in, moved, terms_of
from services.enrollment.tables import Employer, Person, Relation


async def kinds_held(work: UnitOfWork, numbers: Sequence[str]) -> dict[str, list[str]]:
    """The kinds of the employers known so far, before newer facts are written."""
    query = select(col(Employer.employer_no), col(Employer.kinds)).where(
        col(Employer.employer_no).in_(numbers), col(Employer.version) > 0
    )
    return {number: list(kinds) for number, kinds in await work.session.execute(query)}


async def follow_kinds(work: UnitOfWork, before: Mapping[str, Sequence[str]]) -> None:
    """Move the open relations of employers whose kinds differ now; the employers are locked."""
    query = select(Employer).where(col(Employer.employer_no).in_(before))
    found = await work.session.scalars(query.execution_options(populate_existing=True))
    for employer in sorted(found, key=lambda one: one.employer_no):
        terms = terms_of(employer.kind_terms)
        if terms and set(before[employer.employer_no]) != set(employer.kinds):
            await _move_all(work, employer.employer_no, before[employer.employer_no], terms[-1])


async def _move_all(work: UnitOfWork, employer_no: str, before: Sequence[str], term: KindTerm) -> None:
    last = col(Relation.last_month)
    query = select(Relation).where(
        col(Relation.employer_no) == employer_no, or_(last.is_(None), last >= term.from_month)
    )
    relations = (await work.session.scalars(query.order_by(col(Relation.person_no)))).all()
    numbers = sorted({relation.person_no for relation in relations})
    locked = select(Person).where(col(Person.person_no).in_(numbers)).order_by(col(Person.person_no))
    persons = {one.person_no: one for one in await work.session.scalars(locked.with_for_update())}
    for relation in relations:
        after = moved(relation.kinds, before, term.kinds)
        if set(after) != set(relation.kinds):
            person = persons[relation.person_no]
            person.version += 1
            await move_kinds(work, relation, person.version, KindTerm(term.from_month, after))


async def move_kinds(work: UnitOfWork, relation: Relation, version: int, term: KindTerm) -> None:
    """Write and tell the kinds of one relation from a month on, at its person's next version."""
    old, relation.version = tuple(Kind(kind) for kind in relation.kinds), version
    relation.kinds = list(term.kinds)
    relation.base_from = max(term.from_month, relation.from_month)
    work.session.add(relation)
    work.publish(KindsChanged(**state_of(relation), old_kinds=old))


async def kinds_of_their_first_month(
    work: UnitOfWork, relations: Sequence[Relation]
) -> list[tuple[Relation, KindTerm]]:
    """Give new relations the kinds in force in their first month; the terms after it, for each to follow."""
    by_employer: dict[str, list[Relation]] = defaultdict(list)
    for relation in relations:
        by_employer[relation.employer_no].append(relation)
    later = []
    for number in sorted(by_employer):
        terms = terms_of((await work.session.get_one(Employer, number)).kind_terms)
        for relation in by_employer[number] if len(terms) > 1 else ():
            later += _fitted(relation, terms)
    return later


def _fitted(relation: Relation, terms: Sequence[KindTerm]) -> list[tuple[Relation, KindTerm]]:
    whole = any(set(relation.kinds) == set(term.kinds) for term in terms)
    first = kinds_in(relation.from_month, terms)
    if not whole or first is None:
        return []
    relation.kinds = list(first)
    return [(relation, term) for term in terms if term.from_month > relation.from_month]


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
