"""A replica of the probe in a process of its own, to be killed at a point it names.

`python -m tests.chassis.doomed DSN KAFKA NAME POINT` says `there` at its point.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from contracts.events.registry import SpecialistChanged
from deploy.local.places import ROOT
from services.chassis.consumers import Received
from services.chassis.intake import Intake
from tests.chassis.probe import Hearing, replica, service, settings

IN_TRANSACTION, BEFORE_OFFSET, UNDER_WAY = "in-transaction", "before-offset", "under-way"
THIRD = 3


def _say_there() -> None:
    sys.stdout.write("there\n")
    sys.stdout.flush()


async def _halt() -> None:
    _say_there()
    await asyncio.Event().wait()


def _arm(hearing: Hearing, point: str) -> None:
    """Stop in the transaction after the third effect, or after the commit; or only say that it works."""

    async def gate(_: Received[Any]) -> None:
        if point == UNDER_WAY and hearing.tries == 1:
            _say_there()
        if point == IN_TRANSACTION and hearing.tries == THIRD:
            await _halt()

    hearing.gate, take = gate, Intake.take

    async def take_and_halt(intake: Intake, records: Sequence[Any]) -> None:
        await take(intake, records)
        await _halt()

    if point == BEFORE_OFFSET:
        Intake.take = take_and_halt  # type: ignore[assignment, method-assign]  # the point between commit and offset


async def main(dsn: str, kafka: str, name: str, point: str) -> None:
    """Run until killed."""
    hearing = Hearing()
    _arm(hearing, point)
    made = service(name, hearing, (SpecialistChanged,))
    async with replica(made, settings(dsn, kafka=kafka), dsn, hearing, runs=True):
        await asyncio.Event().wait()


@asynccontextmanager
async def doomed(dsn: str, kafka: str, name: str, point: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """The process once it is at its point; killed by SIGKILL at the end of the block."""
    command = [sys.executable, "-m", "tests.chassis.doomed", dsn, kafka, name, point]
    process = await asyncio.create_subprocess_exec(
        *command, cwd=ROOT, env=dict(os.environ), stdout=asyncio.subprocess.PIPE
    )
    try:
        assert process.stdout is not None
        async with asyncio.timeout(60):
            assert await process.stdout.readline() == b"there\n"
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
