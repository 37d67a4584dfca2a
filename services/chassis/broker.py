"""The broker in a process: topics ensured, one producer, one batch subscriber that never loses a message."""

from __future__ import annotations

import asyncio
import dataclasses
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from aiokafka import AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import TopicAlreadyExistsError
from faststream import AckPolicy
from faststream.kafka import KafkaBroker
from faststream.kafka.annotations import KafkaMessage

from contracts.events.base import PARTITIONS
from contracts.events.catalogue import TOPICS
from services.chassis.failures import is_infrastructure
from services.chassis.intake import Intake
from services.chassis.lanes import take_in_lanes
from services.chassis.runtime import Chassis

log = logging.getLogger(__name__)
LONGEST_PAUSE = 30.0
Original = Callable[[Any], Awaitable[Any]]


async def ensure_topics(bootstrap: str, replication: int) -> None:
    """Create the catalogue's topics that do not exist; errors of the broker pass to the caller."""
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()
    try:
        known = set(await admin.list_topics())
        new = [described(name, replication) for name in TOPICS if name not in known]
        if new:
            await admin.create_topics(new)
    except TopicAlreadyExistsError:
        log.info("another process created the topics")
    finally:
        await admin.close()


def described(name: str, replication: int) -> NewTopic:
    """A topic whose acknowledged records outlive the loss of one node, where there are three."""
    safe = {"min.insync.replicas": str(max(1, replication - 1))}
    return NewTopic(name, PARTITIONS, replication, topic_configs=safe)


def new_producer(chassis: Chassis) -> AIOKafkaProducer:
    """A producer that takes for sent only what every replica in sync holds."""
    settings = chassis.settings
    return AIOKafkaProducer(
        bootstrap_servers=settings.kafka,
        client_id=f"{chassis.service.name}-{settings.replica}",
        acks="all",
        enable_idempotence=settings.kafka_idempotent,
        linger_ms=5,
        max_batch_size=256 * 1024,
        max_request_size=4 * 1024 * 1024,
        metadata_max_age_ms=10_000,
        request_timeout_ms=10_000,
    )


async def _keep_raw(records: Any, original: Original) -> Any:
    """Parse without touching headers: one that is not UTF-8 must reach the dead letters, not vanish."""
    message = await original(tuple(dataclasses.replace(record, headers=()) for record in records))
    message.raw_message = records
    return message


async def _no_body(_: Any) -> list[Any]:
    """Bodies are read by the intake, which knows what to do with a bad one."""
    return []


class Subscription:
    """The process's one batch subscriber: NACK_ON_ERROR, back-off without limit, nothing parked for infrastructure."""

    def __init__(self, chassis: Chassis) -> None:
        settings = chassis.settings
        self._chassis = chassis
        self._intake = Intake(chassis)
        self._pause = 0.1
        self.broker = KafkaBroker(
            settings.kafka,
            client_id=f"{chassis.service.name}-{settings.replica}",
            allow_auto_create_topics=False,
            graceful_timeout=10.0,
            logger=None,
        )
        self._subscriber = self.broker.subscriber(
            *chassis.service.consumers.topics(),
            batch=True,
            group_id=chassis.service.name,
            auto_offset_reset="earliest",
            ack_policy=AckPolicy.NACK_ON_ERROR,
            max_records=settings.consumer_batch,
            batch_timeout_ms=50,
            session_timeout_ms=10_000,
            max_poll_interval_ms=300_000,
        )
        self._subscriber(self._consume, parser=_keep_raw, decoder=_no_body)

    async def _consume(self, body: list[Any], message: KafkaMessage) -> None:
        """Take a batch; on an infrastructure failure wait, then let it be delivered again."""
        del body
        try:
            await take_in_lanes(message.raw_message, self._intake.take)
        except Exception as error:
            if not is_infrastructure(error):
                raise
            self._chassis.failing("consumer", type(error).__name__)
            self._chassis.metrics.retries.labels(type(error).__name__).inc()
            log.warning("consumer pauses", extra={"cause": type(error).__name__})
            await asyncio.sleep(self._pause)
            self._pause = min(self._pause * 2, LONGEST_PAUSE)
            raise
        self._pause = 0.1
        self._chassis.recovered("consumer")

    @property
    def assigned(self) -> int:
        """Partitions this replica reads now."""
        consumer = self._subscriber.consumer
        return len(consumer.assignment()) if consumer else 0

    def lag(self) -> int:
        """Records behind the end of the log, as far as the client has fetched."""
        consumer = self._subscriber.consumer
        if consumer is None:
            return 0
        behind = 0
        for partition in consumer.assignment():
            end = consumer.highwater(partition)
            state = consumer._subscription.subscription.assignment.state_value(partition)  # noqa: SLF001  # position() would block
            if end is not None and state is not None and state.has_valid_position:
                behind += max(end - state.position, 0)
        return behind
