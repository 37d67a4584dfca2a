"""Parts of a process that are kept running: one that dies is started again after a pause, and readiness says so."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from services.chassis.runtime import Chassis

log = logging.getLogger(__name__)
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
STEADY_SECONDS = 5.0
"""A part that has run so long since its last death is well again."""


async def keep(chassis: Chassis, name: str, part: Callable[[], Awaitable[None]]) -> None:
    """Run a part until cancelled; after an error it is unready, counted, and begins anew after a growing pause."""
    loop, pause, fault = asyncio.get_running_loop(), FIRST_PAUSE, ""

    def well() -> None:
        nonlocal pause
        pause = FIRST_PAUSE
        if chassis.faults.get(name) == fault:
            chassis.recovered(name)

    while True:
        steady = loop.call_later(STEADY_SECONDS, well)
        try:
            return await part()
        except Exception as error:
            log.exception("part of the process died", extra={"part": name, "again_in": pause})
            fault = f"died: {type(error).__name__}"
            chassis.failing(name, fault)
            chassis.metrics.part_deaths.labels(name).inc()
        finally:
            steady.cancel()
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE)
