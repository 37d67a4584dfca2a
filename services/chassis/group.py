"""Group commit: many small requests of one moment share one unit of work, and each gets its own answer.

A commit costs one flush to disk; at thousands of requests a second they must share it. A group leaves as soon as a lane
is free and takes along all that came meanwhile; while the database works for one lane, the process reads the requests
of the next.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from contracts.identity import Caller
from services.chassis.keeper import Keeper
from services.chassis.plain import PlainWork, plain_scope
from services.chassis.runtime import Chassis

I = TypeVar("I")  # noqa: E741  # item
O = TypeVar("O")  # noqa: E741  # outcome
Effect = Callable[[PlainWork, Sequence[I]], Awaitable[Sequence[O]]]


class GroupCommit(Generic[I, O]):
    """Commits together what waits together; a failure fails the whole group.

    `effect` must stand beside another group of its own kind: it locks in one order, and a conflict is success.
    """

    def __init__(  # what it does, and its two measures
        self, chassis: Chassis, caller: Caller, effect: Effect[I, O], *, most: int = 500, lanes: int = 2
    ) -> None:
        self._chassis, self._caller, self._effect, self._most = chassis, caller, effect, most
        self._lanes = [Keeper(chassis.settings.dsn) for _ in range(lanes)]
        self._free = list(self._lanes)
        self._waiting: list[tuple[I, asyncio.Future[O]]] = []
        self._running: set[asyncio.Task[None]] = set()

    async def add(self, item: I) -> O:
        """Put an item into the next group and wait for its durable outcome."""
        future: asyncio.Future[O] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, future))
        if self._free:
            running = asyncio.create_task(self._run(self._free.pop()))
            self._running.add(running)
            running.add_done_callback(self._running.discard)
        return await future

    async def close(self) -> None:
        """Finish what is under way and give the connections back."""
        await asyncio.gather(*self._running)
        for lane in self._lanes:
            await lane.close()

    async def _run(self, lane: Keeper) -> None:
        """Group after group; where nothing waits any more the lane is free."""
        while self._waiting:
            group, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
            await self._commit(lane, group)
        self._free.append(lane)

    async def _commit(self, lane: Keeper, group: list[tuple[I, asyncio.Future[O]]]) -> None:
        try:
            async with plain_scope(self._chassis, self._caller, await lane.connection()) as work:
                outcomes = await self._effect(work, [item for item, _ in group])
        except Exception as error:  # noqa: BLE001  # handed to every waiter, who answers for it
            for _, future in group:
                if not future.done():
                    future.set_exception(error)
            return
        for (_, future), outcome in zip(group, outcomes, strict=True):
            if not future.done():
                future.set_result(outcome)
