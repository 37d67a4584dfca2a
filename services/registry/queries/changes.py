"""Changes of registration data: the officer's list, an employer's own, one of them, and the entry's history."""

from __future__ import annotations

from sqlalchemy import ColumnElement, func, select
from sqlmodel import col

from contracts.errors import chassis as common
from contracts.http.changes import (
    ChangedItem,
    ChangePage,
    ChangeState,
    ChangeView,
    EmployerHistory,
    HistoryRow,
)
from contracts.http.paging import PAGE_SIZE
from contracts.values import Role
from services.chassis.identity import require
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork
from services.registry.changing import view_of
from services.registry.reach import employer_in_reach, reach_filter
from services.registry.searching import matches
from services.registry.standing_tables import Deregistration
from services.registry.tables import Employer, EmployerVersion, RegistrationChange


async def changes(
    work: UnitOfWork, *, state: ChangeState | None, text: str = "", page: int = 1, size: int = PAGE_SIZE
) -> ChangePage:
    """Changes of the officer's district, the oldest open first."""
    require(work.caller, Role.COUNTER)
    where = reach_filter(work.caller)
    if state:
        where &= col(RegistrationChange.state) == state
    return await _page(
        work,
        where & matches(col(RegistrationChange.change_no), text),
        page,
        size,
        newest_first=state is not ChangeState.FILED,
    )


async def of_employer(
    work: UnitOfWork, employer_no: str, *, page: int = 1, size: int = PAGE_SIZE
) -> ChangePage:
    """An employer's own changes, the latest first."""
    await employer_in_reach(work, employer_no)
    where = col(RegistrationChange.employer_no) == employer_no
    return await _page(work, where, page, size, newest_first=True)


async def change(work: UnitOfWork, change_no: str) -> ChangeView:
    """One change; Problem NOT_FOUND for a foreign one."""
    row = await work.session.get(RegistrationChange, change_no)
    if row is None:
        raise Problem(common.NOT_FOUND)
    return view_of(row, await employer_in_reach(work, row.employer_no))


async def history(work: UnitOfWork, employer_no: str) -> EmployerHistory:
    """Every version of the entry that a change made."""
    await employer_in_reach(work, employer_no)
    number = col(EmployerVersion.change_no)
    by = func.coalesce(col(RegistrationChange.decided_by), col(Deregistration.decided_by), "")
    query = (
        select(EmployerVersion, by)
        .outerjoin(RegistrationChange, col(RegistrationChange.change_no) == number)
        .outerjoin(Deregistration, col(Deregistration.deregistration_no) == number)
        .where(col(EmployerVersion.employer_no) == employer_no)
        .order_by(col(EmployerVersion.version).desc())
    )
    rows = await work.session.execute(query)
    return EmployerHistory(rows=tuple(_version(row, decided_by) for row, decided_by in rows))


def _version(row: EmployerVersion, decided_by: str) -> HistoryRow:
    items = tuple(ChangedItem.model_validate(item) for item in row.items)
    return HistoryRow(**row.model_dump(exclude={"items"}), recorded_by=decided_by, items=items)


async def _page(
    work: UnitOfWork, where: ColumnElement[bool], page: int, size: int, *, newest_first: bool
) -> ChangePage:
    number = col(RegistrationChange.change_no)
    both = select(RegistrationChange, Employer).join(
        Employer, col(Employer.employer_no) == col(RegistrationChange.employer_no)
    )
    found = both.where(where)
    total = await work.session.scalar(select(func.count()).select_from(found.subquery()))
    ordered = found.order_by(number.desc() if newest_first else number)
    rows = await work.session.execute(ordered.offset((page - 1) * size).limit(size))
    views = tuple(view_of(row, employer) for row, employer in rows)
    return ChangePage(total=total or 0, page=page, size=size, rows=views)
