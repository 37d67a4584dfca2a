"""Which events a service consumes, and with what; handlers get runs of one type in order of arrival."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from uuid import UUID

from contracts.events.base import Event
from contracts.events.catalogue import TOPICS

if TYPE_CHECKING:
    from services.chassis.work import UnitOfWork

E = TypeVar("E", bound=Event)


@dataclass(frozen=True)
class Received(Generic[E]):
    """An event as it arrived, with what its envelope says."""

    event: E
    id: UUID
    subject: str
    source: str
    time: datetime
    topic: str


Handler = Callable[["UnitOfWork", Sequence[Received[Any]]], Awaitable[None]]


class Consumers:
    """The handlers of one service, by event type."""

    def __init__(self) -> None:
        self._handlers: dict[type[Event], Handler] = {}
        self._topics: dict[str, str] = {}
        self._lock: Handler | None = None

    def on(self, *events: type[Event], topic: str = "") -> Callable[[Handler], Handler]:
        """Register a handler: `async def h(work, received: Sequence[Received[E]]) -> None`.

        `topic` limits SubmissionDecided-like events that travel on several topics.
        """

        def register(handler: Handler) -> Handler:
            for event in events:
                self._handlers[event] = handler
                for name, (_, types) in TOPICS.items():
                    if event in types and topic in ("", name):
                        self._topics[name] = name
            return handler

        return register

    def lock(self, locker: Handler) -> Handler:
        """Register what takes all locks of a batch in one order before its first handler.

        Handlers see one type at a time: left to themselves, two mixed batches lock in two orders.
        """
        self._lock = locker
        return locker

    async def lock_batch(self, work: UnitOfWork, received: Sequence[Received[Any]]) -> None:
        """Lock what the handled events of a batch are about."""
        handled = [item for item in received if type(item.event) in self._handlers]
        if self._lock is not None and handled:
            await self._lock(work, handled)

    def topics(self) -> tuple[str, ...]:
        """The topics to subscribe to."""
        return tuple(sorted(self._topics))

    def handler(self, event: type[Event]) -> Handler | None:
        """The handler of a type; none where the service only needs others of the same topic."""
        return self._handlers.get(event)

    def types(self) -> tuple[type[Event], ...]:
        """The events this service reads."""
        return tuple(self._handlers)
