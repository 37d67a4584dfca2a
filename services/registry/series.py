"""Numbers that run without gaps: the series' row is locked until the number's owner is committed."""

from __future__ import annotations

from sqlalchemy.dialects.postgresql import insert

from contracts.month import Month
from services.chassis.work import UnitOfWork
from services.registry.tables import Series


async def lock_series(work: UnitOfWork, name: str) -> Series:
    """The series' row, locked; a new series starts at 0."""
    fresh = insert(Series).values(name=name, last=0)
    await work.session.execute(fresh.on_conflict_do_nothing())
    return await work.session.get_one(Series, name, with_for_update=True, populate_existing=True)


async def numbers_of_month(work: UnitOfWork, letter: str, count: int = 1) -> list[str]:
    """The next numbers of a kind of case: its letter, year and month, number within the month (S201609-000001)."""
    month = Month.of(work.today)
    series = await lock_series(work, f"{letter}:{month}")
    first, series.last = series.last + 1, series.last + count
    return [f"{letter}{month.year}{month.number:02d}-{number:06d}" for number in range(first, first + count)]
