"""A broker that comes back empty is another cluster: topics as the catalogue wants them, nothing carried over."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import UnknownTopicOrPartitionError

from services.chassis.identity import SYSTEM
from services.chassis.topics import WrongPartitionsError, ensure_topics, group_of
from services.chassis.work import work_scope
from tests.chassis.conftest import Probes
from tests.chassis.log import PARTS, TOPIC, until
from tests.chassis.probe import Probe, changed
from tests.servers.brokers import Broker, kind, start_broker

pytestmark = [pytest.mark.kafka, pytest.mark.slow]
NUMBERS = [f"37060007{n:02d}" for n in range(24)]
BEFORE, AFTER = 10, 3


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    made = start_broker(tmp_path)
    yield made
    made.stop()


async def publish(probe: Probe, versions: range) -> None:
    async with work_scope(probe.chassis, SYSTEM) as work:
        for version in versions:
            for number in NUMBERS:
                work.publish(changed(number, version))


async def test_an_emptied_broker_is_read_from_its_first_record_by_who_read_far_in_the_lost_one(
    probes: Probes, broker: Broker
):
    probes.kafka, idempotent = broker.bootstrap, kind() != "local"
    publisher = await probes.start(process="registry", runs=True, hears=(), kafka_idempotent=idempotent)
    listener = await probes.start(process="listener", runs=True)
    await publish(publisher, range(1, BEFORE + 1))
    await until(lambda: listener.value("SELECT count(*) FROM effects"), BEFORE * len(NUMBERS))
    lost = await ensure_topics(broker.bootstrap, 1)
    await asyncio.to_thread(broker.empty)
    await publish(publisher, range(BEFORE + 1, BEFORE + AFTER + 1))
    await until(lambda: listener.value("SELECT count(*) FROM effects"), (BEFORE + AFTER) * len(NUMBERS))
    await until(lambda: publisher.value("SELECT count(*) FROM outbox_unsent"), 0)
    found = await ensure_topics(broker.bootstrap, 1)
    name = probes.name("listener")
    assert lost != found
    await until(lambda: committed(broker, group_of(name, found)), AFTER * len(NUMBERS))
    assert (await listener.client.get("/health")).status_code == 200


async def committed(broker: Broker, group: str) -> int:
    """Sum of the places that a group has committed."""
    consumer = AIOKafkaConsumer(bootstrap_servers=broker.bootstrap, group_id=group, enable_auto_commit=False)
    await consumer.start()
    consumer.assign(PARTS)
    found = [await consumer.committed(part) or 0 for part in PARTS]
    await consumer.stop()
    return sum(found)


async def test_a_client_that_asks_for_a_topic_does_not_make_it(broker: Broker):
    producer = AIOKafkaProducer(bootstrap_servers=broker.bootstrap, request_timeout_ms=500)
    await producer.start()
    with pytest.raises(UnknownTopicOrPartitionError):
        await producer.partitions_for(TOPIC)
    await producer.stop()
    await ensure_topics(broker.bootstrap, 1)
    consumer = AIOKafkaConsumer(TOPIC, bootstrap_servers=broker.bootstrap)
    await consumer.start()
    assert consumer.partitions_for_topic(TOPIC) == {part.partition for part in PARTS}
    assert TopicPartition(TOPIC, 11) in consumer.assignment()
    await consumer.stop()


async def test_a_topic_with_other_partitions_is_said_and_not_used(broker: Broker):
    admin = AIOKafkaAdminClient(bootstrap_servers=broker.bootstrap)
    await admin.start()
    await admin.create_topics([NewTopic(TOPIC, 4, 1)])
    await admin.close()
    for _ in range(2):
        with pytest.raises(WrongPartitionsError, match=f"{TOPIC} has 4, not 12"):
            await ensure_topics(broker.bootstrap, 1)
