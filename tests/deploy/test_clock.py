"""The business clock's row: forward only, and it stands still while the stack is down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import asyncpg
import pytest

from deploy.local.clock import OPENING, SHANGHAI, BackwardsError, Clock
from services.chassis.clocks import BusinessClock, plain_dsn

SOON = timedelta(seconds=10)


@pytest.fixture
async def clock(fresh_database: Callable[[str], tuple[str, str]]) -> Clock:
    return Clock(fresh_database("business_clock")[1])


async def change(clock: Clock, statement: str) -> None:
    connection = await asyncpg.connect(plain_dsn(clock.owner_dsn))
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


async def test_business_time_opens_on_2016_09_07_at_nine_and_stays_open(clock: Clock) -> None:
    assert OPENING <= await clock.open() < OPENING + SOON
    assert OPENING <= await clock.open(datetime(2016, 10, 1, tzinfo=SHANGHAI)) < OPENING + SOON


async def test_it_moves_forward_to_nine_o_clock_of_a_day_and_never_back(clock: Clock) -> None:
    await clock.open()
    await clock.advance_to(date(2016, 9, 11))
    assert (
        datetime(2016, 9, 11, 9, tzinfo=SHANGHAI)
        <= await clock.now()
        < datetime(2016, 9, 11, 9, 1, tzinfo=SHANGHAI)
    )
    for past in (date(2016, 9, 10), date(2016, 9, 11), datetime(2016, 9, 11, 8, 59, tzinfo=SHANGHAI)):
        with pytest.raises(BackwardsError, match="2016-09-11 09:00"):
            await clock.advance_to(past)
    assert (await clock.now()).date() == date(2016, 9, 11)


async def test_a_process_reads_it_with_its_own_role_but_cannot_move_it(
    fresh_database: Callable[[str], tuple[str, str]],
) -> None:
    reader, owner = fresh_database("business_clock")
    await Clock(owner).open()
    business = BusinessClock(reader)
    await business.refresh()
    assert business.today() == date(2016, 9, 7)
    await business.close()
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await change(Clock(reader), "UPDATE business_clock SET offset_seconds = 0")


async def test_listeners_hear_of_a_move(clock: Clock) -> None:
    await clock.open()
    heard: list[object] = []
    listener = await asyncpg.connect(plain_dsn(clock.owner_dsn))
    await listener.add_listener("business_clock", lambda *said: heard.append(said[-1]))
    await clock.advance_to(date(2016, 9, 20))
    await listener.execute("SELECT 1")
    await listener.close()
    assert heard == ["2016-09-20T09:00:00+08:00"]


async def test_the_time_a_stack_was_down_does_not_pass(clock: Clock) -> None:
    await clock.open()
    await change(
        clock,
        "UPDATE business_clock SET seen = now() - interval '3 days', offset_seconds = offset_seconds + 259200",
    )
    stopped_at = OPENING
    assert stopped_at <= await clock.resume(clean=True) < stopped_at + SOON
    assert stopped_at <= await clock.resume(clean=True) < stopped_at + SOON


async def test_after_a_crash_business_time_does_not_go_back_behind_what_was_shown(clock: Clock) -> None:
    await clock.open()
    await change(clock, "UPDATE business_clock SET seen = now() - interval '2 seconds'")
    shown = await clock.now()
    assert await clock.resume(clean=False) >= shown


async def test_a_wall_clock_set_back_while_down_does_not_move_business_time_back(clock: Clock) -> None:
    await clock.open()
    await change(
        clock,
        "UPDATE business_clock SET seen = now() + interval '1 hour', offset_seconds = offset_seconds - 3600",
    )
    assert OPENING <= await clock.resume(clean=True) < OPENING + SOON
