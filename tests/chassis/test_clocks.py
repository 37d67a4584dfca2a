"""Two clocks: business time is moved by one shared row, the wall's never."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import asyncpg

from deploy.local.clock import Clock
from services.chassis.clocks import BusinessClock, at_midnight, plain_dsn, wall_now


async def test_time_business_time_follows_the_shared_row_and_wall_time_does_not(
    fresh_database: Callable[[str], tuple[str, str]],
):
    dsn, owner = fresh_database("business_clock")
    shared, one, two = Clock(owner), BusinessClock(dsn), BusinessClock(dsn)
    before = wall_now()
    await shared.open()
    for day in (date(2016, 9, 10), date(2016, 10, 1)):
        await shared.advance_to(day)
        for clock in (one, two):
            await clock.refresh()
            assert (clock.today(), clock.now().hour) == (day, 9)
            assert clock.now().utcoffset() == timedelta(hours=8)
    assert timedelta() <= wall_now() - before < timedelta(minutes=1)
    for clock in (one, two):
        await clock.close()


async def test_time_without_a_shared_row_business_time_is_the_walls_in_shanghai():
    clock = BusinessClock()
    await clock.refresh()
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)
    assert clock.now().utcoffset() == timedelta(hours=8)
    assert at_midnight(date(2016, 9, 11)).isoformat() == "2016-09-11T00:00:00+08:00"


async def test_time_the_clock_comes_back_after_its_connection_is_lost(
    fresh_database: Callable[[str], tuple[str, str]],
):
    dsn, owner = fresh_database("business_clock")
    await Clock(owner).open()
    clock = BusinessClock(dsn)
    await clock.refresh()
    admin = await asyncpg.connect(plain_dsn(owner))
    assert clock._connection is not None
    pid = clock._connection.get_server_pid()
    clock._connection.terminate()
    await admin.close()
    await clock.refresh()
    assert clock._connection.get_server_pid() != pid
    assert clock.today() == date(2016, 9, 7)
    await clock.close()
