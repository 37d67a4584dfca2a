"""Databases of tests: migrated once, cloned for each."""

from __future__ import annotations

from collections.abc import Callable

import asyncpg

from services.chassis.clocks import BusinessClock, plain_dsn, wall_now
from tests.servers.postgres import Databases


async def test_each_test_has_a_migrated_database_of_its_own(
    fresh_database: Callable[[str], tuple[str, str]],
) -> None:
    for _ in range(2):
        connection = await asyncpg.connect(plain_dsn(fresh_database("registry")[0]))
        assert await connection.fetchval("SELECT count(*) FROM outbox") == 0
        await connection.execute(
            "INSERT INTO days (day, job, chunks, problem) VALUES ('2016-09-07', 'x', 0, '')"
        )
        assert await connection.fetchval("SELECT count(*) FROM days") == 1
        await connection.close()


async def test_the_role_of_a_process_cannot_change_what_was_recorded(
    fresh_database: Callable[[str], tuple[str, str]],
) -> None:
    connection = await asyncpg.connect(plain_dsn(fresh_database("registry")[0]))
    for forbidden in ("UPDATE audit SET act = ''", "DELETE FROM audit_seals", "CREATE TABLE t (n int)"):
        try:
            await connection.execute(forbidden)
        except asyncpg.InsufficientPrivilegeError:
            continue
        raise AssertionError(forbidden)
    await connection.close()


def test_a_dropped_database_is_gone(databases: Databases) -> None:
    dsn = databases.fresh("business_clock")[1]
    name = dsn.partition("@/")[2].partition("?")[0]
    databases.drop(dsn)
    assert not databases.cluster.sql(f"SELECT 1 FROM pg_database WHERE datname = '{name}'")


async def test_clocks_of_two_tests_are_moved_apart(databases: Databases) -> None:
    here, there = databases.fresh_clock(), databases.fresh_clock()
    here.set(3600)
    there.set(-60)
    read = BusinessClock(here.reader), BusinessClock(there.reader)
    for clock in read:
        await clock.refresh()
    assert [round((clock.now() - wall_now()).total_seconds()) for clock in read] == [3600, -60]
    for clock in read:
        await clock.close()
    here.drop()
    there.drop()
