"""Turns of work that gathers: under load fewer and fuller ones, at rest none waits."""

import asyncio


class Turns:
    """Lets a turn begin at once when the last one began at least `apart` seconds ago, else as soon as it did.

    For a loop that takes whatever has arrived: what one turn costs is then shared by all that came meanwhile.
    """

    def __init__(self, apart: float) -> None:
        self.apart = apart
        self.last = float("-inf")

    async def next(self) -> None:
        """Wait for the next turn. Of one event loop only."""
        loop = asyncio.get_running_loop()
        rest = self.last + self.apart - loop.time()
        if rest > 0:
            await asyncio.sleep(rest)
        self.last = loop.time()
