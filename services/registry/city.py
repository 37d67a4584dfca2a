"""What holds for the whole city is entered by officers of 市本级, each kind by its role."""

from __future__ import annotations

from contracts.errors import chassis as common
from contracts.identity import WHOLE_CITY
from contracts.values import Role
from services.chassis.identity import require
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork


def require_in_city(work: UnitOfWork, role: Role) -> None:
    """Problem FORBIDDEN unless the caller has the role for the whole city."""
    require(work.caller, role)
    if not work.caller.sees_district(WHOLE_CITY):
        raise Problem(common.FORBIDDEN)


def require_officer(work: UnitOfWork) -> None:
    """Problem FORBIDDEN unless the caller is one of the agency's people."""
    if not (work.caller.is_officer or work.caller.is_system):
        raise Problem(common.FORBIDDEN)
