"""How often the same caller rang within the last hour. Lives in the memory of one process, under a key that is thrown away every day.

It refuses nobody and loses no place: the desk reads “rang 5 times within the hour” and can be prepared (domain: helpline, §9).
"""

import hmac
import secrets
from datetime import date, datetime, timedelta
from threading import Lock

WITHIN = timedelta(hours=1)
MOST = 5000


class Rings:
    """Times of rings by mark. A mark is hashed with the day's key; after the day nothing here can be compared with anything."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._day = date.min
        self._key = b""
        self._held: dict[bytes, list[datetime]] = {}

    def again(self, mark: str, at: datetime) -> int:
        """Count this ring; how often the same caller rang before it within the hour."""
        with self._lock:
            if at.date() != self._day:
                self._day, self._key, self._held = at.date(), secrets.token_bytes(32), {}
            if len(self._held) >= MOST:
                self._held = {name: times for name, times in self._held.items() if times[-1] > at - WITHIN}
            name = hmac.digest(self._key, mark.encode(), "sha256")
            before = [one for one in self._held.pop(name, []) if one > at - WITHIN]
            if len(self._held) < MOST:
                self._held[name] = [*before, at][-99:]
            return len(before)


counted = Rings()
