"""A small cache with a time to live, in the memory of this process: what was found or opened a
little while ago.

Only for what the action checks again under the row's lock. Nothing outlives its time, not even when no
more requests come.
"""

import random
from threading import Timer
from time import monotonic
from typing import Any


class TtlCache[T]:
    """Values by key. `lasts`: seconds, from which to which; some are forgotten sooner, so that entries which
    were made together are not all made again together.
    """

    MOST = 5000

    def __init__(self, lasts: tuple[float, float]) -> None:
        self.lasts = lasts
        self._held: dict[Any, tuple[float, T]] = {}
        self._clock: Timer | None = None

    def get(self, name: Any) -> T | None:
        """The thing, if it is still known."""
        held = self._held.get(name)
        return held[1] if held is not None and held[0] > monotonic() else None

    def keep(self, name: Any, thing: T) -> T:
        """Remember it for a while; of too many, the oldest go."""
        self._held.pop(name, None)
        self._held[name] = (monotonic() + random.uniform(*self.lasts), thing)  # noqa: S311  spreads work, guards nothing
        for oldest in list(self._held)[: max(0, len(self._held) - self.MOST)]:
            self._held.pop(oldest, None)
        if self._clock is None:
            self._wind()
        return thing

    def _wind(self) -> None:
        self._clock = Timer(self.lasts[0] / 4, self._forget)
        self._clock.daemon = True
        self._clock.start()

    def _forget(self) -> None:
        """Drop expired entries, repeatedly until the cache is empty."""
        self._clock, now = None, monotonic()
        for name, (until, _) in list(self._held.items()):
            if until <= now:
                self._held.pop(name, None)
        if self._held:
            self._wind()
