"""Numbers that run without gaps: the series' row is locked until the number's owner is committed."""

from __future__ import annotations

from sqlalchemy.dialects.postgresql import insert

from services.chassis.work import UnitOfWork
from services.registry.tables import Series


async def lock_series(work: UnitOfWork, name: str) -> Series:
    """The series' row, locked; a new series starts at 0."""
    fresh = insert(Series).values(name=name, last=0)
    await work.session.execute(fresh.on_conflict_do_nothing())
    return await work.session.get_one(Series, name, with_for_update=True, populate_existing=True)
