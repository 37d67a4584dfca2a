"""Outbox and inbox live in daily partitions: opened ahead, dropped after 35 days, never with something unsent."""

from __future__ import annotations

import asyncio
from datetime import date

from sqlalchemy import text

from services.chassis.app import _open_partitions
from tests.chassis.conftest import Probes
from tests.chassis.probe import Probe

PARTITIONS = "SELECT count(*) FROM pg_class WHERE relname ~ '^(inbox|outbox)_p[0-9]{8}$'"
OLD = date(2016, 8, 1)
UNSENT = (
    "INSERT INTO outbox (day, event_id, topic, key, type, subject, time, body) "
    "VALUES (:day, gen_random_uuid(), 't', 'k', 'T', 's', now(), '{}')"
)


async def test_delivery_replicas_that_start_together_open_each_partition_once(probes: Probes):
    database = probes.database()
    replicas = [await probes.start(database) for _ in range(4)]
    await asyncio.gather(*(_open_partitions(one.chassis) for one in replicas))
    assert await replicas[0].value(PARTITIONS) == 10


async def test_delivery_past_partitions_are_dropped_but_for_what_is_unsent(probe: Probe):
    async with probe.chassis.sessions.begin() as session:
        await session.execute(text("SELECT open_day_partitions(:day, :day)"), {"day": OLD})
        await session.execute(text(UNSENT), {"day": OLD})
    await _open_partitions(probe.chassis)
    assert await probe.value("SELECT to_regclass('inbox_p20160801')") is None
    assert await probe.value("SELECT count(*) FROM outbox_p20160801") == 1
    async with probe.chassis.sessions.begin() as session:
        await session.execute(text("DELETE FROM outbox_unsent"))
    await _open_partitions(probe.chassis)
    assert await probe.value("SELECT to_regclass('outbox_p20160801')") is None


async def test_delivery_rows_that_came_before_their_day_had_room_move_into_it(probe: Probe):
    early = "INSERT INTO inbox (day, event_id, topic) VALUES (:day, gen_random_uuid(), 't')"
    async with probe.chassis.sessions.begin() as session:
        for statement in (UNSENT, early):
            await session.execute(text(statement), {"day": OLD})
    before = await probe.value("SELECT id FROM outbox_default")
    async with probe.chassis.sessions.begin() as session:
        await session.execute(text("SELECT open_day_partitions(:day, :day)"), {"day": OLD})
    for table in ("outbox", "inbox"):
        assert await probe.value(f"SELECT count(*) FROM {table}_default") == 0
        assert await probe.value(f"SELECT count(*) FROM {table}_p20160801") == 1
    assert await probe.value("SELECT id FROM outbox_unsent") == before
    async with probe.chassis.sessions.begin() as session:
        await session.execute(text(UNSENT), {"day": date(2016, 8, 2)})
    assert await probe.value("SELECT count(*) FROM outbox_default") == 1
