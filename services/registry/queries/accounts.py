"""Officers' accounts as far as an administrator sees them."""

from __future__ import annotations

from sqlalchemy import select
from sqlmodel import col

from contracts.http.registry import Officers, OfficerView
from contracts.values import Role
from services.chassis.identity import require
from services.chassis.work import UnitOfWork
from services.registry.tables import Account


async def officers(work: UnitOfWork) -> Officers:
    """Officers of the administrator's district, or of the whole city."""
    require(work.caller, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)
    query = select(Account).where(col(Account.employer_no).is_(None)).order_by(col(Account.account))
    rows = (await work.session.scalars(query)).all()
    seen = [row for row in rows if row.district and work.caller.sees_district(row.district)]
    return Officers(rows=tuple(OfficerView(**row.model_dump()) for row in seen))
