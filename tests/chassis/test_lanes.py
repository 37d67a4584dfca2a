"""A large batch runs in two lanes of whole partitions; many events of one unit of work keep their order."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pytest
from aiokafka import ConsumerRecord

from services.chassis.bulk import MANY
from services.chassis.identity import SYSTEM
from services.chassis.lanes import LANES, LEAST, take_in_lanes
from services.chassis.work import work_scope
from tests.chassis.conftest import Probes
from tests.chassis.probe import Probe, changed

if TYPE_CHECKING:
    from services.chassis.reading import Record

PATIENCE_SECONDS = 10


def batch(count: int) -> list[Record]:
    """Records spread over twelve partitions, numbered by their offset."""
    return [ConsumerRecord("t", n % 12, n, 0, 0, b"k", b"", None, 0, 0, ()) for n in range(count)]


async def test_lanes_run_at_the_same_time_and_each_keeps_its_partitions_in_order():
    taken: list[list[Record]] = []
    together = asyncio.Barrier(LANES)

    async def take(records: Sequence[Record]) -> None:
        await together.wait()
        taken.append(list(records))

    async with asyncio.timeout(PATIENCE_SECONDS):
        await take_in_lanes(batch(LEAST), take)
    partitions = [{record.partition for record in lane} for lane in taken]
    assert len(taken) == LANES
    assert not partitions[0] & partitions[1]
    assert all([r.offset for r in lane] == sorted(r.offset for r in lane) for lane in taken)
    assert sorted(record.offset for lane in taken for record in lane) == list(range(LEAST))


async def test_law1_a_lane_that_fails_is_told_after_the_other_has_ended():
    ended: list[int] = []

    async def take(records: Sequence[Record]) -> None:
        if records[0].partition % LANES == 0:
            raise ConnectionResetError
        await asyncio.sleep(0)
        ended.append(len(records))

    with pytest.raises(ConnectionResetError):
        await take_in_lanes(batch(LEAST), take)
    assert ended == [LEAST // LANES]


async def test_a_small_batch_is_one_transaction():
    sizes: list[int] = []

    async def take(records: Sequence[Record]) -> None:
        sizes.append(len(records))

    await take_in_lanes(batch(LEAST - 1), take)
    assert sizes == [LEAST - 1]


@pytest.mark.kafka
async def test_law3_many_events_of_one_unit_of_work_are_kept_in_order_or_not_at_all(probes: Probes):
    probe, numbers = await probes.start(), [f"3706{n:06}" for n in range(MANY + 1)]
    async with work_scope(probe.chassis, SYSTEM) as work:
        ids = [work.publish(changed(number, 1)) for number in numbers]
    rows = await probe.rows("SELECT event_id, key, body ->> 'employer_no', bucket FROM outbox ORDER BY id")
    assert [(row[0], row[1], row[2]) for row in rows] == list(zip(ids, numbers, numbers, strict=True))
    assert {row[3] for row in rows} == set(range(12))
    with pytest.raises(RuntimeError):
        await _publish_and_fail(probe, numbers)
    assert await probe.value("SELECT count(*) FROM outbox") == MANY + 1


async def _publish_and_fail(probe: Probe, numbers: Sequence[str]) -> None:
    async with work_scope(probe.chassis, SYSTEM) as work:
        for number in numbers:
            work.publish(changed(number, 2))
        await work.complete()
        raise RuntimeError
