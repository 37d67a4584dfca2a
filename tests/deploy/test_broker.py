"""The broker that the tests run on, and the local one's own habits."""

from __future__ import annotations

import socket
from pathlib import Path
from uuid import uuid4

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from deploy.local.broker import LocalBroker
from deploy.local.ports import answers, free_port, is_free


async def create_topic(bootstrap: str) -> str:
    name = f"test-{uuid4().hex}"
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()
    await admin.create_topics([NewTopic(name, 3, 1)])
    await admin.close()
    return name


async def ends(bootstrap: str, topic: str) -> int:
    consumer = AIOKafkaConsumer(bootstrap_servers=bootstrap)
    await consumer.start()
    found = await consumer.end_offsets([TopicPartition(topic, n) for n in range(3)])
    await consumer.stop()
    return sum(found.values())


@pytest.mark.kafka
async def test_what_is_acknowledged_by_all_stands_in_the_log_in_order_of_its_key(
    kafka_bootstrap: str,
) -> None:
    topic = await create_topic(kafka_bootstrap)
    producer = AIOKafkaProducer(bootstrap_servers=kafka_bootstrap, acks="all")
    await producer.start()
    sent = [await producer.send_and_wait(topic, b"%d" % n, key=b"3706000001") for n in range(20)]
    await producer.stop()
    assert len({record.partition for record in sent}) == 1
    assert [record.offset for record in sent] == list(range(20))
    assert await ends(kafka_bootstrap, topic) == 20


async def test_the_local_broker_names_an_end_of_the_log_amid_its_last_batch(tmp_path: Path) -> None:
    """A fault of the wheel's broker: ListOffsets gives the last batch's first offset and one.

    What begins there hears records that were there before. Fetches name the right end, and so the lag is right;
    groups begin at the first record or where they committed, and lose nothing by it.
    """
    broker = LocalBroker(tmp_path / "log")
    broker.start()
    topic = await create_topic(broker.bootstrap)
    producer = AIOKafkaProducer(bootstrap_servers=broker.bootstrap, acks="all", linger_ms=100)
    await producer.start()
    sent = [await producer.send(topic, b"%d" % n, partition=0) for n in range(10)]
    assert [(await record).offset for record in sent] == list(range(10))
    await producer.stop()
    assert await ends(broker.bootstrap, topic) == 1
    assert await read_whole(broker.bootstrap, topic) == (10, 10)
    broker.stop()


async def read_whole(bootstrap: str, topic: str) -> tuple[int, int | None]:
    """How many records a group that begins at the first hears, and the end that fetches name."""
    part, heard = TopicPartition(topic, 0), 0
    consumer = AIOKafkaConsumer(
        topic, bootstrap_servers=bootstrap, group_id=topic, auto_offset_reset="earliest"
    )
    await consumer.start()
    while heard < 10:
        heard += sum(map(len, (await consumer.getmany(timeout_ms=500)).values()))
    end: int | None = consumer.highwater(part)
    await consumer.stop()
    return heard, end


async def test_an_emptied_local_broker_answers_on_the_same_port_and_has_forgotten(tmp_path: Path) -> None:
    broker = LocalBroker(tmp_path / "log")
    broker.start()
    topic = await create_topic(broker.bootstrap)
    before = broker.port
    broker.empty()
    assert (broker.port, answers(before)) == (before, True)
    admin = AIOKafkaAdminClient(bootstrap_servers=broker.bootstrap)
    await admin.start()
    assert topic not in await admin.list_topics()
    await admin.close()
    broker.stop()
    assert not answers(before)
    broker.stop()


def test_a_busy_port_is_replaced_by_a_free_one() -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        wanted = busy.getsockname()[1]
        other = free_port(wanted)
        assert other != wanted
        assert is_free(other)
    assert free_port(other) == other
