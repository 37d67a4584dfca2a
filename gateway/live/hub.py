"""One listening connection per replica; it wakes the open streams of the employer that is named."""

from __future__ import annotations

import asyncio
import logging
import signal
import threading
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from types import FrameType
from typing import Any

import asyncpg
from fastapi import FastAPI

from services.chassis.clocks import plain_dsn
from services.chassis.failures import is_infrastructure
from services.chassis.news import News

log = logging.getLogger(__name__)
CHANNEL = "live"
EVERYBODY = "*"
"""The row of what concerns all employers: the notice board."""
PAUSE_SECONDS = 1.0


class Hub:
    """Who waits for news of whom."""

    def __init__(self) -> None:
        self._news: dict[str, News] = defaultdict(News)
        self._streams: dict[str, int] = defaultdict(int)
        self.closed = False

    @contextmanager
    def joined(self, employer_no: str) -> Iterator[News]:
        """The bell of one employer's pages, kept while a stream is open."""
        self._streams[employer_no] += 1
        try:
            yield self._news[employer_no]
        finally:
            self._streams[employer_no] -= 1
            if not self._streams[employer_no]:
                del self._streams[employer_no], self._news[employer_no]

    @property
    def open_streams(self) -> int:
        """Streams open on this replica."""
        return sum(self._streams.values())

    def ring(self, employer_no: str) -> None:
        """Wake one employer's streams, or everybody's."""
        for no in list(self._streams) if employer_no == EVERYBODY else [employer_no]:
            if no in self._streams:
                self._news[no].ring()

    def close(self) -> None:
        """End every stream: this replica stops, and the browsers turn to another."""
        self.closed = True
        self.ring(EVERYBODY)


async def _hear(dsn: str, hub: Hub) -> None:
    """Hear the channel until the connection is lost."""
    lost = asyncio.Event()
    connection = await asyncpg.connect(plain_dsn(dsn))
    try:
        connection.add_termination_listener(lambda _: lost.set())
        await connection.add_listener(CHANNEL, lambda *said: hub.ring(str(said[3])))
        hub.ring(EVERYBODY)
        await lost.wait()
    finally:
        await connection.close(timeout=PAUSE_SECONDS)


async def _listen(dsn: str, hub: Hub) -> None:
    """Hear the channel for ever; after a lost connection everybody looks for himself."""
    while True:
        try:
            await _hear(dsn, hub)
        except Exception as error:
            if not is_infrastructure(error):
                raise
            log.warning("live pages wait for the database", extra={"cause": type(error).__name__})
        await asyncio.sleep(PAUSE_SECONDS)


@contextmanager
def _closing_on_sigterm(hub: Hub) -> Iterator[None]:
    """The server waits for open answers before it ends the app, so streams must hear the signal themselves."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    loop = asyncio.get_running_loop()
    before: dict[signal.Signals, Callable[[int, FrameType | None], Any] | int | None] = {}

    def hear(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(hub.close)
        served = before[signal.Signals(number)]
        if callable(served):
            served(number, frame)

    for one in (signal.SIGTERM, signal.SIGINT):
        before[one] = signal.getsignal(one)
        signal.signal(one, hear)
    try:
        yield
    finally:
        for one, served in before.items():
            signal.signal(one, served)


@asynccontextmanager
async def live_pages(app: FastAPI) -> AsyncIterator[None]:
    """The hub with its ear, as long as the app lives."""
    hub: Hub = app.state.hub
    ear = asyncio.create_task(_listen(app.state.settings.dsn, hub), name="live")
    with _closing_on_sigterm(hub):
        try:
            yield
        finally:
            hub.close()
            ear.cancel()
            await asyncio.gather(ear, return_exceptions=True)
