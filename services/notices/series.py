"""Document numbers without gaps: the series' row is locked until the number's order is committed."""

from __future__ import annotations

from sqlalchemy.dialects.postgresql import insert

from services.chassis.work import UnitOfWork
from services.notices.rules.order import document_number
from services.notices.tables import Series


async def next_document_numbers(work: UnitOfWork, agency: str, count: int) -> list[str]:
    """The next 文号 of an agency in the business year; MissingPolicy for an agency without a sign."""
    year = work.today.year
    await work.session.execute(
        insert(Series).values(agency=agency, year=year, last=0).on_conflict_do_nothing()
    )
    series = await work.session.get_one(Series, (agency, year), with_for_update=True, populate_existing=True)
    first, series.last = series.last + 1, series.last + count
    return [document_number(agency, year, number) for number in range(first, series.last + 1)]
