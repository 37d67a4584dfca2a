"""Months that wait for policy data, as tasks of the desk (domain 1.5)."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlmodel import col

from contracts.errors import chassis as common
from contracts.http.billing import PolicyTask, PolicyTaskPage
from contracts.http.paging import PAGE_SIZE
from services.billing.commands.grounds import INJURY_RATE
from services.billing.reach import district_filter
from services.billing.tables import Employer, SetAside
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork


async def tasks(work: UnitOfWork, *, page: int = 1, size: int = PAGE_SIZE) -> PolicyTaskPage:
    """Those of the officer's district, the longest waiting first. FORBIDDEN for others."""
    if not (work.caller.is_officer or work.caller.is_system):
        raise Problem(common.FORBIDDEN)
    own = col(Employer.employer_no) == col(SetAside.employer_no)
    reach = district_filter(work.caller)
    counted = select(func.count()).select_from(SetAside).join(Employer, own).where(reach)
    query = (
        select(SetAside, col(Employer.name))
        .join(Employer, own)
        .where(reach)
        .order_by(col(SetAside.since), col(SetAside.employer_no), col(SetAside.month), col(SetAside.what))
        .offset((page - 1) * size)
        .limit(size)
    )
    rows = (await work.session.execute(query)).all()
    return PolicyTaskPage(
        total=await work.session.scalar(counted) or 0,
        page=page,
        size=size,
        rows=tuple(
            PolicyTask(**row.model_dump(), employer_name=name, own=row.what == INJURY_RATE)
            for row, name in rows
        ),
    )
