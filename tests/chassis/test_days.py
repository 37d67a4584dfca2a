"""Business days: missed days in order, each job of a day once, in chunks that go on where they stopped."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import text

from deploy.local.clock import Clock
from services.chassis.days import Jobs, Ticker
from services.chassis.keeper import Keeper
from services.chassis.policy import MissingPolicy
from services.chassis.runtime import Chassis
from services.chassis.work import UnitOfWork
from tests.chassis.conftest import Probes
from tests.chassis.log import until
from tests.chassis.probe import Probe

FIRST, LAST = date(2016, 9, 7), date(2016, 9, 10)
RUN = text("INSERT INTO runs (day, job) VALUES (:day, :job)")
RUNS = "SELECT to_char(day, 'DD'), job FROM runs ORDER BY no"


async def note(work: UnitOfWork, day: date, job: str) -> None:
    await work.session.execute(RUN, {"day": day, "job": job})


def two_jobs() -> Jobs:
    jobs = Jobs()

    @jobs.daily("one")
    async def one(work: UnitOfWork, day: date) -> bool:
        await note(work, day, "one")
        return True

    @jobs.daily("two")
    async def two(work: UnitOfWork, day: date) -> bool:
        await note(work, day, "two")
        return True

    return jobs


async def catch_up(probe: Probe, today: date) -> None:
    keeper = Keeper(probe.chassis.settings.dsn)
    await Ticker(probe.chassis, keeper).catch_up(today)
    await keeper.close()


async def test_time_missed_days_run_in_order_and_once(probes: Probes):
    probe = await probes.start(jobs=two_jobs())
    for today in (FIRST, LAST, LAST):
        await catch_up(probe, today)
    assert await probe.rows(RUNS) == [
        (day, job) for day in ("07", "08", "09", "10") for job in ("one", "two")
    ]


async def test_time_two_tickers_even_without_their_lock_run_each_day_once(probes: Probes):
    database, jobs = probes.database(), two_jobs()
    replicas = [await probes.start(database, jobs=jobs) for _ in range(3)]
    await catch_up(replicas[0], FIRST)
    await asyncio.gather(*(catch_up(one, LAST) for one in replicas))
    assert sorted(await replicas[0].rows(RUNS)) == [
        (day, job) for day in ("07", "08", "09", "10") for job in ("one", "two")
    ]


async def test_time_a_day_broken_off_goes_on_at_its_next_chunk(probes: Probes):
    jobs, crashes = Jobs(), [RuntimeError("crash")]

    @jobs.daily("chunks")
    async def chunks(work: UnitOfWork, day: date) -> bool:
        done = (await work.session.execute(text("SELECT count(*) FROM runs"))).scalar_one()
        await note(work, day, f"chunk {done}")
        if done == 2 and crashes:
            raise crashes.pop()
        return bool(done == 4)

    probe = await probes.start(jobs=jobs)
    with pytest.raises(RuntimeError):
        await catch_up(probe, FIRST)
    assert [job for _, job in await probe.rows(RUNS)] == ["chunk 0", "chunk 1"]
    await catch_up(probe, FIRST)
    assert [job for _, job in await probe.rows(RUNS)] == [f"chunk {n}" for n in range(5)]
    assert await probe.value("SELECT chunks FROM days") == 5


async def test_time_missing_policy_blocks_its_job_alone_and_is_named(probes: Probes):
    jobs = Jobs()
    released: list[bool] = []

    @jobs.daily("priced")
    async def priced(work: UnitOfWork, day: date) -> bool:
        if not released:
            raise MissingPolicy("费率", "2016-10")
        await note(work, day, "priced")
        return True

    @jobs.daily("plain")
    async def plain(work: UnitOfWork, day: date) -> bool:
        await note(work, day, "plain")
        return True

    probe = await probes.start(jobs=jobs)
    await catch_up(probe, FIRST)
    await probe.chassis.business.refresh()
    blocked = (await probe.client.get("/quiescence")).json()["blocked"]
    assert blocked == [{"day": "2016-09-07", "job": "priced", "problem": "缺少费率（2016-10）"}]
    assert await probe.rows(RUNS) == [("07", "plain")]
    released.append(True)
    await catch_up(probe, FIRST)
    assert await probe.rows(RUNS) == [("07", "plain"), ("07", "priced")]
    assert (await probe.client.get("/quiescence")).json()["blocked"] == []


async def test_time_a_broken_job_does_not_stop_the_others(probes: Probes):
    jobs = Jobs()

    @jobs.daily("broken")
    async def broken(work: UnitOfWork, day: date) -> bool:
        raise ValueError("a bug")

    @jobs.daily("plain")
    async def plain(work: UnitOfWork, day: date) -> bool:
        await note(work, day, "plain")
        return True

    probe = await probes.start(jobs=jobs)
    with pytest.raises(ValueError, match="a bug"):
        await catch_up(probe, FIRST)
    assert await probe.rows(RUNS) == [("07", "plain")]


async def test_time_a_job_that_is_not_ready_says_why_and_is_asked_again(probes: Probes):
    answers = ["还没有", "还没有", ""]

    async def ready(chassis: Chassis, day: date) -> str:
        assert (chassis, day) == (probe.chassis, FIRST)
        return answers.pop(0)

    jobs = Jobs()

    @jobs.daily("one", ready=ready)
    async def one(work: UnitOfWork, day: date) -> bool:
        await note(work, day, "one")
        return True

    @jobs.daily("two")
    async def two(work: UnitOfWork, day: date) -> bool:
        await note(work, day, "two")
        return True

    probe = await probes.start(jobs=jobs)
    for _ in range(2):
        await catch_up(probe, FIRST)
    assert await probe.rows(RUNS) == [("07", "two")]
    blocked = (await probe.client.get("/quiescence")).json()["blocked"]
    assert blocked == [{"day": "2016-09-07", "job": "one", "problem": "还没有"}]
    await catch_up(probe, FIRST)
    assert await probe.rows(RUNS) == [("07", "two"), ("07", "one")]


async def test_time_a_day_is_opened_at_once_when_business_time_is_moved_not_at_the_next_tick(
    probes: Probes, fresh_database: Callable[[str], tuple[str, str]]
):
    dsn, owner = fresh_database("business_clock")
    shared = Clock(owner)
    await shared.open()
    probe = await probes.start(jobs=two_jobs(), runs=True, clock_dsn=dsn, tick_seconds=3600)
    await until(lambda: probe.rows(RUNS), [("07", "one"), ("07", "two")])
    await shared.advance_to(LAST)
    await until(lambda: probe.value("SELECT count(*) FROM runs"), 8)
