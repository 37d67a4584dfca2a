"""Group commit: many small requests of one moment share one unit of work, and each gets its own answer.

A commit costs one flush to disk; at thousands of requests a second they must share it. Two groups may be on their
way at once: while the database works for one, the process reads the requests of the next.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from contracts.identity import Caller
from services.chassis.runtime import Chassis
from services.chassis.work import UnitOfWork, work_scope

I = TypeVar("I")  # noqa: E741  # item
O = TypeVar("O")  # noqa: E741  # outcome
Effect = Callable[[UnitOfWork, Sequence[I]], Awaitable[Sequence[O]]]


class GroupCommit(Generic[I, O]):
    """Collects items for a few milliseconds and commits them together; a failure fails the whole group.

    `effect` must stand beside another group of its own kind: it locks in one order, and a conflict is success.
    """

    def __init__(  # what it does, and its four measures
        self,
        chassis: Chassis,
        caller: Caller,
        effect: Effect[I, O],
        *,
        wait: float = 0.003,
        most: int = 500,
        lanes: int = 2,
    ) -> None:
        self._chassis, self._caller, self._effect = chassis, caller, effect
        self._wait, self._most = wait, most
        self._lanes = asyncio.Semaphore(lanes)
        self._waiting: list[tuple[I, asyncio.Future[O]]] = []
        self._flusher: asyncio.Task[None] | None = None
        self._committing: set[asyncio.Task[None]] = set()

    async def add(self, item: I) -> O:
        """Put an item into the next group and wait for its durable outcome."""
        future: asyncio.Future[O] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, future))
        if self._flusher is None or self._flusher.done():
            self._flusher = asyncio.create_task(self._flush())
        return await future

    async def _flush(self) -> None:
        while self._waiting:
            await asyncio.sleep(self._wait)
            await self._lanes.acquire()
            group, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
            committing = asyncio.create_task(self._commit(group))
            self._committing.add(committing)
            committing.add_done_callback(self._ended)

    def _ended(self, committing: asyncio.Task[None]) -> None:
        self._committing.discard(committing)
        self._lanes.release()

    async def _commit(self, group: list[tuple[I, asyncio.Future[O]]]) -> None:
        try:
            async with work_scope(self._chassis, self._caller) as work:
                outcomes = await self._effect(work, [item for item, _ in group])
        except Exception as error:  # noqa: BLE001  # handed to every waiter, who answers for it
            for _, future in group:
                if not future.done():
                    future.set_exception(error)
            return
        for (_, future), outcome in zip(group, outcomes, strict=True):
            if not future.done():
                future.set_result(outcome)
