"""How much one form is sent in this process just now: a count over the last minute and a level with
hysteresis. Visitors are not distinguished."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

from django.conf import settings

WINDOW, SLOT = 60, 5  # seconds
HIGHEST = 5


@dataclass
class Gauge:
    """Level 0 is rest.

    It rises to 1 when `begins` sendings came within a minute, by one with each doubling, and falls to 0 only
    after `calm` seconds with less than half of `begins`, so that a flood that pauses for breath does not
    switch it on and off.
    """

    begins: int
    calm: int
    _slots: deque[list[int]] = field(default_factory=deque)
    _pressed_at: int | None = None
    _lock: Lock = field(default_factory=Lock)

    def count(self, at: datetime) -> int:
        """One more sending; returns the level with it."""
        now = int(at.timestamp())
        with self._lock:
            if self._slots and self._slots[-1][0] == now // SLOT:
                self._slots[-1][1] += 1
            else:
                self._slots.append([now // SLOT, 1])
            return self._level(now)

    def level(self, at: datetime) -> int:
        """The level now."""
        if not self._slots and self._pressed_at is None:
            return 0
        with self._lock:
            return self._level(int(at.timestamp()))

    def _level(self, now: int) -> int:
        while self._slots and self._slots[0][0] * SLOT <= now - WINDOW:
            self._slots.popleft()
        sent = sum(number for _slot, number in self._slots)
        if sent >= self.begins or (self._pressed_at is not None and 2 * sent >= self.begins):
            self._pressed_at = now
        if self._pressed_at is None or now - self._pressed_at >= self.calm:
            self._pressed_at = None
            return 0
        return min(HIGHEST, max(1, (sent // self.begins).bit_length()))


_gauges: dict[str, Gauge] = {}


def gauge(purpose: str) -> Gauge | None:
    """The gauge of one form in this process; None where the protection is turned off
    (SAUGA_PRESSURE_POSTS=0)."""
    if not settings.PRESSURE_POSTS:
        return None
    return _gauges.get(purpose) or _gauges.setdefault(
        purpose, Gauge(settings.PRESSURE_POSTS, settings.PRESSURE_CALM)
    )


def calm_down() -> None:
    """Every form of this process begins anew at rest: for tests."""
    _gauges.clear()
