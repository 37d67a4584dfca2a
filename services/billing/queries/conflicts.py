"""Serials that a bank told again with other content, for the officers who ask the bank."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlmodel import col

from contracts.errors import chassis as common
from contracts.http.billing import SerialConflictPage, SerialConflictView
from contracts.http.paging import PAGE_SIZE
from services.billing.reach import reach_filter
from services.billing.tables import Employer, SerialConflict
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork


async def serial_conflicts(work: UnitOfWork, *, page: int = 1, size: int = PAGE_SIZE) -> SerialConflictPage:
    """Those of the officer's district, newest first; of nobody known, the city's alone. FORBIDDEN for others."""
    if not (work.caller.is_officer or work.caller.is_system):
        raise Problem(common.FORBIDDEN)
    own = col(Employer.employer_no) == col(SerialConflict.employer_no)
    reach = reach_filter(work.caller)
    counted = select(func.count()).select_from(SerialConflict).outerjoin(Employer, own).where(reach)
    query = (
        select(SerialConflict, func.coalesce(col(Employer.name), ""))
        .outerjoin(Employer, own)
        .where(reach)
        .order_by(col(SerialConflict.recorded_at).desc(), col(SerialConflict.notification_id))
        .offset((page - 1) * size)
        .limit(size)
    )
    rows = (await work.session.execute(query)).all()
    return SerialConflictPage(
        total=await work.session.scalar(counted) or 0,
        page=page,
        size=size,
        rows=tuple(
            SerialConflictView(**row.model_dump(exclude={"notification_id"}), employer_name=name)
            for row, name in rows
        ),
    )
