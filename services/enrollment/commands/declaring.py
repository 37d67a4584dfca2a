"""缴费基数申报: the wages of the year before are sent, bases follow, signatures and posting are recorded (三(三)1)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from contracts.errors import enrollment as codes
from contracts.errors.code import Fault
from contracts.events.enrollment import BaseDeclared
from contracts.http.enrollment import BasePreview, BasesDeclared, DeclareBases, PostBases, SignBases
from contracts.values import Role
from services.chassis.identity import require_approver
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork
from services.enrollment.commands.kinds import state_of
from services.enrollment.decisions import tell_round
from services.enrollment.queries.declaring import Declaring, check_year, examine, undeclared
from services.enrollment.queries.declaring import preview as preview_of
from services.enrollment.reach import acting_employer
from services.enrollment.rules import declaring as rules
from services.enrollment.tables import BaseRound, DeclaredBase, Employer, Person, Relation

_PRINT = "请打印《职工缴费基数申报确认表》，组织职工逐人签字，公示不少于10天后留存备查"
_LEFT = "还有{left}人未申报，请在1月10日前申报"


async def preview(work: UnitOfWork, asked: DeclareBases) -> BasePreview:
    """What a sending would do; nothing is stored."""
    return await preview_of(work, await acting_employer(work, lock=False), asked)


async def declare(work: UnitOfWork, asked: DeclareBases) -> BasesDeclared:
    """Declare bases: all rows or none; Problem BASES_REFUSED with every faulty cell."""
    employer = await acting_employer(work)
    require_approver(work.caller, Role.COUNTER)
    check_year(work, asked.year)
    await _lock(work, employer, asked)
    judged = await examine(work, employer, asked)
    _all_or_nothing(judged)
    await _keep(work, asked.year, judged)
    for one in judged:
        _apply(work, asked.year, one)
    left = await undeclared(work, employer.employer_no, asked.year)
    return _told(work, await _round(work, employer, asked.year), len(judged), left)


async def sign(work: UnitOfWork, asked: SignBases) -> BasesDeclared:
    """Record who has signed the 确认表 on paper; a base declared anew has to be signed anew."""
    employer = await acting_employer(work)
    declared = await _declared(work, employer, asked.year)
    if not rules.january(asked.year).first_day <= asked.signed_on <= work.today:
        raise Problem(codes.BASES_SIGNED_EARLY, field="signed_on")
    mine = (col(DeclaredBase.employer_no) == employer.employer_no) & (col(DeclaredBase.year) == asked.year)
    signed = update(DeclaredBase).where(mine, col(DeclaredBase.enrollment_id).in_(asked.enrollment_ids))
    await work.session.execute(signed.values(signed_on=asked.signed_on))
    work.audit("bases_signed", declared.declaration_no, employer_no=employer.employer_no, after=asked)
    return await _answer(work, declared)


async def post(work: UnitOfWork, asked: PostBases) -> BasesDeclared:
    """Record the days of posting (公示), ten at least."""
    employer = await acting_employer(work)
    declared = await _declared(work, employer, asked.year)
    if not rules.posting_stands(asked.posted_from, asked.posted_to) or asked.posted_from > work.today:
        raise Problem(codes.BASES_POSTED, field="posted_to", days=rules.POSTED_DAYS)
    declared.posted_from, declared.posted_to = asked.posted_from, asked.posted_to
    work.audit("bases_posted", declared.declaration_no, employer_no=employer.employer_no, after=asked)
    return await _answer(work, declared)


async def _lock(work: UnitOfWork, employer: Employer, asked: DeclareBases) -> None:
    """The persons in one order: a fact about each follows at the person's next version."""
    ids = [row.enrollment_id for row in asked.rows]
    ours = select(col(Relation.person_no)).where(
        col(Relation.enrollment_id).in_(ids), col(Relation.employer_no) == employer.employer_no
    )
    query = select(col(Person.person_no)).where(col(Person.person_no).in_(ours))
    await work.session.execute(query.order_by(col(Person.person_no)).with_for_update())


def _all_or_nothing(judged: Sequence[Declaring]) -> None:
    refused = [one for one in judged if one.faults]
    if not refused:
        return
    faults = tuple(
        Fault(**fault.model_dump() | {"field": f"rows.{one.asked.enrollment_id}.{fault.field}"})
        for one in refused
        for fault in one.faults
    )
    raise Problem(codes.BASES_REFUSED, field=faults[0].field, faults=faults, count=len(refused))


async def _keep(work: UnitOfWork, year: int, judged: Sequence[Declaring]) -> None:
    """The declarations in bulk; one sent again loses its signature."""
    rows = [
        one.asked.model_dump()
        | {
            "year": year,
            "employer_no": one.relation.employer_no,
            "declared_wage": one.base.declared_wage,
            "base": one.base.base,
            "clamped": one.base.clamped.value,
            "signed_on": None,
        }
        for one in judged
        if one.relation and one.base
    ]
    given = insert(DeclaredBase)
    new = {
        name: given.excluded[name] for name in rows[0] if name not in ("enrollment_id", "year", "employer_no")
    }
    clause = given.on_conflict_do_update(index_elements=["enrollment_id", "year"], set_=new)
    await work.session.execute(clause, rows)


def _apply(work: UnitOfWork, year: int, one: Declaring) -> None:
    """The relation takes its base from January on, at the next version of its person, and says so."""
    relation, person, base = one.relation, one.person, one.base
    if relation is None or person is None or base is None:
        raise LookupError("a row without faults has a relation and a base")
    person.version += 1
    relation.version, relation.base_from = person.version, rules.january(year)
    relation.declared_wage, relation.base = base.declared_wage, base.base
    work.publish(BaseDeclared(**state_of(relation), year=year))


async def _round(work: UnitOfWork, employer: Employer, year: int) -> BaseRound:
    """The round at its next version."""
    found = await work.session.get(BaseRound, (employer.employer_no, year), with_for_update=True)
    if found is None:
        found = BaseRound(
            employer_no=employer.employer_no,
            year=year,
            declaration_no=f"S{employer.employer_no}-{year}",
            submitted_at=work.now,
            submitted_by=work.caller.account,
            channel=work.caller.channel.value,
        )
        work.session.add(found)
    found.version += 1
    found.submitted_at, found.submitted_by = work.now, work.caller.account
    found.channel = work.caller.channel.value
    return found


async def _declared(work: UnitOfWork, employer: Employer, year: int) -> BaseRound:
    found = await work.session.get(BaseRound, (employer.employer_no, year), with_for_update=True)
    if found is None:
        raise Problem(codes.BASES_NOT_DECLARED)
    return found


def _told(work: UnitOfWork, declared: BaseRound, count: int, left: int) -> BasesDeclared:
    reason = f"{declared.year}年度缴费基数已申报{count}人"
    tell_round(work, declared, reason, _LEFT.format(left=left) if left else _PRINT)
    said = BasesDeclared(
        declaration_no=declared.declaration_no, year=declared.year, declared=count, left=left
    )
    work.audit("bases_declared", said.declaration_no, employer_no=declared.employer_no, after=said)
    return said


async def _answer(work: UnitOfWork, declared: BaseRound) -> BasesDeclared:
    left = await undeclared(work, declared.employer_no, declared.year)
    return BasesDeclared(declaration_no=declared.declaration_no, year=declared.year, declared=0, left=left)
