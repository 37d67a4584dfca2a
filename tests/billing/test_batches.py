"""Batches of mixed types: every employer is locked in one order before the first handler."""

from __future__ import annotations

import asyncio

from sqlalchemy import text

from contracts.events.base import Event
from contracts.events.enrollment import BaseAdjusted
from services.chassis.identity import SYSTEM
from services.chassis.work import UnitOfWork, work_scope
from tests.billing.facts import A, B, employer, relation, started
from tests.billing.money.conftest import at, notified
from tests.servers.bare_service import BareService

WAITING = "SELECT count(*) AS n FROM pg_locks WHERE NOT granted"


def adjusted(number: int, employer_no: str) -> BaseAdjusted:
    own = {"old_base": 5_431_00, "cause": "limits"}
    return BaseAdjusted.model_validate(relation(number, 5_431_00, version=2, employer_no=employer_no) | own)


async def lock(work: UnitOfWork, employer_no: str, how: str = "") -> None:
    await work.session.execute(
        text(f"SELECT FROM employers WHERE employer_no = '{employer_no}' FOR UPDATE {how}")
    )


async def take_behind(service: BareService, held: str, free: str, *events: Event) -> None:
    """Take a batch while one employer is held: until it gets that one, it may hold no later one."""
    async with asyncio.TaskGroup() as group, work_scope(service.chassis, SYSTEM) as work:
        await lock(work, held)
        batch = group.create_task(service.take(*events))
        async with asyncio.timeout(10):
            while not (await service.rows(WAITING))[0]["n"]:
                assert not batch.done()
        async with work_scope(service.chassis, SYSTEM) as other:
            await lock(other, free, "NOWAIT")


async def test_laws_a_batch_of_two_types_locks_the_lower_employer_first(billing: BareService):
    await billing.take(employer(), employer(B), started(1, 5_431_00), started(9, 5_431_00, employer_no=B))
    await take_behind(billing, A, B, adjusted(9, B), started(2, 5_431_00))
    slip_of_a = notified("37060000010000017", 1, at(7))
    await take_behind(billing, A, B, started(8, 5_431_00, employer_no=B), slip_of_a)
    assert await billing.rows("SELECT reason FROM payments") == [{"reason": "unknown_slip"}]


async def test_laws_an_employer_not_yet_told_is_named_with_the_others(billing: BareService):
    unknown = "3706000003"
    await billing.take(employer(), started(9, 5_431_00, employer_no=unknown), employer(B))
    assert await billing.rows("SELECT employer_no, version FROM employers ORDER BY employer_no") == [
        {"employer_no": A, "version": 1},
        {"employer_no": B, "version": 1},
        {"employer_no": unknown, "version": 0},
    ]


async def test_laws_a_notification_alone_names_no_employer(billing: BareService):
    await billing.take(notified("37060000090000010", 1, at(7)))
    assert await billing.rows("SELECT employer_no FROM employers") == []
