"""The register and the released years of working days as they stand, told again: each in full, at its version."""

from __future__ import annotations

from sqlalchemy import select
from sqlmodel import col

from contracts.events.registry import EmployerChanged, WorkingDaysPublished
from services.chassis.republishing import AT_ONCE
from services.chassis.work import UnitOfWork
from services.registry.entry import state_of
from services.registry.published_tables import WorkingYear
from services.registry.queries.calendar import rest_days_of
from services.registry.queries.employers import rates_of
from services.registry.tables import Employer


async def employers(work: UnitOfWork, after: str) -> str | None:
    """The next entries in the order of their numbers."""
    number = col(Employer.employer_no)
    query = select(Employer).where(number > after).order_by(number).limit(AT_ONCE).with_for_update()
    rows = (await work.session.scalars(query)).all()
    rates = await rates_of(work, [row.employer_no for row in rows])
    for row in rows:
        work.publish(EmployerChanged(**state_of(row, rates[row.employer_no]), changed=()))
    return rows[-1].employer_no if rows else None


async def working_years(work: UnitOfWork, after: str) -> str | None:
    """All released years at once: there are a few; a year as it was seeded is everywhere the same."""
    del after
    query = select(WorkingYear).order_by(col(WorkingYear.year)).with_for_update()
    for row in (await work.session.scalars(query)).all():
        rest = await rest_days_of(work, row.year) or ()
        work.publish(WorkingDaysPublished(version=row.version, year=row.year, rest_days=rest))
    return None
