"""Outbox rows packed for Kafka: whole record batches by partition, each record with its own key and headers.

Handed over record by record, the client library spends two thirds of the relay's time on their single futures.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import asyncpg
from aiokafka import AIOKafkaProducer
from aiokafka.partitioner import murmur2

from contracts.events.base import headers

Place = tuple[str, int]
"""Topic and partition."""


@lru_cache(maxsize=65_536)
def _hash(key: str) -> int:
    """Kafka's own hash of a key, so that every producer of a topic agrees on the partition."""
    return int(murmur2(key.encode())) & 0x7FFF_FFFF


async def by_place(
    producer: AIOKafkaProducer, rows: Sequence[asyncpg.Record]
) -> Mapping[Place, list[asyncpg.Record]]:
    """Rows by the partition of their key, in their order; errors of the broker pass to the caller."""
    topics = {row["topic"] for row in rows}
    partitions = {topic: sorted(await producer.partitions_for(topic)) for topic in topics}
    found: dict[Place, list[asyncpg.Record]] = defaultdict(list)
    for row in rows:
        there = partitions[row["topic"]]
        found[row["topic"], there[_hash(row["key"]) % len(there)]].append(row)
    return found


def packed(
    producer: AIOKafkaProducer, rows: Sequence[asyncpg.Record], source: str
) -> Iterator[tuple[Any, list[asyncpg.Record]]]:
    """Batches of one partition's rows in order, each with what is in it; a full one is followed by the next."""
    batch, inside = producer.create_batch(), list[asyncpg.Record]()
    for row in rows:
        record = {
            "timestamp": None,
            "key": row["key"].encode(),
            "value": row["body"].encode(),
            "headers": headers(
                row["event_id"], row["type"], source, row["subject"], row["time"], row["traceparent"]
            ),
        }
        if batch.append(**record) is None:
            yield batch, inside
            batch, inside = producer.create_batch(), []
            batch.append(**record)
        inside.append(row)
    yield batch, inside
