"""What a sending of bases would do: each row judged, and who is left (clause 三(三)1)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlmodel import col

from contracts.errors import enrollment as codes
from contracts.errors.code import Fault
from contracts.http.enrollment import BasePreview, BasePreviewRow, DeclareBases, DeclaredWage
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork
from services.enrollment.calendar import released_limits
from services.enrollment.rules import declaring as rules
from services.enrollment.rules.base import Base
from services.enrollment.rules.limits import Limits, limits_in
from services.enrollment.tables import DeclaredBase, Employer, Person, Relation

_REPEATED = Fault(field="enrollment_id", code="bases.repeated", message="同一人员填写了两次")
_STRANGER = Fault(field="enrollment_id", code="bases.not_due", message="该人员不在本次申报范围内")


@dataclass(frozen=True, slots=True)
class Declaring:
    """A person in a sending: with the base that follows, or with its faults."""

    asked: DeclaredWage
    relation: Relation | None
    person: Person | None
    base: Base | None
    faults: tuple[Fault, ...] = ()
    again: bool = False
    """Declared before in this year."""


def due_of(employer_no: str, year: int) -> ColumnElement[bool]:
    """The condition of `rules.is_due` in the database."""
    first = rules.january(year)
    still_here = or_(col(Relation.last_month).is_(None), col(Relation.last_month) >= first)
    known = or_(
        col(Relation.confirmed_on) < first.first_day,
        and_(~col(Relation.imported), col(Relation.confirmed_on) <= rules.deadline(year)),
    )
    before = (col(Relation.from_month) < first) & known
    return and_(col(Relation.employer_no) == employer_no, before, still_here)


def check_year(work: UnitOfWork, year: int) -> None:
    """Problem BASES_YEAR unless it is the current one: a base is declared in its own year."""
    if year != work.today.year:
        raise Problem(codes.BASES_YEAR, field="year", year=work.today.year)


async def limits_of(work: UnitOfWork, year: int) -> Limits:
    """Those in force in January: the last year's until new ones are published."""
    return limits_in(rules.january(year), await released_limits(work))


async def examine(work: UnitOfWork, employer: Employer, asked: DeclareBases) -> list[Declaring]:
    """Judge every row; persons are locked by the caller where the sending is meant."""
    limits = await limits_of(work, asked.year)
    query = people_of(employer.employer_no, asked.year).where(
        col(Relation.enrollment_id).in_([row.enrollment_id for row in asked.rows])
    )
    found = {row[0].enrollment_id: row for row in await work.session.execute(query)}
    repeated = Counter(row.enrollment_id for row in asked.rows)
    judged = []
    for row in asked.rows:
        relation, person, own = found.get(row.enrollment_id, (None, None, None))
        twice = repeated[row.enrollment_id] > 1
        faults = (_REPEATED,) if twice else _faults(work, asked.year, relation, own, row)
        base = None if faults else rules.declared_base(row.wage_total, row.months, limits)
        judged.append(Declaring(row, relation, person, base, faults, again=own is not None))
    return judged


def _faults(
    work: UnitOfWork, year: int, relation: Relation | None, own: DeclaredBase | None, row: DeclaredWage
) -> tuple[Fault, ...]:
    if relation is None:
        return (_STRANGER,)
    return rules.faults_of(year, work.today, _insured(relation, own), row.wage_total, row.months)


def _insured(relation: Relation, own: DeclaredBase | None) -> rules.Insured:
    return rules.Insured(
        from_month=relation.from_month,
        last_month=relation.last_month,
        confirmed_on=relation.confirmed_on,
        imported=relation.imported,
        base=relation.base,
        declared=own is not None,
    )


def people_of(employer_no: str, year: int) -> Select[Relation, Person, DeclaredBase | None]:
    """Relations of an employer with their persons, and what was declared of them for the year."""
    own = and_(col(DeclaredBase.enrollment_id) == col(Relation.enrollment_id), col(DeclaredBase.year) == year)
    return (
        select(Relation, Person, DeclaredBase)
        .join(Person, col(Person.person_no) == col(Relation.person_no))
        .outerjoin(DeclaredBase, own)
        .where(col(Relation.employer_no) == employer_no)
        .execution_options(populate_existing=True)
    )


async def preview(work: UnitOfWork, employer: Employer, asked: DeclareBases) -> BasePreview:
    """A sending computed before it is sent."""
    check_year(work, asked.year)
    judged = await examine(work, employer, asked)
    rows = tuple(map(preview_row, judged))
    fresh = sum(1 for one in judged if one.base and not one.again)
    left = await undeclared(work, employer.employer_no, asked.year)
    return BasePreview(
        year=asked.year, rows=rows, faulty=sum(1 for row in rows if row.faults), left=left - fresh
    )


def preview_row(one: Declaring) -> BasePreviewRow:
    """A judged row as the employer sees it."""
    facts = one.asked.model_dump()
    if one.relation is None or one.person is None:
        return BasePreviewRow(**facts, faults=one.faults)
    facts |= {"person_no": one.relation.person_no, "name": one.person.name, "current_base": one.relation.base}
    if one.base is None:
        return BasePreviewRow(**facts, faults=one.faults)
    return BasePreviewRow(
        **facts,
        declared_wage=one.base.declared_wage,
        base=one.base.base,
        clamped=one.base.clamped.value,
        warnings=rules.warnings_of(_insured(one.relation, None), one.base),
    )


async def undeclared(work: UnitOfWork, employer_no: str, year: int) -> int:
    """Persons still to be declared."""
    done = select(col(DeclaredBase.enrollment_id)).where(col(DeclaredBase.year) == year)
    query = select(func.count()).select_from(Relation).where(due_of(employer_no, year))
    return await work.session.scalar(query.where(col(Relation.enrollment_id).not_in(done))) or 0
