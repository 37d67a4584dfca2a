"""Limits and relations as they stand, told again: each in full, at its version."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from contracts.events.enrollment import BaseAdjusted, Confirmation, EnrollmentStarted
from contracts.http.enrollment import IncreaseState
from services.chassis.republishing import AT_ONCE
from services.chassis.work import UnitOfWork
from services.enrollment.commands.kinds import state_of
from services.enrollment.commands.limits import tell_published
from services.enrollment.commands.starting import tell_ended
from services.enrollment.tables import BaseLimits, Increase, Relation

NOWHERE = UUID(int=0)
CAUSE = "republished"


async def limits(work: UnitOfWork, after: str) -> str | None:
    """All released limits at once: there is one a year."""
    del after
    query = select(BaseLimits).where(col(BaseLimits.released_by).is_not(None))
    for row in await work.session.scalars(query.order_by(col(BaseLimits.effective_from)).with_for_update()):
        tell_published(work, row)
    return None


async def relations(work: UnitOfWork, after: str) -> str | None:
    """The next relations in the order of their ids, ended ones too."""
    key = col(Relation.enrollment_id)
    query = select(Relation).where(key > (UUID(after) if after else NOWHERE)).order_by(key).limit(AT_ONCE)
    rows = (await work.session.scalars(query.with_for_update())).all()
    increases = await _increases(work, [row.enrollment_id for row in rows])
    for row in rows:
        _tell(work, row, increases.get(row.enrollment_id))
    return str(rows[-1].enrollment_id) if rows else None


async def _increases(work: UnitOfWork, ids: Sequence[UUID]) -> dict[UUID, Increase]:
    query = select(Increase).where(col(Increase.enrollment_id).in_(ids))
    return {row.enrollment_id: row for row in await work.session.scalars(query) if row.enrollment_id}


def _tell(work: UnitOfWork, relation: Relation, increase: Increase | None) -> None:
    """Limit and lateness stand only in the start (A8), how it ended only in the end; each carries the whole state."""
    if increase is not None:
        counter = increase.state == IncreaseState.CONFIRMED_COUNTER
        started = EnrollmentStarted(
            **state_of(relation),
            submission_no=increase.submission_no,
            confirmation=Confirmation.COUNTER if counter else Confirmation.AUTO,
            confirmed_on=relation.confirmed_on,
            limit_day=increase.limit_day,
            late=increase.late,
        )
        work.publish(started)
    elif relation.left_on is None:
        work.publish(BaseAdjusted(**state_of(relation), old_base=relation.base, cause=CAUSE))
    if relation.left_on is not None:
        tell_ended(work, relation)
