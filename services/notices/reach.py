"""Whose notices a caller may see: an employer its own, an officer the own district's."""

from __future__ import annotations

from sqlalchemy import ColumnElement, literal, select, true
from sqlmodel import col

from contracts.errors import chassis as common
from contracts.http.notices import OrderState
from contracts.identity import WHOLE_CITY, Caller
from services.chassis.identity import own_employer
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork
from services.notices.rules.covering import WITHDRAWN
from services.notices.tables import Employer, Order

_NOT_TOLD = (OrderState.PREPARED, WITHDRAWN)


def own_reader(caller: Caller) -> str:
    """The employer whose own account reads; Problem FORBIDDEN for an officer, also one acting on its behalf.

    What an officer opens has not reached the employer (A31).
    """
    if caller.is_officer:
        raise Problem(common.FORBIDDEN)
    return own_employer(caller)


def in_district(caller: Caller) -> ColumnElement[bool]:
    """Employers whose register entry has come and lies in the district of an officer who works with employers."""
    known = (col(Employer.version) > 0) & literal(caller.works_with_employers)
    whole = caller.is_system or caller.district == WHOLE_CITY
    return known & (true() if whole else col(Employer.district) == caller.district)


async def employer_of(work: UnitOfWork) -> str:
    """The employer whose results are asked for; Problem NOT_FOUND where an officer's district is another."""
    number = own_employer(work.caller)
    if not work.caller.is_officer:
        return number
    query = select(col(Employer.employer_no)).where(
        in_district(work.caller), col(Employer.employer_no) == number
    )
    if await work.session.scalar(query) is None:
        raise Problem(common.NOT_FOUND)
    return number


def orders_in_reach(caller: Caller) -> ColumnElement[bool]:
    """Orders joined with employers: issued ones of the employer; all but withdrawn ones of the district."""
    if caller.is_officer or caller.is_system:
        told = in_district(caller) & (col(Order.state) != WITHDRAWN)
        return told & (col(Order.employer_no) == caller.employer_no) if caller.employer_no else told
    return (col(Order.employer_no) == own_employer(caller)) & col(Order.state).not_in(_NOT_TOLD)
