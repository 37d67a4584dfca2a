"""The roster of an employer by pinyin, and persons' names in bulk."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select, true
from sqlmodel import col

from contracts.errors import chassis as common
from contracts.http.enrollment import PersonName, PersonNames, PersonNos, RosterPage, RosterRow
from contracts.http.paging import PAGE_SIZE
from contracts.values import Kind, Month
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork
from services.enrollment.reach import employer_in_reach, reach_filter, require_reader
from services.enrollment.rules.identity_number import normalised
from services.enrollment.rules.name_key import search_key
from services.enrollment.tables import Employer, Increase, Person, Relation

_NUMBER_LENGTH = 9


def _row(relation: Relation, person: Person) -> RosterRow:
    return RosterRow(
        enrollment_id=relation.enrollment_id,
        person_no=relation.person_no,
        name=person.name,
        id_number_masked=person.id_number_masked,
        phone_masked=person.phone_masked,
        hired_on=relation.hired_on,
        from_month=relation.from_month,
        last_month=relation.last_month,
        declared_wage=relation.declared_wage,
        base=relation.base,
        kinds=tuple(Kind(kind) for kind in relation.kinds),
        rural_contract=relation.rural_contract,
    )


async def relation_in_reach(work: UnitOfWork, enrollment_id: UUID) -> tuple[Relation, Person]:
    """A relation with its person; Problem NOT_FOUND for a foreign one."""
    relation = await work.session.get(Relation, enrollment_id)
    if relation is None:
        raise Problem(common.NOT_FOUND)
    await employer_in_reach(work, relation.employer_no)
    return relation, await work.session.get_one(Person, relation.person_no)


async def roster_row(work: UnitOfWork, enrollment_id: UUID) -> RosterRow:
    """One insured person."""
    return _row(*await relation_in_reach(work, enrollment_id))


def _found(work: UnitOfWork, text: str) -> ColumnElement[bool]:
    """By name, pinyin, initials, 个人编号, or a whole identity number, which is only compared blind."""
    words = "".join(text.split())
    if not words:
        return true()
    matches = [
        col(Person.name).contains(words, autoescape=True),
        func.replace(col(Person.name_key), " ", "").contains(search_key(words), autoescape=True),
        col(Person.person_no) == words,
    ]
    if len(words) >= _NUMBER_LENGTH:
        blind = work.chassis.vault.blind(normalised(words))
        matches.append(col(Person.id_number_blind) == blind)
    return or_(*matches)


async def roster(
    work: UnitOfWork,
    *,
    text: str = "",
    ended: bool = False,
    employer_no: str = "",
    page: int = 1,
    size: int = PAGE_SIZE,
) -> RosterPage:
    """Persons insured in this month or later, or those whose last month has passed; by pinyin."""
    require_reader(work.caller)
    month = Month.of(work.today).yyyymm
    open_now = or_(col(Relation.last_month).is_(None), col(Relation.last_month) >= month)
    where = reach_filter(work.caller) & _found(work, text) & (~open_now if ended else open_now)
    where &= col(Relation.employer_no) == employer_no if employer_no else true()
    joined = (
        select(Relation, Person)
        .join(Person, col(Person.person_no) == col(Relation.person_no))
        .join(Employer, col(Employer.employer_no) == col(Relation.employer_no))
        .where(where)
    )
    total = await work.session.scalar(joined.with_only_columns(func.count()))
    order = (col(Person.name_key), col(Person.person_no), col(Relation.from_month))
    rows = await work.session.execute(joined.order_by(*order).offset((page - 1) * size).limit(size))
    return RosterPage(
        total=total or 0, page=page, size=size, rows=tuple(_row(row[0], row[1]) for row in rows)
    )


async def names(work: UnitOfWork, asked: PersonNos) -> PersonNames:
    """Names of those persons whom the caller's employers have insured or submitted; others are left out."""
    require_reader(work.caller)
    if not asked.person_nos:
        return PersonNames(rows=())
    known = await _visible(work, asked.person_nos)
    query = select(Person).where(col(Person.person_no).in_(known)).order_by(col(Person.name_key))
    return PersonNames(
        rows=tuple(
            PersonName(person_no=p.person_no, name=p.name, id_number_masked=p.id_number_masked)
            for p in await work.session.scalars(query)
        )
    )


async def _visible(work: UnitOfWork, numbers: Sequence[str]) -> set[str]:
    reach = reach_filter(work.caller)
    found: set[str] = set()
    for table in (Relation, Increase):
        query = (
            select(col(table.person_no))
            .join(Employer, col(Employer.employer_no) == col(table.employer_no))
            .where(col(table.person_no).in_(numbers), reach)
        )
        found.update(await work.session.scalars(query))
    return found
