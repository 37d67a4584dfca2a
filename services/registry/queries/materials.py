"""Material requests: the officer's list with what is overdue, an employer's own, one of them, its files."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlmodel import col

from contracts.errors import chassis as common
from contracts.http.materials import RequestPage, RequestSort, RequestState, RequestView
from contracts.http.paging import PAGE_SIZE
from services.chassis.identity import require
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork
from services.registry.reach import employer_in_reach, reach_filter
from services.registry.requests import files_of, request_in_reach, shown, view_of
from services.registry.rules import roles
from services.registry.rules.materials import OPEN
from services.registry.searching import matches
from services.registry.tables import Employer, MaterialFile, MaterialRequest


async def requests(  # a list's filters, all by name
    work: UnitOfWork,
    *,
    state: RequestState | None,
    sort: RequestSort | None = None,
    overdue: bool = False,
    text: str = "",
    page: int = 1,
    size: int = PAGE_SIZE,
) -> RequestPage:
    """Requests of the officer's district, the nearest deadline first; `overdue`: only those."""
    require(work.caller, *roles.REQUESTING)
    where = reach_filter(work.caller) & matches(col(MaterialRequest.request_no), text)
    if state:
        where &= col(MaterialRequest.state) == state
    if sort:
        where &= col(MaterialRequest.sort) == sort
    if overdue:
        where &= _is_late(work)
    return await _page(work, where, page, size)


async def of_employer(
    work: UnitOfWork, employer_no: str, *, page: int = 1, size: int = PAGE_SIZE
) -> RequestPage:
    """What one employer is asked for."""
    await employer_in_reach(work, employer_no)
    return await _page(work, col(MaterialRequest.employer_no) == employer_no, page, size)


async def one(work: UnitOfWork, request_no: str) -> RequestView:
    """One request with its files; Problem NOT_FOUND for a foreign one."""
    return await shown(work, *await request_in_reach(work, request_no))


async def file(work: UnitOfWork, request_no: str, file_id: UUID) -> MaterialFile:
    """What a file is; Problem NOT_FOUND for a foreign one, FORBIDDEN for officers who ask for no materials."""
    if work.caller.is_officer:
        require(work.caller, *roles.REQUESTING)
    await request_in_reach(work, request_no)
    found = await work.session.get(MaterialFile, file_id)
    if found is None or found.request_no != request_no:
        raise Problem(common.NOT_FOUND)
    return found


def _is_late(work: UnitOfWork) -> ColumnElement[bool]:
    """The condition of `rules.materials.is_overdue`, for lists and counts."""
    return col(MaterialRequest.state).in_(OPEN) & (col(MaterialRequest.deadline) < work.today)


async def _page(work: UnitOfWork, where: ColumnElement[bool], page: int, size: int) -> RequestPage:
    join = col(Employer.employer_no) == col(MaterialRequest.employer_no)
    counts = select(func.count(), func.count().filter(_is_late(work))).select_from(MaterialRequest)
    total, overdue = (await work.session.execute(counts.join(Employer, join).where(where))).one()
    order = (col(MaterialRequest.deadline), col(MaterialRequest.request_no))
    query = select(MaterialRequest, Employer).join(Employer, join).where(where).order_by(*order)
    found = (await work.session.execute(query.offset((page - 1) * size).limit(size))).all()
    files = await files_of(work, [row.request_no for row, _ in found])
    views = tuple(view_of(row, employer, files[row.request_no], work.today) for row, employer in found)
    return RequestPage(total=total, page=page, size=size, rows=views, overdue=overdue)
