"""Slips that pay a bill whole are booked at once: the same rows and events as by a look at each debt."""

from __future__ import annotations

import json
import random
import re
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack
from datetime import date
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import text

from contracts.events.bank import PaymentNotified
from contracts.events.catalogue import EVENTS
from services.billing.commands.claims import claim
from services.billing.commands.posting import book, lock_employers, post_notifications, whole_of
from services.billing.sql.whole import by_key
from services.billing.tables import TABLES
from services.chassis.app import create_app
from services.chassis.consumers import Consumers, Received
from services.chassis.identity import SYSTEM
from services.chassis.runtime import Service
from services.chassis.settings import Settings
from services.chassis.work import UnitOfWork, work_scope
from tests.billing.money.fates import FATES, MANY, right, slip_of, strike, struck, wild
from tests.servers.bare_service import BareService, bare_service
from tests.servers.postgres import Databases

WHOLE_STILL = 4
"""Fates that leave a slip whole: voided after it was paid, a stale bill, a kept copy, an unknown agency."""


class Posting:
    """A billing service that posts at once what is whole, or looks at each debt."""

    def __init__(self, *, at_once: bool) -> None:
        self._at_once = at_once
        self.whole = 0

    async def post(self, work: UnitOfWork, received: Sequence[Received[PaymentNotified]]) -> None:
        """The handler."""
        if self._at_once:
            known = await whole_of(work, [item.event for item in received])
            self.whole += len(known)
            await post_notifications(work, received)
            return
        fresh = await claim(work, [item.event for item in received])
        await book(work, await lock_employers(work, {event.key() for event in fresh}), fresh)

    def create(self, settings: Settings) -> FastAPI:
        """The service's app."""
        consumers = Consumers()
        consumers.on(PaymentNotified)(self.post)
        return create_app(Service(name="billing", tables=TABLES, consumers=consumers), settings)


@pytest.fixture
async def both(databases: Databases) -> AsyncIterator[tuple[tuple[Posting, BareService], ...]]:
    async with AsyncExitStack() as stack:
        ways = [Posting(at_once=True), Posting(at_once=False)]
        yield tuple(
            [
                (way, await stack.enter_async_context(bare_service(databases, "billing", way.create, date(2016, 9, 7))))
                for way in ways
            ]
        )  # fmt: skip


STATE = {
    "payments": "employer_no, bank, serial, id, version, slip_no, amount, state, reason, receipt_no <> '', paid_on",
    "allocations": "payment_id, debt_id, paid_on, unit, person, fee",
    "debts": "id, unit, person, unit_paid, person_paid, fee_paid, closed_on",
    "bills": "employer_no, month, version, state, stale, settled_on, opened_on",
    "slips": "slip_no, version, state, void_cause",
    "receipts": "payment_id, employer_no, amount, issued_on",
    "receipt_counters": "agency, year, last",
    "serial_conflicts": "notification_id, bank, serial",
}


async def state(service: BareService) -> dict[str, list[dict[str, Any]]]:
    return {
        table: await service.rows(f"SELECT {columns} FROM {table} ORDER BY 1, 2, 3")  # named above
        for table, columns in STATE.items()
    }


async def told(service: BareService) -> dict[str, list[Any]]:
    """What each employer is told, in order; numbers of receipts and the moment of the decision aside."""
    found = defaultdict(list)
    for row in await service.rows("SELECT key, topic, type, subject, body FROM outbox ORDER BY id"):
        event = EVENTS[row["type"]].model_validate_json(json.dumps(row["body"]))
        assert event.model_dump(mode="json").keys() == row["body"].keys()
        body = {name: value for name, value in row["body"].items() if name != "decided_at"}
        for name in ("receipt_no", "reason"):
            if name in body:
                body[name] = re.sub(r"\d{6}-2016-\d{8}", "#", body[name])
        found[row["key"]].append((row["topic"], row["type"], row["subject"], body))
    return found


async def _same(one: BareService, other: BareService) -> None:
    assert await one.rows("SELECT error FROM dead_letters") == []
    assert await state(one) == await state(other)
    assert await told(one) == await told(other)


@pytest.mark.parametrize("seed", range(2))
async def test_A30_whole_slips_are_booked_at_once_as_by_a_look_at_each_debt(both, seed: int):
    (quick, one), (_, other) = both
    slips = await struck(one, random.Random(seed))
    assert await struck(other, random.Random(seed)) == slips
    events = wild(await right(one, slips), random.Random(seed + 100))
    for batch in (events[:25], events[25:]):
        await one.take(*batch)
        await other.take(*batch)
    await _same(one, other)
    posted = (await one.rows("SELECT count(*) AS n FROM payments WHERE state = 'posted'"))[0]["n"]
    assert MANY // 5 < quick.whole < posted


async def test_A30_whatever_happened_to_a_slip_both_ways_decide_alike(both):
    (quick, one), (_, other) = both
    slips = [await slip_of(one, f"3706{n:06d}") for n in range(len(FATES))]
    assert [await slip_of(other, f"3706{n:06d}") for n in range(len(FATES))] == slips
    for slip_no, fate in zip(slips, FATES, strict=True):
        await strike(one, slip_no, fate)
        await strike(other, slip_no, fate)
    events = await right(one, slips)
    await one.take(*events)
    await other.take(*events)
    await _same(one, other)
    assert quick.whole == WHOLE_STILL


async def test_looking_up_by_key_ends_with_the_posting(both):
    (_, one), _ = both
    setting = text("SELECT current_setting('enable_seqscan'), current_setting('TimeZone')")
    async with work_scope(one.chassis, SYSTEM) as work:
        before = (await work.session.execute(setting)).one()
        async with by_key(work):
            assert (await work.session.execute(setting)).one() == ("off", "Asia/Shanghai")
        assert (await work.session.execute(setting)).one() == before
    assert before == ("on", "UTC")
