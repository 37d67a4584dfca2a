"""Document numbers without gaps: the series' row is locked until the number's order is committed."""

from __future__ import annotations

from sqlalchemy.dialects.postgresql import insert

from services.chassis.work import UnitOfWork
from services.notices.rules.order import document_number
from services.notices.tables import Series


async def next_document_number(work: UnitOfWork, agency: str) -> str:
    """The next 文号 of an agency in the business year; MissingPolicy for an agency without a sign."""
    year = work.today.year
    await work.session.execute(
        insert(Series).values(agency=agency, year=year, last=0).on_conflict_do_nothing()
    )
    series = await work.session.get_one(Series, (agency, year), with_for_update=True, populate_existing=True)
    series.last += 1
    await work.session.flush()
    return document_number(agency, year, series.last)
