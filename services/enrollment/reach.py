"""Whose data a caller may touch: an employer its own, an officer the own district's."""

from __future__ import annotations

from sqlalchemy import ColumnElement, false, or_, true
from sqlmodel import col

from contracts.errors import chassis as common
from contracts.errors import enrollment as codes
from contracts.identity import WHOLE_CITY, Caller
from contracts.values import Role
from services.chassis.identity import own_employer, require
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork
from services.enrollment.tables import Employer


def in_reach(caller: Caller, employer: Employer) -> bool:
    """An officer's district decides also while acting on behalf of an employer."""
    if caller.is_system:
        return True
    if caller.is_officer:
        return caller.works_with_employers and _in_district(caller, employer)
    return caller.employer_no == employer.employer_no


def _in_district(caller: Caller, employer: Employer) -> bool:
    return caller.sees_district(employer.district) or caller.sees_district(employer.paying_agency)


def reach_filter(caller: Caller) -> ColumnElement[bool]:
    """The same as a condition of a list; who acts on behalf of an employer gets that employer's alone."""
    own = col(Employer.employer_no) == caller.employer_no if caller.employer_no else true()
    if caller.is_officer and not caller.works_with_employers:
        return false()
    if caller.is_system or caller.district == WHOLE_CITY:
        return own
    if caller.is_officer:
        agency = or_(
            col(Employer.district) == caller.district, col(Employer.paying_agency) == caller.district
        )
        return own & agency
    return own if caller.employer_no else false()


async def employer_in_reach(work: UnitOfWork, employer_no: str, *, lock: bool = False) -> Employer:
    """The employer; Problem NOT_FOUND for a foreign one, which so does not exist for the caller."""
    employer = await work.session.get(
        Employer, employer_no, with_for_update=lock or None, populate_existing=lock
    )
    if employer is None or not in_reach(work.caller, employer):
        raise Problem(common.NOT_FOUND)
    if work.caller.employer_no not in (None, employer_no):
        raise Problem(common.NOT_FOUND)
    return employer


async def acting_employer(work: UnitOfWork, *, lock: bool = True) -> Employer:
    """The employer for which the caller acts: the specialist, or an officer of the counter (协议 五).

    Its row is locked, so that its acts follow one another and its facts keep their order; a preview needs none.

    Problem FORBIDDEN for other roles, EMPLOYER_UNKNOWN before its register entry has arrived.
    """
    number = own_employer(work.caller)
    require(work.caller, *((Role.COUNTER,) if work.caller.is_officer else (Role.PREPARER, Role.APPROVER)))
    await _known(work, number)
    employer = await employer_in_reach(work, number, lock=lock)
    if employer.version == 0:
        raise Problem(codes.EMPLOYER_UNKNOWN)
    if employer.deregistered_on is not None:
        raise Problem(codes.EMPLOYER_CLOSED)
    return employer


async def _known(work: UnitOfWork, number: str) -> None:
    """An employer whose own fact is still on its way is told so; a stranger's number tells an officer nothing."""
    if not work.caller.is_officer and await work.session.get(Employer, number) is None:
        raise Problem(codes.EMPLOYER_UNKNOWN)


def require_reader(caller: Caller) -> None:
    """Problem FORBIDDEN for an account that belongs neither to an employer nor to the agency."""
    if not (caller.is_system or caller.is_officer or caller.employer_no):
        raise Problem(common.FORBIDDEN)
