"""A part of a process that dies begins anew, and readiness and metrics say so meanwhile (architecture, Delivery 6)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from services.chassis import keeping
from services.chassis.identity import SYSTEM
from services.chassis.keeping import keep
from services.chassis.work import work_scope
from tests.chassis.conftest import Probes
from tests.chassis.log import Log, until
from tests.chassis.probe import Probe, changed


async def said(probe: Probe, part: str) -> str:
    """What health says of a part; nothing where it is well."""
    checks = (await probe.client.get("/health")).json()["checks"]
    return str(next((check["detail"] for check in checks if check["name"] == part), ""))


async def test_a_part_that_dies_is_unready_counted_and_well_again_once_it_runs_steadily(
    probe: Probe, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(keeping, "FIRST_PAUSE", 0.1)
    monkeypatch.setattr(keeping, "STEADY_SECONDS", 0.2)
    deaths, starts = [ValueError(), KeyError()], []

    async def part() -> None:
        starts.append(asyncio.get_running_loop().time())
        if deaths:
            raise deaths.pop()
        await asyncio.Event().wait()

    task = asyncio.create_task(keep(probe.chassis, "part", part))
    await until(lambda: said(probe, "part"), "died: KeyError")
    await until(lambda: said(probe, "part"), "died: ValueError")
    metrics = (await probe.client.get("/metrics")).text
    assert 'si_failing{part="part"} 1.0' in metrics
    assert 'si_part_deaths_total{part="part"} 2.0' in metrics
    await until(lambda: said(probe, "part"), "")
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert len(starts) == 3
    assert starts[1] - starts[0] >= 0.1
    assert starts[2] - starts[1] >= 0.2


@asynccontextmanager
async def without_traceparent(probes: Probes, database: str) -> AsyncIterator[None]:
    """An outbox that the relay cannot read, which is no failure of infrastructure."""
    probes.cluster.sql("ALTER TABLE outbox RENAME COLUMN traceparent TO hidden", database)
    yield
    probes.cluster.sql("ALTER TABLE outbox RENAME COLUMN hidden TO traceparent", database)


@pytest.mark.kafka
async def test_a_relay_that_died_of_what_it_read_relays_again_once_that_is_mended(probes: Probes, log: Log):
    database = probes.database()
    publisher = await probes.start(database, process="registry", runs=True, hears=())
    await log.follow()
    async with without_traceparent(probes, database):
        await until(lambda: said(publisher, "relay"), "died: UndefinedColumnError")
        assert (await publisher.client.get("/health")).status_code == 503
        async with work_scope(publisher.chassis, SYSTEM) as work:
            work.publish(changed("3706000801", 1))
    assert await log.versions(1, "3706000801") == {"3706000801": [1]}
    await until(lambda: said(publisher, "relay"), "")


@pytest.mark.kafka
async def test_a_consumer_that_fails_of_what_nobody_foresaw_pauses_and_parks_nothing(
    probes: Probes, log: Log
):
    listener = await probes.listener(log)
    subscription = listener.chassis.messaging._subscription  # type: ignore[union-attr]  # it runs
    take, failures = subscription._intake.take, [LookupError()]  # type: ignore[union-attr]  # as above
    seen: list[str] = []

    async def take_or_fail(records: object) -> None:
        seen.append(await said(listener, "consumer"))
        if failures:
            raise failures.pop()
        await take(records)  # type: ignore[arg-type]  # as they came

    subscription._intake.take = take_or_fail  # type: ignore[union-attr, method-assign]  # the failure
    await log.put(changed("3706000802", 1))
    await until(listener.effects, [("3706000802", 1)])
    assert seen == ["", "LookupError"]
    await until(lambda: said(listener, "consumer"), "")
    assert await listener.value("SELECT count(*) FROM dead_letters") == 0
