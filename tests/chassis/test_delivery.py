"""The laws of delivery on a broker and PostgreSQL: each test fails when its fault comes back."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import pytest
from aiokafka import AIOKafkaProducer

from services.chassis.consumers import Received
from services.chassis.identity import SYSTEM
from services.chassis.work import work_scope
from tests.chassis.conftest import Probes
from tests.chassis.log import TOPIC, Log, until
from tests.chassis.probe import Probe, changed, requested
from tests.chassis.records import body_of, headers_of

pytestmark = pytest.mark.kafka


async def send(probe: Probe, *events: Any) -> None:
    async with work_scope(probe.chassis, SYSTEM) as work:
        for event in events:
            work.publish(event)


async def test_law1_the_offset_waits_for_the_transaction_and_a_lost_one_comes_again(probes: Probes, log: Log):
    listener, entered, opened = await probes.listener(log), asyncio.Event(), asyncio.Event()

    async def gate(_: Received[Any]) -> None:
        entered.set()
        await opened.wait()

    listener.hearing.gate = gate
    before = await log.committed(listener)
    await log.put(changed("3706000101", 1))
    await entered.wait()
    assert await log.committed(listener) == before
    assert await listener.effects() == []
    probes.cluster.sql(
        f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{probes.databases[-1]}'"
        " AND state = 'idle in transaction'"
    )
    opened.set()
    await until(listener.effects, [("3706000101", 1)])
    await until(lambda: log.committed(listener), before + 1)
    assert listener.hearing.tries == 2
    assert await listener.value("SELECT count(*) FROM dead_letters") == 0


async def test_law1_a_crash_between_commit_and_offset_is_met_by_the_inbox(probes: Probes, log: Log):
    listener = await probes.listener(log)
    subscription = listener.chassis.messaging._subscription  # type: ignore[union-attr]  # it runs
    take, crashes = subscription._intake.take, [ConnectionResetError(), ConnectionResetError()]  # type: ignore[union-attr]  # as above

    async def take_and_crash(records: Sequence[Any]) -> None:
        await take(records)
        if crashes:
            raise crashes.pop()

    subscription._intake.take = take_and_crash  # type: ignore[union-attr, method-assign]  # the crash
    before = await log.committed(listener)
    await log.put(changed("3706000102", 1))
    await until(lambda: log.committed(listener), before + 1)
    assert crashes == []
    assert await listener.effects() == [("3706000102", 1)]
    assert listener.chassis.metrics.repeated._value.get() == 2


async def test_law3_two_relays_share_the_buckets_and_one_takes_over_from_the_dead(probes: Probes, log: Log):
    database = probes.database()
    first, second = [await probes.start(database, process="registry", runs=True, hears=()) for _ in range(2)]
    await log.follow()
    numbers = [f"37060002{n:02d}" for n in range(24)]
    await asyncio.gather(*(send(first, changed(number, 1)) for number in numbers))
    for version in range(2, 6):
        await asyncio.gather(*(send((first, second)[version % 2], changed(n, version)) for n in numbers))
    assert await log.versions(len(numbers) * 5, *numbers) == {n: [1, 2, 3, 4, 5] for n in numbers}
    keepers = [p.chassis.messaging._relay._keeper for p in (first, second)]  # type: ignore[union-attr]  # they run
    held = [len(keeper.held) for keeper in keepers]
    assert sorted(held) == [0, 12]
    leader = held.index(12)
    pid = keepers[leader]._connection.get_server_pid()  # type: ignore[union-attr]  # it is connected
    probes.cluster.sql(f"SELECT pg_terminate_backend({pid})")
    await until(lambda: _sum(keepers), 12)
    await send(first, *(changed(number, 6) for number in numbers))
    assert await log.versions(len(numbers), *numbers) == {n: [6] for n in numbers}
    # A record can be read before the relay has noted that it was sent.
    await until(lambda: first.value("SELECT count(*) FROM outbox_unsent"), 0)


async def _sum(keepers: Sequence[Any]) -> int:
    """How many buckets are held, and none by two."""
    held = [name for keeper in keepers for name in keeper.held]
    return len(held) if len(held) == len(set(held)) else -1


MARK_FAILS_ONCE = """
CREATE SEQUENCE marks; GRANT USAGE ON marks TO PUBLIC;
CREATE FUNCTION fail_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF nextval('marks') = 1 THEN RAISE EXCEPTION 'the relay dies here' USING ERRCODE = '57P01'; END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER fail_once BEFORE DELETE ON outbox_unsent FOR EACH ROW EXECUTE FUNCTION fail_once();
"""


async def test_law3_a_crash_between_send_and_mark_sends_again_and_is_applied_once(probes: Probes, log: Log):
    database = probes.database()
    probes.cluster.sql(f"SET ROLE si_owner; {MARK_FAILS_ONCE}", database)
    publisher = await probes.start(database, process="registry", runs=True, hears=())
    listener = await probes.listener(log)
    await log.follow()
    await send(publisher, changed("3706000301", 1))
    assert await log.versions(2, "3706000301") == {"3706000301": [1, 1]}
    await until(lambda: listener.value("SELECT count(*) FROM inbox"), 1)
    await send(publisher, changed("3706000301", 2))
    await until(listener.effects, [("3706000301", 1), ("3706000301", 2)])
    await until(lambda: publisher.value("SELECT count(*) FROM outbox_unsent"), 0)


async def test_law3_a_command_that_fails_leaves_neither_state_nor_event(probes: Probes):
    probe = await probes.start()
    with pytest.raises(RuntimeError):
        await _publish_and_fail(probe)
    assert await probe.value("SELECT count(*) FROM outbox") == 0


async def _publish_and_fail(probe: Probe) -> None:
    async with work_scope(probe.chassis, SYSTEM) as work:
        work.publish(changed("3706000302", 1))
        await work.complete()
        raise RuntimeError


async def test_law6_infrastructure_pauses_with_readiness_down_and_parks_nothing(probes: Probes, log: Log):
    listener, failures = await probes.listener(log), [ConnectionResetError() for _ in range(3)]
    seen: list[int] = []

    async def gate(_: Received[Any]) -> None:
        seen.append((await listener.client.get("/health")).status_code)
        if failures:
            raise failures.pop()

    listener.hearing.gate = gate
    await log.put(changed("3706000401", 1))
    await until(listener.effects, [("3706000401", 1)])
    assert seen == [200, 503, 503, 503]
    await until(lambda: _status(listener), 200)
    assert await listener.value("SELECT count(*) FROM dead_letters") == 0


async def _status(probe: Probe) -> int:
    return (await probe.client.get("/health")).status_code


async def test_law6_nothing_that_arrives_vanishes(probes: Probes, log: Log):
    listener = await probes.listener(log)
    good, number = [requested("3706000501", 1), requested("3706000501", 2)], b"3706000501"
    before = await log.committed(listener)
    async with log.producer() as producer:
        await _put(producer, number, body_of(good[0]), headers_of(good[0]))
        await _put(producer, number, b"{", headers_of(good[0]))
        await _put(producer, number, body_of(good[0]), headers_of(good[0], ce_source=b"\xff"))
        await _put(producer, number, body_of(good[0]), headers_of(good[0], ce_type=b"TypeOfTheFuture"))
        await _put(producer, number, body_of(good[0]), [])
        await _put(producer, number, body_of(good[1]), headers_of(good[1]))
    await until(lambda: log.committed(listener), before + 6)
    assert [version for _, version in await listener.effects()] == [1, 2]
    assert await listener.value("SELECT count(*) FROM inbox") == 3
    assert await listener.value("SELECT count(*) FROM dead_letters") == 3


async def _put(producer: AIOKafkaProducer, key: bytes, body: bytes, headers: list[tuple[str, bytes]]) -> None:
    await producer.send_and_wait(TOPIC, body, key=key, headers=headers)


async def test_law1_a_replica_that_joins_and_one_that_leaves_lose_and_double_nothing(
    probes: Probes, log: Log
):
    listener = await probes.listener(log)
    numbers = [f"37060006{n:02d}" for n in range(40)]
    await log.put(*(changed(n, 1) for n in numbers))
    other = await probes.start(probes.databases[-1], process="listener", runs=True)
    await log.put(*(changed(n, 2) for n in numbers))
    await until(lambda: _assigned(listener, other), 12)
    await log.put(*(changed(n, 3) for n in numbers))
    await other.chassis.messaging.stop_consuming()  # type: ignore[union-attr]  # it runs
    await log.put(*(changed(n, 4) for n in numbers))
    await until(lambda: listener.value("SELECT count(*) FROM effects"), 160)
    heard: dict[str, list[int]] = defaultdict(list)
    for subject, version in await listener.effects():
        heard[subject].append(version)
    assert heard == {n: [1, 2, 3, 4] for n in numbers}


async def _assigned(*replicas: Probe) -> int:
    """Partitions of all replicas, once each of them has some."""
    counts = [replica.chassis.messaging.assigned for replica in replicas]  # type: ignore[union-attr]  # they run
    return sum(counts) if all(counts) else 0
