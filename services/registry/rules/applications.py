"""Written applications: which materials each needs, and when it is overdue (clause 三(六), reading A32)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from contracts.http.applications import ApplicationMaterial as Material
from contracts.http.applications import ApplicationMatter, ApplicationState
from services.chassis.workdays import WorkingDays

_EVERY = (Material.APPLICATION, Material.SEAL, Material.SIGNATURE)
_OF_A_PERSON = (Material.AUTHORISATION, Material.IDENTITY_ORIGINAL, Material.IDENTITY_COPY)
NAMING = frozenset({ApplicationMatter.SPECIALIST, ApplicationMatter.APPROVER})
"""Matters that name the person who acts from now on."""
OF_THE_APPROVER = frozenset(
    {ApplicationMatter.APPROVER, ApplicationMatter.APPROVER_PASSWORD, ApplicationMatter.APPROVER_END}
)
"""Matters of the separate approver, of which one is open at a time."""
TERM_WORKING_DAYS = 1


def needs(matter: ApplicationMatter) -> tuple[Material, ...]:
    """The materials of a matter, in the order in which they are asked for."""
    return (*_EVERY, *_OF_A_PERSON) if matter in NAMING else _EVERY


def missing(matter: ApplicationMatter, seen: Collection[Material]) -> tuple[Material, ...]:
    """What is still to be shown."""
    return tuple(material for material in needs(matter) if material not in seen)


def term(day: date, calendar: WorkingDays) -> date:
    """The last day of 一个工作日 that begins on a day, which itself is not counted; it ends at 24:00."""
    return calendar.add_working_days(day, TERM_WORKING_DAYS)


def is_overdue(state: ApplicationState, check_by: date, due_on: date | None, today: date) -> bool:
    """True once the working day to check, or to finish, has passed; what has ended is never overdue."""
    if state is ApplicationState.RECEIVED:
        return today > check_by
    return state is ApplicationState.CHECKED and due_on is not None and today > due_on
