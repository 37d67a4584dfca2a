"""Numbers: submissions run by employer and month without gaps, persons through the whole city."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert

from contracts.values import Month
from services.chassis.work import UnitOfWork
from services.enrollment.tables import Series

INCREASE, DECREASE = "Z", "J"
_PERSONS = text(
    "SELECT lpad(nextval('person_numbers')::text, 10, '0') FROM generate_series(1, CAST(:count AS integer))"
)


async def submission_numbers(work: UnitOfWork, sort: str, employer_no: str, count: int) -> list[str]:
    """The next numbers of an employer, `Z3706000001-201609-0001`; its row is locked by the caller."""
    month = Month.of(work.today).yyyymm
    name = f"{sort}{employer_no}-{month}"
    fresh = insert(Series).values(name=name, last=0)
    await work.session.execute(fresh.on_conflict_do_nothing())
    series = await work.session.get_one(Series, name, with_for_update=True, populate_existing=True)
    first = series.last + 1
    series.last += count
    return [f"{name}-{number:04d}" for number in range(first, first + count)]


async def person_numbers(work: UnitOfWork, count: int) -> list[str]:
    """New 个人编号; a refused work leaves a gap, for they are opaque."""
    return list((await work.session.execute(_PERSONS, {"count": count})).scalars())
