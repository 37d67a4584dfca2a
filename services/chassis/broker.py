"""The broker in a process: one producer, one batch subscriber that never loses a message."""

from __future__ import annotations

import asyncio
import dataclasses
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from aiokafka import AIOKafkaProducer
from faststream import AckPolicy
from faststream.kafka import KafkaBroker
from faststream.kafka.annotations import KafkaMessage

from services.chassis.intake import Intake
from services.chassis.lanes import take_in_lanes
from services.chassis.runtime import Chassis
from services.chassis.topics import group_of

log = logging.getLogger(__name__)
LONGEST_PAUSE = 30.0
METADATA_MS = 10_000
"""Age at which a client asks anew which topics there are: an emptied broker has none for a moment."""
Original = Callable[[Any], Awaitable[Any]]


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
        metadata_max_age_ms=METADATA_MS,
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
    """The process's one batch subscriber on one cluster: NACK_ON_ERROR, back-off without limit."""

    def __init__(self, chassis: Chassis, cluster: str) -> None:
        settings = chassis.settings
        self._chassis = chassis
        self.cluster = cluster
        self._intake = Intake(chassis)
        self._pause = 0.1
        self.broker = KafkaBroker(
            settings.kafka,
            client_id=f"{chassis.service.name}-{settings.replica}",
            allow_auto_create_topics=False,
            metadata_max_age_ms=METADATA_MS,
            graceful_timeout=10.0,
            logger=None,
        )
        self._subscriber = self.broker.subscriber(
            *chassis.service.consumers.topics(),
            batch=True,
            group_id=group_of(chassis.service.name, cluster),
            auto_offset_reset="earliest",
            ack_policy=AckPolicy.NACK_ON_ERROR,
            max_records=settings.consumer_batch,
            batch_timeout_ms=50,
            session_timeout_ms=10_000,
            max_poll_interval_ms=300_000,
        )
        self._subscriber(self._consume, parser=_keep_raw, decoder=_no_body)

    async def _consume(self, body: list[Any], message: KafkaMessage) -> None:
        """Take a batch; on a failure, which is never one that could be parked, wait and let it be delivered again."""
        del body
        try:
            await take_in_lanes(message.raw_message, self._intake.take)
        except Exception as error:
            self._chassis.failing("consumer", type(error).__name__)
            self._chassis.metrics.retries.labels(type(error).__name__).inc()
            log.warning("consumer pauses", extra={"cause": type(error).__name__})
            await asyncio.sleep(self._pause)
            self._pause = min(self._pause * 2, LONGEST_PAUSE)
            raise
        self._pause = 0.1
        self._chassis.recovered("consumer")

    @property
    def alive(self) -> bool:
        """Whether it still reads: the client's part that keeps its place in the group may die for good."""
        consumer = self._subscriber.consumer
        if consumer is None or all(task.done() for task in self._subscriber.tasks):
            return False
        return not consumer._coordinator._coordination_task.done()  # noqa: SLF001  # nobody else tells

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
