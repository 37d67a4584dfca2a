"""Gauges are measured when they are asked for: a part that stands still cannot hide behind its last word."""

from __future__ import annotations

from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.chassis.failures import is_infrastructure
from services.chassis.runtime import Chassis

# Unsealed rows are counted behind the newest seal: few, while both tables grow without end.
_STATE = text("""
SELECT
    (SELECT count(*) FROM outbox_unsent) AS unsent,
    -- by id, which follows the time closely: the least time would read all that waits
    (SELECT extract(epoch FROM now() - o.time) FROM (SELECT id, day FROM outbox_unsent ORDER BY id LIMIT 1) u
     JOIN outbox o ON o.day = u.day AND o.id = u.id) AS unsent_age,
    (SELECT count(*) FROM dead_letters WHERE resolved_at IS NULL) AS parked,
    (SELECT count(*) FROM days WHERE done_at IS NULL AND problem <> '') AS blocked,
    unsealed.rows AS unsealed, unsealed.age AS unsealed_age
FROM (
    SELECT count(*) AS rows, extract(epoch FROM now() - min(at)) AS age FROM audit
    WHERE (tx, id) > (coalesce((SELECT tx FROM audit_seals ORDER BY seal_no DESC LIMIT 1), 0),
                      coalesce((SELECT audit_id FROM audit_seals ORDER BY seal_no DESC LIMIT 1), 0))
) AS unsealed
""")
_DONE = text("SELECT job, max(day) AS day FROM days WHERE done_at IS NOT NULL GROUP BY job")


async def refresh(chassis: Chassis) -> None:
    """Set every gauge; without its database a process still tells that it lacks it."""
    _parts(chassis)
    try:
        async with chassis.sessions() as session:
            state = (await session.execute(_STATE)).one()
            done = {row.job: row.day for row in await session.execute(_DONE)}
            await _own(chassis, session)
    except Exception as error:
        if not is_infrastructure(error):
            raise
        chassis.metrics.failing.labels("database").set(1)
        return
    _tables(chassis, state)
    today = chassis.business.today()
    last = (done.get(job.name) for job in chassis.service.jobs.jobs)
    chassis.metrics.jobs_waiting.set(sum((today - day).days if day else 1 for day in last))


async def _own(chassis: Chassis, session: AsyncSession) -> None:
    """The service's own figures, by the business date."""
    for gauge in chassis.service.gauges:
        found = await session.scalar(text(gauge.sql), {"today": chassis.business.today()})
        chassis.metrics.own[gauge.name].set(found or 0)


def _parts(chassis: Chassis) -> None:
    metrics, messaging = chassis.metrics, chassis.messaging
    metrics.failing.clear()
    for part in chassis.faults:
        metrics.failing.labels(part).set(1)
    if messaging is None or not messaging.ready:
        metrics.failing.labels("broker").set(1)
    metrics.lag_records.set(messaging.lag if messaging else 0)


def _tables(chassis: Chassis, state: Any) -> None:
    metrics = chassis.metrics
    metrics.outbox_unsent.set(state.unsent)
    metrics.outbox_age.set(float(state.unsent_age or 0))
    metrics.parked_open.set(state.parked)
    metrics.jobs_blocked.set(state.blocked)
    metrics.unsealed.set(state.unsealed)
    metrics.unsealed_age.set(float(state.unsealed_age or 0))
