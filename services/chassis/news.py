"""A bell that rings for everybody who waits now; nobody who comes later hears an old ring."""

import asyncio


class News:
    """Wakes all present waiters at once; a waiter gives up after its timeout without an error."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def ring(self) -> None:
        """Wake everybody who waits."""
        self._event.set()
        self._event = asyncio.Event()

    async def wait(self, seconds: float) -> None:
        """Wait for the next ring, at most so long."""
        try:
            async with asyncio.timeout(seconds):
                await self._event.wait()
        except TimeoutError:
            return
