"""Coalesces work into batches: adds no delay when idle, and makes fewer and larger batches under load."""

import asyncio


class Coalescer:
    """Lets a batch begin at once if the last one began at least `apart` seconds ago, else as soon as it did.

    For a loop that takes whatever has arrived: the cost of one batch is shared by everything that came in the
    meantime.
    """

    def __init__(self, apart: float) -> None:
        self.apart = apart
        self.last = float("-inf")

    async def next(self) -> None:
        """Wait for the next batch. For one event loop only."""
        loop = asyncio.get_running_loop()
        rest = self.last + self.apart - loop.time()
        if rest > 0:
            await asyncio.sleep(rest)
        self.last = loop.time()
