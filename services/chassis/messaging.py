"""Relay and subscription of one process: started in the background, so that HTTP never waits for a broker."""

from __future__ import annotations

import asyncio
import logging

from aiokafka import AIOKafkaProducer

from services.chassis.broker import Subscription, new_producer
from services.chassis.failures import INFRASTRUCTURE
from services.chassis.keeping import keep
from services.chassis.relay import Relay, Sending
from services.chassis.runtime import Chassis
from services.chassis.topics import cluster_of, ensure_topics

log = logging.getLogger(__name__)
WATCH_SECONDS, STOP_SECONDS = 2.0, 10.0


class Messaging:
    """Everything of a process that touches Kafka."""

    def __init__(self, chassis: Chassis) -> None:
        self._chassis = chassis
        self._producer: AIOKafkaProducer | None = None
        self._relay: Relay | None = None
        self._subscription: Subscription | None = None
        self._cluster = ""
        self.ready, self._ends = False, False

    @property
    def assigned(self) -> int:
        """Partitions this replica reads."""
        return self._subscription.assigned if self._subscription else 0

    @property
    def lag(self) -> int:
        """Records behind."""
        return self._subscription.lag() if self._subscription else 0

    async def run(self) -> None:
        """Connect with back-off, then relay and read until cancelled; each of the two goes on without the other."""
        self._relay = relay = Relay(self._chassis, await self._connect(), self._renew)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(keep(self._chassis, "relay", relay.run))
            tasks.create_task(keep(self._chassis, "broker", self._watch))

    async def _connect(self) -> Sending:
        pause = 0.2
        while True:
            try:
                sending = await self._start()
            except INFRASTRUCTURE as error:
                log.warning("broker not reached", extra={"cause": type(error).__name__})
                await self._stop_parts()
                await asyncio.sleep(pause)
                pause = min(pause * 2, 30.0)
            else:
                self.ready = True
                return sending

    async def _start(self) -> Sending:
        settings = self._chassis.settings
        cluster = await ensure_topics(settings.kafka, settings.kafka_replication)
        sending = await self._renew()
        await self._subscribe(cluster)
        return sending

    async def _subscribe(self, cluster: str) -> None:
        await self._unsubscribe()
        if self._chassis.service.consumers.topics():
            self._subscription = Subscription(self._chassis, cluster)
            await self._subscription.broker.start()
        self._cluster = cluster

    async def _renew(self) -> Sending:
        """A producer with an identity of its own in place of the one there was, and the cluster it belongs to."""
        if self._producer is not None:
            async with asyncio.timeout(STOP_SECONDS):
                await self._producer.stop()
        self._producer = new_producer(self._chassis)
        await self._producer.start()
        return self._producer, await cluster_of(self._producer.client)

    async def _watch(self) -> None:
        """Again and again: a broker may forget its topics, and comes back empty as another cluster."""
        settings = self._chassis.settings
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            try:
                cluster = await ensure_topics(settings.kafka, settings.kafka_replication)
                if not self._ends and (cluster != self._cluster or not self._reads):
                    await self._begin_anew(cluster)
                self._chassis.recovered("broker")
            except INFRASTRUCTURE as error:
                self._chassis.failing("broker", type(error).__name__)

    @property
    def _reads(self) -> bool:
        if not self._chassis.service.consumers.topics():
            return True
        return self._subscription is not None and self._subscription.alive

    async def _begin_anew(self, cluster: str) -> None:
        """Read as the group of this cluster, from the first record where it has no place yet."""
        log.warning("reading begins anew", extra={"cluster": cluster, "before": self._cluster})
        self._chassis.failing("broker", "reading begins anew")
        await self._subscribe(cluster)

    async def stop_consuming(self) -> None:
        """Finish the batch in hand and leave the group for good; the relay goes on."""
        self._ends, self.ready = True, False
        await self._unsubscribe()

    async def _unsubscribe(self) -> None:
        if self._subscription is not None:
            await self._subscription.broker.stop()
            self._subscription = None

    async def _stop_parts(self) -> None:
        self.ready = False
        await self._unsubscribe()
        if self._producer is not None:
            await self._producer.stop()
            self._producer = None

    async def close(self) -> None:
        """Give up producer and buckets; `run` must have ended."""
        await self._stop_parts()
        if self._relay is not None:
            await self._relay.close()
