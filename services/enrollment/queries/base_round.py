"""The round of one employer and year as it stands (缴费基数申报)."""

from __future__ import annotations

from sqlalchemy import func
from sqlmodel import col

from contracts.http.enrollment import BaseRound, BaseRow
from contracts.http.paging import PAGE_SIZE
from services.chassis.identity import own_employer
from services.chassis.work import UnitOfWork
from services.enrollment.queries.declaring import due_of, limits_of, people_of
from services.enrollment.reach import employer_in_reach
from services.enrollment.rules import declaring as rules
from services.enrollment.tables import BaseRound as Round
from services.enrollment.tables import DeclaredBase, Person, Relation


async def base_round(work: UnitOfWork, year: int, *, page: int = 1, size: int = PAGE_SIZE) -> BaseRound:
    """The round as it stands, persons by pinyin, those to be declared first."""
    number = own_employer(work.caller)
    await employer_in_reach(work, number)
    limits = await limits_of(work, year)
    people = people_of(number, year).where(due_of(number, year))
    order = (col(DeclaredBase.year).is_not(None), col(Person.name_key), col(Person.person_no))
    rows = await work.session.execute(people.order_by(*order).offset((page - 1) * size).limit(size))
    views = tuple(_view(year, relation, person, own) for relation, person, own in rows)
    counts = people.with_only_columns(
        func.count(), func.count(col(DeclaredBase.year)), func.count(col(DeclaredBase.signed_on))
    )
    total, declared, signed = (await work.session.execute(counts)).one()
    head = await work.session.get(Round, (number, year))
    facts = {"declaration_no", "submitted_at", "posted_from", "posted_to"}
    return BaseRound(
        total=total,
        page=page,
        size=size,
        year=year,
        floor=limits.floor,
        ceiling=limits.ceiling,
        deadline=rules.deadline(year),
        due_persons=total,
        declared_persons=declared,
        signed_persons=signed,
        rows=views,
        **(head.model_dump(include=facts) if head else {}),
    )


def _view(year: int, relation: Relation, person: Person, own: DeclaredBase | None) -> BaseRow:
    facts = {"wage_total", "months", "declared_wage", "base", "clamped", "signed_on"}
    return BaseRow(
        enrollment_id=relation.enrollment_id,
        person_no=relation.person_no,
        name=person.name,
        id_number_masked=person.id_number_masked,
        from_month=relation.from_month,
        months_before=rules.months_before(year, relation.from_month),
        current_base=relation.base,
        **(own.model_dump(include=facts) if own else {}),
    )
