"""Recovery of what was lost: `replay` of the events that a broker forgot, `republish` of the states that a copy lacks.

`python -m services.chassis.recovery replay|republish`, with the addresses and the key of the environment.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Annotated, TypeVar
from uuid import UUID

import typer

from contracts.events.catalogue import TOPICS
from contracts.http.chassis import (
    KnownIds,
    MissingIds,
    PublishedIds,
    Quiescence,
    Replayed,
    Republish,
    Republished,
)
from services.chassis.calls import PROCESSES, Calls, CallsAs
from services.chassis.identity import SYSTEM
from services.chassis.settings import Settings

T = TypeVar("T")
app = typer.Typer(add_completion=False, no_args_is_help=True)


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


async def replay(calls: Calls) -> dict[str, int]:
    """Each subscriber names what its inbox lacks, the publisher sends just that: topic → rows. Inboxes meet the rest.

    Once is enough: what is sent from now on stands in the broker that everybody reads from its first record.
    """
    as_system = calls.as_(SYSTEM)
    asked = [await as_system.get(process, "/quiescence", Quiescence) for process in PROCESSES]
    reads = {state.process: set(state.subscribes) for state in asked}
    replayed = {}
    for topic, (owner, _) in TOPICS.items():
        subscribers = [process for process, topics in reads.items() if topic in topics]
        if subscribers and (count := await _replay_topic(as_system, topic, owner, subscribers)):
            replayed[topic] = count
    return replayed


async def republish(calls: Calls) -> None:
    """Every owner tells the states of all that it has, at their versions; a copy that knows them passes over them."""
    as_system = calls.as_(SYSTEM)
    for process in PROCESSES:
        after: str | None = ""
        while after is not None:
            asked = Republish(after=after)
            after = (await as_system.post(process, "/outbox/republish", Republished, asked)).after


def _run(work: Callable[[Calls], Awaitable[T]]) -> T:
    async def run() -> T:
        calls = Calls(Settings())
        try:
            return await work(calls)
        finally:
            await calls.close()

    return asyncio.run(run())


@app.command("replay")
def replay_command(*, quiet: Annotated[bool, typer.Option()] = False) -> None:
    """Send again what some inbox lacks, of the 35 days that outboxes keep."""
    for topic, count in _run(replay).items():
        if not quiet:
            typer.echo(f"{topic}: {count}")


@app.command("republish")
def republish_command() -> None:
    """Tell the register, the limits, the roster and the bills again as they stand."""
    _run(republish)


if __name__ == "__main__":
    app()
