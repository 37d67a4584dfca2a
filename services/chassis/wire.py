"""The server's side of a connection: an answer leaves in one write, though its head and body are handed over apart."""

from __future__ import annotations

import asyncio
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol


class _Gathering:
    """A transport that sends at the end of this turn of the loop what was written in it."""

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport, self._loop = transport, loop
        self._written: list[bytes] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Keep it for the end of the turn."""
        if not self._written:
            self._loop.call_soon(self._send)
        self._written.append(data)

    def close(self) -> None:
        """Send what is kept, then close."""
        self._send()
        self._transport.close()

    def _send(self) -> None:
        if self._written:
            self._transport.write(b"".join(self._written))
            self._written.clear()


class OneWrite(HttpToolsProtocol):
    """Every write of its own is a system call that wakes the reader: of 400 us for a bank's notification some 25."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The server writes into the gathering transport."""
        super().connection_made(
            cast("asyncio.Transport", _Gathering(cast("asyncio.Transport", transport), self.loop))
        )
