"""Recovery of what a broker lost: each subscriber names what its inbox lacks, the publisher replays just that."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

import typer

from contracts.events.catalogue import TOPICS
from contracts.http.chassis import KnownIds, MissingIds, PublishedIds, Quiescence, Replayed
from services.chassis.calls import PROCESSES, Calls, CallsAs
from services.chassis.identity import SYSTEM
from services.chassis.settings import Settings

CHUNK = 10_000


async def _replay_topic(calls: CallsAs, topic: str, owner: str, subscribers: Sequence[str]) -> int:
    """Replay what any subscriber of one topic lacks; counts outbox rows put back in line."""
    count, after = 0, 0
    while True:
        page = await calls.get(owner, "/outbox/ids", PublishedIds, {"topic": topic, "after": after})
        lacking: set[UUID] = set()
        for subscriber in subscribers:
            known = KnownIds(topic=topic, ids=page.ids)
            lacking |= set((await calls.post(subscriber, "/inbox/missing", MissingIds, known)).ids)
        if lacking:
            again = KnownIds(topic=topic, ids=tuple(sorted(lacking)))
            count += (await calls.post(owner, "/outbox/replay", Replayed, again)).count
        if page.next_after is None:
            return count
        after = page.next_after


async def recover(calls: Calls) -> dict[str, int]:
    """Compare every publisher with its subscribers: topic → rows replayed. Consumers obey versions and inbox."""
    as_system = calls.as_(SYSTEM)
    asked = [await as_system.get(process, "/quiescence", Quiescence) for process in PROCESSES]
    reads = {state.process: set(state.subscribes) for state in asked}
    replayed = {}
    for topic, (owner, _) in TOPICS.items():
        subscribers = [process for process, topics in reads.items() if topic in topics]
        if subscribers and (count := await _replay_topic(as_system, topic, owner, subscribers)):
            replayed[topic] = count
    return replayed


def main(*, quiet: Annotated[bool, typer.Option()] = False) -> None:
    """Recover with the addresses and the key of the environment."""

    async def run() -> None:
        calls = Calls(Settings())
        try:
            for topic, count in (await recover(calls)).items():
                if not quiet:
                    typer.echo(f"{topic}: {count}")
        finally:
            await calls.close()

    asyncio.run(run())


if __name__ == "__main__":
    typer.run(main)
