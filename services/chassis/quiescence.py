"""What one process still has to do, and the recovery of what a broker lost."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from sqlalchemy import text

from contracts.http.chassis import (
    BlockedJob,
    DeadLetterView,
    KnownIds,
    LetterReplayed,
    MissingIds,
    PublishedIds,
    Quiescence,
    Replayed,
    TopicDigest,
)
from contracts.values import Role
from services.chassis.http import Work, WorkRoute, caller_of, chassis_of
from services.chassis.identity import require
from services.chassis.replay import replay_parked
from services.chassis.runtime import Chassis
from services.chassis.work import day_of, work_scope

router = APIRouter(route_class=WorkRoute)
public = APIRouter()
_DIGEST = (
    "SELECT topic, count(*) AS count, "
    "coalesce(sum(hashtextextended(event_id::text, 0) & 1048575), 0) AS digest FROM"
)
_DISTINCT = "(SELECT DISTINCT topic, event_id FROM outbox) AS o GROUP BY topic ORDER BY topic"
_UNSENT = "SELECT count(*) FROM outbox_unsent"
_PARKED = "SELECT count(*) FROM dead_letters WHERE resolved_at IS NULL"
_BLOCKED = "SELECT day, job, problem FROM days WHERE done_at IS NULL AND problem <> '' ORDER BY day, job"
_DONE = "SELECT job, max(day) AS day FROM days WHERE done_at IS NOT NULL GROUP BY job"
PAGE = 10_000


async def _digests(session: Any, source: str) -> tuple[TopicDigest, ...]:
    rows = await session.execute(text(f"{_DIGEST} {source}"))
    return tuple(TopicDigest(topic=r.topic, count=r.count, digest=int(r.digest)) for r in rows)


async def measure(chassis: Chassis) -> Quiescence:
    """Ask the database; the business date is read afresh."""
    await chassis.business.refresh()
    today = chassis.business.today()
    async with chassis.sessions() as session:
        blocked = tuple(BlockedJob(**row._asdict()) for row in await session.execute(text(_BLOCKED)))
        done = {row.job: row.day for row in await session.execute(text(_DONE))}
        stuck = {entry.job for entry in blocked}
        pending = [j for j in chassis.service.jobs.jobs if j.name not in stuck and done.get(j.name) != today]
        return Quiescence(
            process=chassis.service.name,
            business_date=today,
            subscribes=chassis.service.consumers.topics(),
            unsent=(await session.execute(text(_UNSENT))).scalar_one(),
            published=await _digests(session, _DISTINCT),
            received=await _digests(session, "inbox GROUP BY topic ORDER BY topic"),
            parked=(await session.execute(text(_PARKED))).scalar_one(),
            days_pending=len(pending),
            blocked=blocked,
        )


@public.get("/quiescence")
async def quiescence(request: Request) -> Quiescence:
    """What is left to do here; asked twice by whoever waits for rest."""
    return await measure(chassis_of(request))


@router.post("/inbox/missing")
async def missing(work: Work, known: KnownIds) -> MissingIds:
    """Which of these ids this process has not taken."""
    require(work.caller)
    query = text(
        "SELECT k.id FROM unnest(CAST(:days AS date[]), CAST(:ids AS uuid[])) AS k(day, id) "
        "WHERE NOT EXISTS (SELECT FROM inbox i WHERE i.day = k.day AND i.event_id = k.id)"
    )
    ids = list(known.ids)
    rows = await work.session.execute(query, {"days": [day_of(i) for i in ids], "ids": ids})
    return MissingIds(ids=tuple(rows.scalars()))


@router.get("/outbox/ids")
async def published(work: Work, topic: str, after: int = 0) -> PublishedIds:
    """Ids this process has published on a topic, in id order, by page."""
    require(work.caller)
    query = text(
        "SELECT id, event_id FROM outbox WHERE topic = :topic AND id > :after ORDER BY id LIMIT :page"
    )
    rows = (await work.session.execute(query, {"topic": topic, "after": after, "page": PAGE})).all()
    return PublishedIds(
        ids=tuple(row.event_id for row in rows), next_after=rows[-1].id if len(rows) == PAGE else None
    )


@router.post("/outbox/replay")
async def replay(work: Work, known: KnownIds) -> Replayed:
    """Put published rows back in line for the relay."""
    require(work.caller)
    query = text(
        "WITH again AS (SELECT id, day, bucket FROM outbox"
        "               WHERE topic = :topic AND event_id = ANY(CAST(:ids AS uuid[]))), "
        "waiting AS (INSERT INTO outbox_unsent SELECT * FROM again ON CONFLICT DO NOTHING) "
        "SELECT count(*) FROM again"
    )
    count = await work.session.scalar(query, {"topic": known.topic, "ids": list(known.ids)})
    work.wake_relay = True
    return Replayed(count=count)


@router.get("/dead-letters")
async def dead_letters(work: Work) -> tuple[DeadLetterView, ...]:
    """Open parked messages in order."""
    require(work.caller, Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN)
    query = text(
        "SELECT id, event_id, topic, type, subject, error, tries, parked_at FROM dead_letters "
        "WHERE resolved_at IS NULL ORDER BY id LIMIT 500"
    )
    return tuple(DeadLetterView(**row._asdict()) for row in await work.session.execute(query))


@public.post("/dead-letters/{letter_id}/replay")
async def replay_letter(request: Request, letter_id: int) -> LetterReplayed:
    """Handle a parked message again; who asked for it stands in the audit."""
    chassis = chassis_of(request)
    caller = caller_of(request, chassis)
    require(caller, Role.SYSTEM_ADMIN)
    replayed = LetterReplayed(error=await replay_parked(chassis, letter_id))
    async with work_scope(chassis, caller) as work:
        work.audit("dead_letter.replayed", f"dead-letters/{letter_id}", after=replayed)
    return replayed
