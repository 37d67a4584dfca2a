"""Before a planned stop: wait until the broker, which forgets, holds nothing that some process lacks."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable

from contracts.events.catalogue import TOPICS
from contracts.http.chassis import Quiescence, TopicDigest
from deploy.local.watch import Watch

PERIOD_SECONDS = 0.3


def lacking(states: Iterable[Quiescence]) -> list[str]:
    """Who has not sent or not received what; empty when all agree."""
    known = {state.process: state for state in states}
    behind = [f"{name} has {state.unsent} unsent" for name, state in known.items() if state.unsent]
    for topic, (owner, _) in TOPICS.items():
        if owner not in known:
            continue
        published = _digest(known[owner].published, topic)
        readers = [state for state in known.values() if topic in state.subscribes]
        behind += [
            f"{it.process} lacks {topic}" for it in readers if _digest(it.received, topic) != published
        ]
    return behind


def _digest(digests: Iterable[TopicDigest], topic: str) -> tuple[int, int]:
    return next(((it.count, it.digest) for it in digests if it.topic == topic), (0, 0))


class Drain:
    """Asks again and again; a process that has stopped is remembered by its last word."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch
        self._last: dict[str, Quiescence] = {}
        self.behind: list[str] = ["nobody asked yet"]

    async def wait(self, seconds: float, hurry: asyncio.Event) -> bool:
        """Whether all agreed within the time; `hurry` ends the wait."""
        until = time.monotonic() + seconds
        while not await self._agreed():
            if time.monotonic() > until or hurry.is_set():
                return False
            await asyncio.sleep(PERIOD_SECONDS)
        return True

    async def _agreed(self) -> bool:
        speaking = [program for program in self._watch.programs if program.drains]
        for answer in await asyncio.gather(*map(self._watch.quiescence, speaking)):
            if answer is not None:
                self._last[answer.process] = answer
        silent = [f"{it.name} did not answer" for it in speaking if it.name not in self._last]
        self.behind = silent + lacking(self._last.values())
        return not self.behind
