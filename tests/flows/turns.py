"""Calls that go to the replicas of a process by turns, so that a flow's every second step is done by the other one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle

import httpx

PATIENCE = 60.0


class Turns(httpx.AsyncBaseTransport):
    """Sends each request to the next of some addresses."""

    def __init__(self, urls: Sequence[str]) -> None:
        self._inner = httpx.AsyncHTTPTransport()
        self._turn = cycle([httpx.URL(url) for url in urls])

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Change the address alone."""
        to = next(self._turn)
        request.url = request.url.copy_with(host=to.host, port=to.port)
        return await self._inner.handle_async_request(request)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._inner.aclose()


def by_turns(urls: Sequence[str]) -> httpx.AsyncClient:
    """A client of all these replicas."""
    return httpx.AsyncClient(base_url=urls[0], transport=Turns(urls), timeout=PATIENCE)
