"""Relay and subscription of one process: started in the background, so that HTTP never waits for a broker."""

from __future__ import annotations

import asyncio
import logging

from aiokafka import AIOKafkaProducer

from services.chassis.broker import Subscription, ensure_topics, new_producer
from services.chassis.failures import INFRASTRUCTURE
from services.chassis.relay import Relay
from services.chassis.runtime import Chassis

log = logging.getLogger(__name__)
WATCH_SECONDS, STOP_SECONDS = 5.0, 10.0


class Messaging:
    """Everything of a process that touches Kafka."""

    def __init__(self, chassis: Chassis) -> None:
        self._chassis = chassis
        self._producer: AIOKafkaProducer | None = None
        self._relay: Relay | None = None
        self._subscription: Subscription | None = None
        self.ready = False

    @property
    def assigned(self) -> int:
        """Partitions this replica reads."""
        return self._subscription.assigned if self._subscription else 0

    @property
    def lag(self) -> int:
        """Records behind."""
        return self._subscription.lag() if self._subscription else 0

    async def run(self) -> None:
        """Connect with back-off, then relay; topics are ensured again and again, for a broker may forget them."""
        producer = await self._connect()
        self._relay = Relay(self._chassis, producer, self._renew)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._relay.run())
            tasks.create_task(self._watch_topics())

    async def _connect(self) -> AIOKafkaProducer:
        pause = 0.2
        while True:
            try:
                producer = await self._start()
            except INFRASTRUCTURE as error:
                log.warning("broker not reached", extra={"cause": type(error).__name__})
                await self._stop_parts()
                await asyncio.sleep(pause)
                pause = min(pause * 2, 30.0)
            else:
                self.ready = True
                return producer

    async def _start(self) -> AIOKafkaProducer:
        settings = self._chassis.settings
        await ensure_topics(settings.kafka, settings.kafka_replication)
        producer = await self._renew()
        if self._chassis.service.consumers.topics():
            self._subscription = Subscription(self._chassis)
            await self._subscription.broker.start()
        return producer

    async def _renew(self) -> AIOKafkaProducer:
        """A producer with an identity of its own, in place of the one there was."""
        if self._producer is not None:
            async with asyncio.timeout(STOP_SECONDS):
                await self._producer.stop()
        self._producer = new_producer(self._chassis)
        await self._producer.start()
        return self._producer

    async def _watch_topics(self) -> None:
        settings = self._chassis.settings
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            try:
                await ensure_topics(settings.kafka, settings.kafka_replication)
                self._chassis.recovered("broker")
            except INFRASTRUCTURE as error:
                self._chassis.failing("broker", type(error).__name__)

    async def stop_consuming(self) -> None:
        """Finish the batch in hand and leave the group; the relay goes on."""
        self.ready = False
        if self._subscription is not None:
            await self._subscription.broker.stop()
            self._subscription = None

    async def _stop_parts(self) -> None:
        await self.stop_consuming()
        if self._producer is not None:
            await self._producer.stop()
            self._producer = None

    async def close(self) -> None:
        """Give up producer and buckets; `run` must have ended."""
        await self._stop_parts()
        if self._relay is not None:
            await self._relay.close()
