"""Written applications: the officer's list with what is overdue, an employer's own, one of them."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, func, or_, select, true
from sqlmodel import col

from contracts.errors import chassis as common
from contracts.http.applications import ApplicationPage, ApplicationState, ApplicationView
from contracts.http.paging import PAGE_SIZE
from contracts.values import Role
from services.chassis.identity import require
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork
from services.registry.papers import view_of
from services.registry.reach import employer_in_reach, reach_filter
from services.registry.searching import matches
from services.registry.tables import Application, Employer

_ENDED = (ApplicationState.RETURNED, ApplicationState.DONE)


async def applications(
    work: UnitOfWork, *, state: ApplicationState | None, text: str = "", page: int = 1, size: int = PAGE_SIZE
) -> ApplicationPage:
    """Applications of the officer's district, the longest waiting first; ended ones the latest first."""
    require(work.caller, Role.COUNTER)
    where = reach_filter(work.caller) & _in_state(state) & matches(col(Application.application_no), text)
    order = col(Application.application_no)
    found = _both().where(where).order_by(order.desc() if state in _ENDED else order)
    return await _page(work, found, where, page, size)


async def of_employer(
    work: UnitOfWork, employer_no: str, *, page: int = 1, size: int = PAGE_SIZE
) -> ApplicationPage:
    """What one employer has applied for, the latest first; Problem NOT_FOUND for a foreign one."""
    await employer_in_reach(work, employer_no)
    where = col(Application.employer_no) == employer_no
    found = _both().where(where).order_by(col(Application.application_no).desc())
    return await _page(work, found, where, page, size)


async def application(work: UnitOfWork, application_no: str) -> ApplicationView:
    """One application; Problem NOT_FOUND for a foreign one."""
    row = await work.session.get(Application, application_no)
    if row is None:
        raise Problem(common.NOT_FOUND)
    return view_of(row, await employer_in_reach(work, row.employer_no), work.today)


def _both() -> Select[Application, Employer]:
    return select(Application, Employer).join(
        Employer, col(Employer.employer_no) == col(Application.employer_no)
    )


def _in_state(state: ApplicationState | None) -> ColumnElement[bool]:
    return col(Application.state) == state if state else true()


def _is_late(work: UnitOfWork) -> ColumnElement[bool]:
    """The condition of `rules.applications.is_overdue`, for a count over all pages."""
    unchecked = (col(Application.state) == ApplicationState.RECEIVED) & (
        col(Application.check_by) < work.today
    )
    unfinished = (col(Application.state) == ApplicationState.CHECKED) & (col(Application.due_on) < work.today)
    return or_(unchecked, unfinished)


async def _page(
    work: UnitOfWork,
    found: Select[Application, Employer],
    where: ColumnElement[bool],
    page: int,
    size: int,
) -> ApplicationPage:
    counts = select(func.count(), func.count().filter(_is_late(work))).select_from(Application)
    joined = counts.join(Employer, col(Employer.employer_no) == col(Application.employer_no)).where(where)
    total, overdue = (await work.session.execute(joined)).one()
    rows = await work.session.execute(found.offset((page - 1) * size).limit(size))
    views = tuple(view_of(row, employer, work.today) for row, employer in rows)
    return ApplicationPage(total=total, page=page, size=size, rows=views, overdue=overdue)
