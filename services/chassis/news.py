"""A bell: whoever takes the next ring before looking hears also what rang while it looked."""

from __future__ import annotations

import asyncio


class Ring:
    """The next ring after the moment it was taken."""

    def __init__(self, event: asyncio.Event) -> None:
        self._event = event

    async def wait(self, seconds: float) -> None:
        """Wait for it, at most so long and without an error; not at all where it has rung already."""
        try:
            async with asyncio.timeout(seconds):
                await self._event.wait()
        except TimeoutError:
            return


class News:
    """Wakes all who wait at once; nobody who takes a later ring hears an earlier one."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def ring(self) -> None:
        """Wake everybody who waits, and those who still look before they wait."""
        self._event.set()
        self._event = asyncio.Event()

    def next(self) -> Ring:
        """The next ring; take it before looking for what is new, wait for it after."""
        return Ring(self._event)
