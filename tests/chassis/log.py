"""The broker's log as a test writes, follows and measures it."""

from __future__ import annotations

import asyncio
import json
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition

from contracts.events.base import PARTITIONS, Event
from services.chassis.topics import ensure_topics, group_of
from tests.chassis.probe import Probe, changed
from tests.chassis.records import TOPIC, body_of, headers_of

T = TypeVar("T")
PATIENCE_SECONDS = 40.0
PARTS = [TopicPartition(TOPIC, number) for number in range(PARTITIONS)]
__all__ = ["TOPIC", "Log", "until"]


async def until(ask: Callable[[], Awaitable[T]], wanted: T) -> None:
    """Ask again until the answer is the wanted one; at the hard limit the assertion shows the last answer."""
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while await ask() != wanted:  # noqa: ASYNC110  # what is waited for happens in the database or the broker
                await asyncio.sleep(0.02)
    except TimeoutError:
        last = await ask()
        assert last == wanted, f"{last} is not {wanted}"


class Log:
    """One topic of the broker under test."""

    def __init__(self, bootstrap: str) -> None:
        self.bootstrap = bootstrap
        self.cluster = ""
        self._reader = AIOKafkaConsumer(bootstrap_servers=bootstrap)

    async def open(self) -> None:
        """The topics exist and the reader is connected."""
        self.cluster = await ensure_topics(self.bootstrap, 1)
        await self._reader.start()

    async def close(self) -> None:
        await self._reader.stop()

    @asynccontextmanager
    async def producer(self) -> AsyncIterator[AIOKafkaProducer]:
        made = AIOKafkaProducer(bootstrap_servers=self.bootstrap, acks="all")
        await made.start()
        try:
            yield made
        finally:
            await made.stop()

    async def put(self, *events: Event) -> None:
        """Send events as a relay would."""
        async with self.producer() as producer:
            sent = [
                await producer.send(
                    event.topic(), body_of(event), key=event.key().encode(), headers=headers_of(event)
                )
                for event in events
            ]
            await asyncio.gather(*sent)

    def _group(self, service: str) -> AIOKafkaConsumer:
        group = group_of(service, self.cluster)
        return AIOKafkaConsumer(bootstrap_servers=self.bootstrap, group_id=group, enable_auto_commit=False)

    async def begin_at_the_end(self, service: str) -> None:
        """A new service's group hears nothing of other tests."""
        ends = await self._ends()
        consumer = self._group(service)
        await consumer.start()
        consumer.assign(PARTS)
        await consumer.commit(ends)
        await consumer.stop()

    async def _ends(self) -> dict[TopicPartition, int]:
        """Behind a last record of our own: asked for its end, the local broker names one that is too early."""
        last = changed("3706000000", 1)
        async with self.producer() as producer:
            sent = [
                await producer.send_and_wait(
                    TOPIC,
                    body_of(last),
                    key=last.key().encode(),
                    partition=part.partition,
                    headers=headers_of(last),
                )
                for part in PARTS
            ]
        return {TopicPartition(one.topic, one.partition): one.offset + 1 for one in sent}

    async def committed(self, probe: Probe) -> int:
        """Sum of the offsets a probe's group has committed."""
        consumer = self._group(probe.chassis.service.name)
        await consumer.start()
        consumer.assign(PARTS)
        found = [await consumer.committed(part) or 0 for part in PARTS]
        await consumer.stop()
        return sum(found)

    async def ids(self) -> Counter[str]:
        """How often each event stands in the whole log, from its first record.

        By `seek`: the client applies the answer to "where is the end", which it asked when it began, to a later
        `seek_to_beginning` too, and then reads nothing.
        """
        found: Counter[str] = Counter()
        reader = AIOKafkaConsumer(bootstrap_servers=self.bootstrap)
        await reader.start()
        reader.assign(PARTS)
        for part in PARTS:
            reader.seek(part, 0)
        ends = await reader.end_offsets(PARTS)
        async with asyncio.timeout(PATIENCE_SECONDS):
            while any([await reader.position(part) < ends[part] for part in PARTS]):
                for records in (await reader.getmany(timeout_ms=200)).values():
                    found.update(dict(record.headers)["ce_id"].decode() for record in records)
        await reader.stop()
        return found

    async def follow(self) -> None:
        """From here on `versions` reads."""
        self._reader.assign(PARTS)
        await self._reader.seek_to_end(*PARTS)
        for part in PARTS:
            await self._reader.position(part)

    async def versions(self, number: int, *keys: str) -> dict[str, list[int]]:
        """The next so many records of these keys: key → versions in the order of the log."""
        found: dict[str, list[int]] = defaultdict(list)
        count = 0
        async with asyncio.timeout(PATIENCE_SECONDS):
            while count < number:
                for records in (await self._reader.getmany(timeout_ms=200)).values():
                    for record in records:
                        key = record.key.decode()
                        if key in keys:
                            found[key].append(int(json.loads(record.value)["version"]))
                            count += 1
        return dict(found)
