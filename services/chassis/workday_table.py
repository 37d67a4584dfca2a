"""The working-day table as each service keeps it: registry owns it, others copy it year by year.

Rows lie in `working_days` (day, working) and `working_years` (year, version) of the service's own database; a year
that nobody has released stands as it was seeded, without a row in `working_years`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import text

from contracts.events.registry import WorkingDaysPublished
from services.chassis.work import UnitOfWork
from services.chassis.workdays import WorkingDays

_HIGHER = text(
    "INSERT INTO working_years (year, version) VALUES (:year, :version) ON CONFLICT (year) DO UPDATE "
    "SET version = excluded.version WHERE working_years.version < excluded.version RETURNING year"
)
_WRITE = text(
    "INSERT INTO working_days (day, working) "
    "SELECT d::date, NOT d::date = ANY(CAST(:rest AS date[])) "
    "FROM generate_series(CAST(:first AS date), CAST(:last AS date), interval '1 day') AS d "
    "ON CONFLICT (day) DO UPDATE SET working = excluded.working"
)
_READ = text("SELECT day, working FROM working_days WHERE day BETWEEN :first AND :last")


async def keep_years(work: UnitOfWork, events: Sequence[WorkingDaysPublished]) -> None:
    """Write each year whose version is higher than the one held, whatever the order of arrival."""
    for event in sorted(events, key=lambda event: (event.year, event.version)):
        higher = await work.session.execute(_HIGHER, {"year": event.year, "version": event.version})
        if higher.scalar() is not None:
            whole = {"first": date(event.year, 1, 1), "last": date(event.year, 12, 31)}
            await work.session.execute(_WRITE, whole | {"rest": list(event.rest_days)})


async def read_days(work: UnitOfWork, first: date, last: date) -> WorkingDays:
    """The days of the table; a day it lacks raises MissingPolicy when a term reaches it."""
    rows = await work.session.execute(_READ, {"first": first, "last": last})
    return WorkingDays.of((row.day, row.working) for row in rows)
