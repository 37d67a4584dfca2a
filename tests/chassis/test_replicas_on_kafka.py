"""Replicas that are killed, come and go on Apache Kafka: nothing is lost, and every effect happens once."""

from __future__ import annotations

import asyncio
from collections import defaultdict

import pytest

from contracts.events.base import PARTITIONS
from tests.chassis.conftest import ROLE, Probes
from tests.chassis.doomed import BEFORE_OFFSET, IN_TRANSACTION, UNDER_WAY, doomed
from tests.chassis.log import Log, until
from tests.chassis.probe import Probe, changed

pytestmark = [pytest.mark.apache, pytest.mark.slow]
EVENTS, AHEAD = 30, 20


@pytest.mark.parametrize(("point", "kept"), [(IN_TRANSACTION, 0), (BEFORE_OFFSET, EVENTS)])
async def test_law1_another_replica_takes_over_what_kill_9_left_of_a_batch(
    probes: Probes, log: Log, point: str, kept: int
):
    number, database, group = f"370601000{kept % 9}", probes.database(), probes.name("listener")
    await log.begin_at_the_end(group)
    await log.put(*(changed(number, version) for version in range(1, EVENTS + 1)))
    dsn = probes.cluster.dsn(ROLE, database)
    async with doomed(dsn, log.bootstrap, group, point) as process:
        other = await probes.start(database, process="listener", runs=True)
        assert await other.value("SELECT count(*) FROM effects") == kept
        before = await log.committed(other)
        process.kill()
        await until(lambda: log.committed(other), before + EVENTS)
    assert await other.effects() == [(number, version) for version in range(1, EVENTS + 1)]
    assert other.chassis.metrics.repeated._value.get() == kept
    assert await other.value("SELECT count(*) FROM dead_letters") == 0


async def test_law1_replicas_join_leave_and_die_under_load(probes: Probes, log: Log):
    first = await probes.listener(log)
    numbers = [f"37060101{n:02d}" for n in range(40)]
    enough = asyncio.Event()
    load = asyncio.create_task(_load(log, first, numbers, enough))
    second = await probes.start(probes.databases[-1], process="listener", runs=True)
    await until(lambda: _all_read(first, second), PARTITIONS)
    dsn = probes.cluster.dsn(ROLE, probes.databases[-1])
    async with doomed(dsn, log.bootstrap, probes.name("listener"), UNDER_WAY) as third:
        await second.chassis.messaging.stop_consuming()  # type: ignore[union-attr]  # it runs
        third.kill()
        await until(lambda: _all_read(first), PARTITIONS)
    enough.set()
    rounds = await load
    await until(lambda: first.value("SELECT count(*) FROM inbox"), rounds * len(numbers))
    assert await _heard(first) == {number: list(range(1, rounds + 1)) for number in numbers}
    assert await first.value("SELECT count(*) FROM dead_letters") == 0


async def _load(log: Log, replica: Probe, numbers: list[str], enough: asyncio.Event) -> int:
    """One event of each employer after the other until it is enough; how many each has.

    Never far ahead of what is heard: a slow machine would need longer for the rest than the test waits.
    """
    version = 0
    while not enough.is_set():
        version += 1
        await log.put(*(changed(number, version) for number in numbers))
        heard = (version - AHEAD) * len(numbers)
        await until(lambda: replica.value(f"SELECT count(*) >= {heard} FROM inbox"), wanted=True)  # noqa: B023  # awaited here
    return version


async def _all_read(*replicas: Probe) -> int:
    """Partitions that these replicas read together, once each has some."""
    counts = [one.chassis.messaging.assigned for one in replicas]  # type: ignore[union-attr]  # they run
    return sum(counts) if all(counts) else 0


async def _heard(replica: Probe) -> dict[str, list[int]]:
    heard: dict[str, list[int]] = defaultdict(list)
    for subject, version in await replica.effects():
        heard[subject].append(version)
    return dict(heard)
