"""The relay empties a full outbox; bare: the same bodies by the same producer, without a database."""

from __future__ import annotations

import asyncio
import time
from uuid import UUID

import asyncpg
from aiokafka import AIOKafkaProducer
from pydantic import SecretStr

from contracts.events.bank import PaymentNotified
from contracts.events.base import Envelope
from gateway.tables import TABLES
from services.chassis.broker import new_producer
from services.chassis.clocks import plain_dsn, wall_now
from services.chassis.relay import Relay, Sending
from services.chassis.runtime import Service, build
from services.chassis.settings import Settings
from services.chassis.topics import cluster_of, ensure_topics
from services.chassis.work import new_id
from tests.bench.ground import KEY, Ground
from tests.bench.notes import notified
from tests.bench.results import Result, rate

EVENTS, LEAST = 50_000, 5_000
_LEFT = "SELECT EXISTS (SELECT 1 FROM outbox_unsent)"
_FILL = """
INSERT INTO outbox (day, event_id, topic, key, type, subject, time, body)
SELECT current_date, id, 'bank.notifications', key, 'PaymentNotified', subject, now(), body::json
FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) AS given(id, key, subject, body)
"""


async def run(ground: Ground) -> Result:
    """Seconds until nothing is unsent."""
    events = [notified(number) for number in range(ground.many(EVENTS))]
    dsn, owner = ground.databases.fresh("gateway")
    keys = {"1": KEY}
    settings = Settings(
        dsn=dsn,
        kafka=ground.broker.bootstrap,
        kafka_idempotent=False,
        caller_key=SecretStr(KEY.hex()),
        data_keys=keys,
        lookup_keys=keys,
    )
    chassis = build(Service("gateway", TABLES), settings)
    await ensure_topics(settings.kafka, 1)
    producer = new_producer(chassis)
    await producer.start()
    connection = await asyncpg.connect(plain_dsn(owner))

    sending = producer, await cluster_of(producer.client)

    async def same() -> Sending:
        return sending

    try:
        bare = await _bare(producer, events)
        await _fill(connection, events)
        taken = await _relayed(Relay(chassis, sending, same), connection)
    finally:
        await connection.close()
        await producer.stop()
        await chassis.engine.dispose()
    return rate("relay", len(events) / taken, "events/s", len(events) / bare, LEAST)


async def _fill(connection: asyncpg.Connection, events: list[PaymentNotified]) -> None:
    columns = [
        [new_id() for _ in events],
        [event.key() for event in events],
        [event.subject() for event in events],
        [event.model_dump_json() for event in events],
    ]
    await connection.execute(_FILL, *columns)


async def _relayed(relay: Relay, connection: asyncpg.Connection) -> float:
    started = time.perf_counter()
    work = asyncio.create_task(relay.run())
    while await connection.fetchval(_LEFT):  # noqa: ASYNC110  # the relay tells nobody that it is done
        await asyncio.sleep(0.05)
    taken = time.perf_counter() - started
    work.cancel()
    await asyncio.gather(work, return_exceptions=True)
    await relay.close()
    return taken


async def _bare(producer: AIOKafkaProducer, events: list[PaymentNotified]) -> float:
    started = time.perf_counter()
    futures = []
    for event in events:
        envelope = Envelope(
            id=UUID(int=event.notification_id.int), type="PaymentNotified", source="gateway",
            subject=event.subject(), time=wall_now(),
        )  # fmt: skip
        body = event.model_dump_json().encode()
        futures.append(
            await producer.send(event.topic(), body, key=event.key().encode(), headers=envelope.headers())
        )
    await asyncio.gather(*futures)
    return time.perf_counter() - started
