"""Whose money a caller may see: an employer its own, an officer the own district's."""

from __future__ import annotations

from sqlalchemy import ColumnElement, false, true
from sqlmodel import col

from contracts.errors import chassis as common
from contracts.identity import WHOLE_CITY, Caller
from services.billing.tables import Employer
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork


def in_reach(caller: Caller, employer: Employer) -> bool:
    """An officer's district decides also while acting on behalf of an employer."""
    if caller.is_system or caller.is_officer:
        return caller.works_with_employers and caller.sees_district(employer.district)
    return caller.employer_no == employer.employer_no


def reach_filter(caller: Caller) -> ColumnElement[bool]:
    """The same as a condition over employers in a list, which only officers get."""
    return district_filter(caller) if caller.works_with_employers else false()


def district_filter(caller: Caller) -> ColumnElement[bool]:
    """Employers of an officer's district, whatever the officer's role: for what is no employer's own affair."""
    if caller.is_system or caller.district == WHOLE_CITY:
        return true()
    return col(Employer.district) == caller.district if caller.is_officer else false()


async def employer_in_reach(work: UnitOfWork, employer_no: str, *, lock: bool = False) -> Employer:
    """The employer; Problem NOT_FOUND for a foreign one, which so does not exist for the caller."""
    employer = await work.session.get(Employer, employer_no, with_for_update=lock, populate_existing=lock)
    if employer is None or not in_reach(work.caller, employer):
        raise Problem(common.NOT_FOUND)
    return employer
