"""The copy of the public register entry, by version; and its row as the employer's lock."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from contracts.events.registry import EmployerState
from services.chassis.work import UnitOfWork
from services.notices.tables import Employer

_KEPT = ("version", "name", "credit_code", "address", "district", "paying_agency")


async def keep_employers(work: UnitOfWork, events: Sequence[EmployerState]) -> None:
    """Keep the highest version of each employer, whatever the order of arrival."""
    newest = {event.employer_no: event for event in sorted(events, key=lambda event: event.version)}
    rows = [newest[number].model_dump(include={"employer_no", *_KEPT}) for number in sorted(newest)]
    given = insert(Employer)
    await work.session.execute(
        given.on_conflict_do_update(
            index_elements=["employer_no"],
            set_={name: given.excluded[name] for name in _KEPT},
            where=col(Employer.version) < given.excluded.version,
        ),
        rows,
    )


async def lock_employers(work: UnitOfWork, numbers: Collection[str]) -> dict[str, Employer]:
    """The employers' rows, locked in one order; one not heard of yet gets a row of version 0."""
    rows = [Employer(employer_no=number).model_dump() for number in sorted(set(numbers))]
    if not rows:
        return {}
    await work.session.execute(insert(Employer).on_conflict_do_nothing(), rows)
    query = (
        select(Employer)
        .where(col(Employer.employer_no).in_([row["employer_no"] for row in rows]))
        .order_by(col(Employer.employer_no))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {row.employer_no: row for row in await work.session.scalars(query)}
