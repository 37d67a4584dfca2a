"""Material requests as commands and queries share them: found in reach, with their files, as a view."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlmodel import col

from contracts.errors import chassis as common
from contracts.http.materials import FileView, RequestState, RequestView
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork
from services.registry.reach import employer_in_reach
from services.registry.rules.materials import is_overdue
from services.registry.tables import Employer, MaterialFile, MaterialRequest


async def request_in_reach(
    work: UnitOfWork, request_no: str, *, lock: bool = False
) -> tuple[MaterialRequest, Employer]:
    """The request and its employer; Problem NOT_FOUND for a foreign one. The employer is locked first."""
    found = await work.session.get(MaterialRequest, request_no)
    if found is None:
        raise Problem(common.NOT_FOUND)
    employer = await employer_in_reach(work, found.employer_no, lock=lock)
    if lock:
        found = await work.session.get_one(
            MaterialRequest, request_no, with_for_update=True, populate_existing=True
        )
    return found, employer


async def files_of(work: UnitOfWork, request_nos: Sequence[str]) -> dict[str, list[MaterialFile]]:
    """The files of several requests, in the order of their upload."""
    found: dict[str, list[MaterialFile]] = defaultdict(list)
    query = select(MaterialFile).where(col(MaterialFile.request_no).in_(request_nos))
    for row in await work.session.scalars(query.order_by(col(MaterialFile.id))):
        found[row.request_no].append(row)
    return found


def view_of(
    row: MaterialRequest, employer: Employer, files: Sequence[MaterialFile], today: date
) -> RequestView:
    """The request as the outside sees it."""
    return RequestView(
        **row.model_dump(),
        employer_name=employer.name,
        district=employer.district,
        overdue=is_overdue(RequestState(row.state), row.deadline, today),
        files=tuple(FileView(**file.model_dump()) for file in files),
    )


async def shown(work: UnitOfWork, row: MaterialRequest, employer: Employer) -> RequestView:
    """The view of one request with its files."""
    return view_of(row, employer, (await files_of(work, [row.request_no]))[row.request_no], work.today)
