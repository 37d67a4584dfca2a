"""Apache Kafka itself dies and stalls: nothing is lost, readiness tells, a late answer doubles nothing."""

from __future__ import annotations

import asyncio
from itertools import groupby
from typing import cast

import pytest
from aiokafka.client import AIOKafkaClient
from aiokafka.producer.sender import SendProduceReqHandler

from services.chassis import relay
from services.chassis.identity import SYSTEM
from services.chassis.topics import cluster_of
from services.chassis.work import work_scope
from tests.chassis.conftest import Probes
from tests.chassis.log import PARTS, Log, until
from tests.chassis.probe import Probe, changed
from tests.servers.brokers import Broker
from tests.servers.kafka_node import Kafka

pytestmark = [pytest.mark.apache, pytest.mark.slow]
NUMBERS = [f"37060201{n:02d}" for n in range(24)]
UNSENT = "SELECT count(*) FROM outbox_unsent"
SENT = "SELECT (SELECT count(*) FROM outbox) - (SELECT count(*) FROM outbox_unsent)"


@pytest.fixture
def kafka(kafka_server: Broker) -> Kafka:
    return cast("Kafka", kafka_server)


async def _publisher(probes: Probes, *, idempotent: bool = True) -> Probe:
    return await probes.start(process="registry", runs=True, hears=(), kafka_idempotent=idempotent)


async def _publish(publisher: Probe, enough: asyncio.Event) -> int:
    """A command for each employer, again and again until it is enough; how many each has."""
    version = 0
    while not enough.is_set():
        version += 1
        async with work_scope(publisher.chassis, SYSTEM) as work:
            for number in NUMBERS:
                work.publish(changed(number, version))
    return version


async def _statuses(*probes: Probe) -> list[int]:
    return [(await probe.client.get("/health")).status_code for probe in probes]


async def _hears_something(listener: Probe) -> bool:
    return bool(await listener.value("SELECT count(*) > 100 FROM effects"))


async def test_law6_a_dead_broker_fails_readiness_and_loses_nothing(probes: Probes, log: Log, kafka: Kafka):
    publisher, listener, enough = await _publisher(probes), await probes.listener(log), asyncio.Event()
    await log.follow()
    work = asyncio.create_task(_publish(publisher, enough))
    await until(lambda: _hears_something(listener), wanted=True)
    assert await _statuses(publisher, listener) == [200, 200]
    await asyncio.to_thread(kafka.crash)
    await until(lambda: _statuses(publisher, listener), [503, 503])
    enough.set()
    rounds = await work
    await asyncio.to_thread(kafka.start)
    await until(lambda: _statuses(publisher, listener), [200, 200])
    await until(lambda: listener.value("SELECT count(*) FROM effects"), rounds * len(NUMBERS))
    await until(lambda: publisher.value(UNSENT), 0)
    heard = sorted(await listener.effects())
    assert {n: [v for _, v in of] for n, of in groupby(heard, lambda it: it[0])} == _each(rounds)
    assert await listener.value("SELECT count(*) FROM dead_letters") == 0


async def test_law3_every_row_marked_as_sent_stands_in_the_log_that_a_killed_broker_comes_back_with(
    probes: Probes, log: Log, kafka: Kafka
):
    """One node acknowledges what the machine holds in memory, not yet on disk: its process may die, not the machine."""
    publisher, enough = await _publisher(probes), asyncio.Event()
    work = asyncio.create_task(_publish(publisher, enough))
    await until(lambda: _sent_more_than(publisher, 100), wanted=True)
    await asyncio.to_thread(kafka.crash)
    before = await publisher.value(SENT)
    enough.set()
    rounds = await work
    await asyncio.to_thread(kafka.start)
    await until(lambda: publisher.value(UNSENT), 0)
    rows = [str(event_id) for (event_id,) in await publisher.rows("SELECT event_id FROM outbox")]
    assert before < len(rows) == rounds * len(NUMBERS)
    found = await log.ids()
    assert [row for row in rows if not found[row]] == []


async def _sent_more_than(publisher: Probe, count: int) -> bool:
    return int(await publisher.value(SENT)) > count


async def test_law3_a_broker_that_lost_the_end_of_its_log_does_not_stop_the_relay(probes: Probes, log: Log):
    publisher, number = await _publisher(probes), "3706020301"
    await log.follow()
    await _commit(publisher, number, 1)
    assert await log.versions(1, number) == {number: [1]}
    _sent_what_the_broker_forgot(publisher)
    await _commit(publisher, number, 2)
    assert await log.versions(1, number) == {number: [2]}
    await until(lambda: publisher.value(UNSENT), 0)
    await until(lambda: _statuses(publisher), [200])


def _sent_what_the_broker_forgot(publisher: Probe) -> None:
    """The broker waits for an earlier record of the producer than the next, on every partition."""
    producer = publisher.chassis.messaging._producer  # type: ignore[union-attr]  # it runs
    for part in PARTS:
        producer._txn_manager.increment_sequence_number(part, 3)  # type: ignore[union-attr]  # as above


@pytest.mark.parametrize(("idempotent", "copies"), [(True, 1), (False, 2)])
async def test_law3_an_answer_that_comes_too_late_doubles_only_without_the_idempotent_producer(
    probes: Probes,
    log: Log,
    kafka: Kafka,
    monkeypatch: pytest.MonkeyPatch,
    idempotent: bool,  # noqa: FBT001  # a parameter of the test
    copies: int,
):
    publisher, errors = await _publisher(probes, idempotent=idempotent), _watch_errors(monkeypatch)
    number = f"37060202{copies:02d}"
    await log.follow()
    await _commit(publisher, number, 1)
    assert await log.versions(1, number) == {number: [1]}
    _stall_at_the_send(kafka, monkeypatch)
    try:
        await _commit(publisher, number, 2)
        await until(lambda: _any(errors), wanted=True)
    finally:
        kafka.resume()
    await until(lambda: publisher.value(UNSENT), 0)
    await _commit(publisher, number, 3)
    assert await log.versions(copies + 1, number) == {number: [2] * copies + [3]}


def _stall_at_the_send(kafka: Kafka, monkeypatch: pytest.MonkeyPatch) -> None:
    """The broker says which cluster it is, and answers nothing any more."""

    async def said_and_stalled(client: AIOKafkaClient) -> str:
        said = await cluster_of(client)
        monkeypatch.setattr(relay, "cluster_of", cluster_of)
        kafka.pause()
        return said

    monkeypatch.setattr(relay, "cluster_of", said_and_stalled)


def _watch_errors(monkeypatch: pytest.MonkeyPatch) -> list[BaseException]:
    """What the producer meets; it decides as it would."""
    met: list[BaseException] = []
    decide = SendProduceReqHandler._can_retry

    def can_retry(handler: SendProduceReqHandler, error: BaseException, batch: object) -> bool:
        met.append(error)
        return bool(decide(handler, error, batch))

    monkeypatch.setattr(SendProduceReqHandler, "_can_retry", can_retry)
    return met


async def _any(found: list[BaseException]) -> bool:
    return bool(found)


async def _commit(publisher: Probe, number: str, version: int) -> None:
    async with work_scope(publisher.chassis, SYSTEM) as work:
        work.publish(changed(number, version))


def _each(rounds: int) -> dict[str, list[int]]:
    return {number: list(range(1, rounds + 1)) for number in NUMBERS}
