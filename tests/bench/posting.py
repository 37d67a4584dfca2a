"""One billing process posts from a full topic; bare: a consumer that only reads and parses the same records."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from datetime import date, datetime

import asyncpg
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from pydantic import SecretStr

from contracts.events.bank import NOTIFICATIONS, PaymentNotified
from contracts.events.base import Envelope
from contracts.month import Month
from services.billing.app import SERVICE
from services.billing.commands.debts import ensure_for_bills
from services.chassis.clocks import SHANGHAI, plain_dsn, wall_now
from services.chassis.identity import SYSTEM
from services.chassis.runtime import build
from services.chassis.settings import Settings
from services.chassis.topics import ensure_topics
from services.chassis.work import new_id, work_scope
from tests.bench.ground import KEY, Ground
from tests.bench.notes import notified
from tests.bench.results import Result, rate

PAYMENTS, LEAST = 20_000, 2_000
SEPTEMBER = Month(2016, 9)
OPENING = datetime(2016, 9, 9, 9, tzinfo=SHANGHAI)
_CLOCK = (
    "INSERT INTO business_clock (offset_seconds) VALUES (ceil(extract(epoch FROM $1::timestamptz - now())))"
)
_EMPLOYERS = """
INSERT INTO employers (employer_no, version, name, credit_code, scheme, district, agency, insured_from)
SELECT '3706' || lpad(n::text, 6, '0'), 1, '烟台第' || n || '有限公司', '91370600MA3C1A2B9T', 'enterprise', '370602',
       '370602', 201510 FROM generate_series(1, $1::int) n
"""
_BILLS = """
INSERT INTO bills (employer_no, month, sort, version, state, persons, unit, person, total, due_day)
SELECT employer_no, 201609, 'ordinary', 1, 'assessed', 3, 627187, 233071, 860258, '2016-09-10' FROM employers
"""
_SUMS = """
INSERT INTO kind_sums (employer_no, month, contribution_month, sort, fee_from, kind, persons, base_sum, unit, person)
SELECT employer_no, 201609, 201609, 'ordinary', '2016-09-11', kind, 3, 2289000, unit, person
FROM employers CROSS JOIN (VALUES ('pension', 412020, 183120), ('medical', 160230, 45780),
    ('unemployment', 22890, 4171), ('injury', 20601, 0), ('maternity', 11446, 0)) v(kind, unit, person)
"""
_SLIPS = """
WITH issued AS (
    INSERT INTO slips (
        slip_no, version, employer_no, sort, principal, fee, amount, issued_at, pay_on, valid_until, state)
    SELECT '3706' || right(employer_no, 6) || '0000010', 1, employer_no, 'ordinary', 860258, 0, 860258, $1,
           '2016-09-10', '2016-09-11 00:00+08', 'valid' FROM employers RETURNING slip_no, employer_no)
INSERT INTO slip_parts SELECT slip_no, d.id, d.unit, d.person, 0 FROM issued JOIN debts d USING (employer_no)
"""


async def run(ground: Ground) -> Result:
    """Payments posted a second between the first and the last."""
    dsn, owner = ground.databases.fresh("billing")
    clock, clock_owner = ground.databases.fresh("business_clock")
    count = ground.many(PAYMENTS)
    connection = await asyncpg.connect(plain_dsn(owner))
    try:
        await _open_clock(clock_owner)
        slips = await _slips(connection, dsn, clock, count)
        await _publish(ground, slips)
        bare = await _bare(ground, count)
        with ground.process("billing", ground.environment(dsn, clock)):
            posted = await _posted(connection, count)
    finally:
        await connection.close()
    return rate("billing_posts", posted, "payments/s", count / bare, LEAST)


async def _open_clock(dsn: str) -> None:
    connection = await asyncpg.connect(plain_dsn(dsn))
    await connection.execute(_CLOCK, OPENING)
    await connection.close()


async def _slips(connection: asyncpg.Connection, dsn: str, clock: str, count: int) -> Sequence[str]:
    """Employers with the bill of the worked example, each with its slip: the slips' numbers."""
    await connection.execute("SELECT open_day_partitions(current_date - 1, current_date + 1)")
    await connection.execute(_EMPLOYERS, count)
    await connection.execute(_BILLS)
    await connection.execute(_SUMS)
    keys = {"1": KEY}
    settings = Settings(
        dsn=dsn, clock_dsn=clock, caller_key=SecretStr(KEY.hex()), data_keys=keys, lookup_keys=keys
    )
    chassis = build(SERVICE, settings)
    async with work_scope(chassis, SYSTEM) as work:
        await ensure_for_bills(work, [(f"3706{number:06}", SEPTEMBER) for number in range(1, count + 1)])
    await chassis.engine.dispose()
    await connection.execute(_SLIPS, OPENING)
    return [row["slip_no"] for row in await connection.fetch("SELECT slip_no FROM slips ORDER BY slip_no")]


async def _publish(ground: Ground, slips: Sequence[str]) -> None:
    await ensure_topics(ground.broker.bootstrap, 1)
    producer = AIOKafkaProducer(bootstrap_servers=ground.broker.bootstrap, acks="all", linger_ms=5)
    await producer.start()
    for number, slip_no in enumerate(slips):
        event = notified(number).model_copy(update={"slip_no": slip_no, "clearing_day": date(2016, 9, 9)})
        envelope = Envelope(
            id=new_id(), type="PaymentNotified", source="gateway", subject=event.subject(), time=wall_now()
        )
        body = event.model_dump_json().encode()
        await producer.send(NOTIFICATIONS, body, key=event.key().encode(), headers=envelope.headers())
    await producer.stop()


async def _bare(ground: Ground, count: int) -> float:
    consumer = AIOKafkaConsumer(
        NOTIFICATIONS, bootstrap_servers=ground.broker.bootstrap, group_id=None, auto_offset_reset="earliest"
    )
    await consumer.start()
    started, seen = time.perf_counter(), 0
    while seen < count:
        for records in (await consumer.getmany(timeout_ms=100, max_records=500)).values():
            seen += len([PaymentNotified.model_validate_json(record.value) for record in records])
    taken = time.perf_counter() - started
    await consumer.stop()
    return taken


async def _posted(connection: asyncpg.Connection, count: int) -> float:
    """From the first batch that is seen to the last; what was there at the first look does not count."""
    begun, first = 0.0, 0
    while True:
        posted = await connection.fetchval("SELECT count(*) FROM payments WHERE state = 'posted'")
        if posted and not begun:
            begun, first = time.perf_counter(), posted
        if posted == count:
            return (count - first) / (time.perf_counter() - begun)
        await asyncio.sleep(0.1)
