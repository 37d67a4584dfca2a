"""Whose data a caller may touch: an employer its own, an officer the own district's."""

from __future__ import annotations

from sqlalchemy import ColumnElement, false, true
from sqlmodel import col

from contracts.errors import chassis as common
from contracts.errors import registry as codes
from contracts.identity import WHOLE_CITY, Caller
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork
from services.registry.tables import Account, Employer


def in_reach(caller: Caller, employer: Employer) -> bool:
    """An officer's district decides also while acting on behalf of an employer."""
    if caller.is_system or caller.is_officer:
        return caller.sees_district(employer.district)
    return caller.employer_no == employer.employer_no


def reach_filter(caller: Caller) -> ColumnElement[bool]:
    """The same as a condition of a list, which only officers get."""
    if caller.is_system or caller.district == WHOLE_CITY:
        return true()
    return col(Employer.district) == caller.district if caller.is_officer else false()


async def employer_in_reach(work: UnitOfWork, employer_no: str, *, lock: bool = False) -> Employer:
    """The employer; Problem NOT_FOUND for a foreign one, which so does not exist for the caller."""
    employer = await work.session.get(Employer, employer_no, with_for_update=lock)
    if employer is None or not in_reach(work.caller, employer):
        raise Problem(common.NOT_FOUND)
    return employer


def require_registered(employer: Employer) -> None:
    """Problem DEREGISTERED for an employer that exists no more."""
    if employer.deregistered_on is not None:
        raise Problem(codes.DEREGISTERED, day=employer.deregistered_on)


async def account_in_reach(work: UnitOfWork, account: Account) -> bool:
    """Whether an account lies in the caller's district."""
    if account.district:
        return work.caller.sees_district(account.district)
    employer = await work.session.get(Employer, account.employer_no)
    return employer is not None and in_reach(work.caller, employer)
