"""The monthly run against a plain copy of the rows it made, into identical tables, month by month in one run."""

from __future__ import annotations

import time
from datetime import date

import asyncpg
from pydantic import SecretStr

from contracts.month import Month
from deploy.city.sizes import sizes
from services.billing.app import SERVICE
from services.billing.commands.run import run_month
from services.chassis.clocks import plain_dsn
from services.chassis.identity import SYSTEM
from services.chassis.runtime import Chassis, build
from services.chassis.settings import Settings
from services.chassis.work import work_scope
from tests.bench.ground import KEY, Ground
from tests.bench.results import Result, slower

EMPLOYERS, PERSONS, MOST = 60_000, 1_400_000, 3.0
MONTHS = (Month(2016, 10), Month(2016, 11), Month(2016, 12))
_EMPLOYERS = """
INSERT INTO employers (employer_no, version, name, credit_code, scheme, district, agency, insured_from)
SELECT '3706' || lpad(n::text, 6, '0'), 1, '烟台第' || n || '有限公司', '91370600MA3C1A2B9T', 'enterprise', '370602',
       '370602', 201510 FROM generate_series(1, $1::int) n
"""
_INJURY = """
INSERT INTO injury_rates (employer_no, from_month, to_month, injury_class, float_percent, rate)
SELECT employer_no, 201510, 999912, 4, 100, 9000 FROM employers
"""
_ROSTER = """
INSERT INTO roster
SELECT gen_random_uuid(), 201510, 999912, 1, '3706' || lpad(e.n::text, 6, '0'),
       lpad((row_number() OVER ())::text, 10, '0'), 'enterprise', 201510, 999912, true,
       (2910 + (e.n * 7919 + p * 104729) % 11640) * 100, (p % 7 = 0)::int, 1, 0, 0, 1, 0, 1, 1, 1
FROM unnest($1::int[]) WITH ORDINALITY e(heads, n) CROSS JOIN LATERAL generate_series(1, e.heads) p
"""
_IDENTICAL = """
CREATE TABLE plain_lines (LIKE person_lines INCLUDING ALL);
CREATE TABLE plain_sums (LIKE kind_sums INCLUDING ALL);
CREATE TABLE plain_bills (LIKE bills INCLUDING ALL);
CREATE TABLE plain_outbox (LIKE outbox INCLUDING ALL);
"""
_OUTBOX = "day, id, event_id, topic, key, type, subject, time, traceparent, body"
_COPY = (
    "INSERT INTO plain_lines SELECT * FROM person_lines WHERE month = {month}",
    "INSERT INTO plain_sums SELECT * FROM kind_sums WHERE month = {month}",
    "INSERT INTO plain_bills SELECT * FROM bills WHERE month = {month}",
    (
        f"INSERT INTO plain_outbox ({_OUTBOX}) OVERRIDING SYSTEM VALUE SELECT {_OUTBOX} FROM outbox "
        "WHERE subject LIKE '%/{text}'"
    ),
)


async def run(ground: Ground) -> Result:
    """Seconds of three months' runs, and of as many plain copies between them."""
    dsn, owner = ground.databases.fresh("billing")
    keys = {"1": KEY}
    chassis = build(
        SERVICE, Settings(dsn=dsn, caller_key=SecretStr(KEY.hex()), data_keys=keys, lookup_keys=keys)
    )
    connection = await asyncpg.connect(plain_dsn(owner))
    try:
        await _city(connection, ground)
        taken = bare = 0.0
        for month in MONTHS:
            taken += await _run(chassis, month.first_day)
            bare += await _copy(connection, month)
    finally:
        await connection.close()
        await chassis.engine.dispose()
    return slower("monthly_run", taken, bare, MOST)


async def _city(connection: asyncpg.Connection, ground: Ground) -> None:
    heads = sizes(ground.many(EMPLOYERS), ground.many(PERSONS))
    await connection.execute(_EMPLOYERS, len(heads))
    await connection.execute(_INJURY)
    await connection.execute(_ROSTER, heads)
    await connection.execute(_IDENTICAL)
    await connection.execute("ANALYZE")


async def _run(chassis: Chassis, day: date) -> float:
    started, done = time.perf_counter(), False
    while not done:
        async with work_scope(chassis, SYSTEM, day=day) as work:
            done = await run_month(work, day)
    return time.perf_counter() - started


async def _copy(connection: asyncpg.Connection, month: Month) -> float:
    started = time.perf_counter()
    for statement in _COPY:
        await connection.execute(statement.format(month=month.yyyymm, text=month))
    return time.perf_counter() - started
