"""Two lanes a batch: one computes while the statements of the other run, each in transactions of its own.

A lane has whole partitions, so that facts of one key keep their order; two lanes are as safe as two replicas.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from services.chassis.reading import Record

LANES, LEAST = 2, 100
"""Fewer records than `LEAST` are not worth a second commit."""


async def take_in_lanes(
    records: Sequence[Record], take: Callable[[Sequence[Record]], Awaitable[None]]
) -> None:
    """Take all; a lane's failure is raised once every lane has ended."""
    if len(records) < LEAST:
        await take(records)
        return
    lanes = [[record for record in records if record.partition % LANES == lane] for lane in range(LANES)]
    outcomes = await asyncio.gather(*(take(lane) for lane in lanes if lane), return_exceptions=True)
    for outcome in outcomes:
        if isinstance(outcome, BaseException):
            raise outcome
