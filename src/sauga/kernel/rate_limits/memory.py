"""What one process remembers of keys that must not be readable from it: by a keyed hash, so many at
most, the oldest go first."""

import hashlib
import secrets
from collections import OrderedDict
from datetime import date, datetime, timedelta
from threading import Lock


class SecretMemory[Value]:
    """Values by key.

    Not thread-safe: the owner has a lock. `begin_day` empties it each day.
    """

    def __init__(self, most: int) -> None:
        self.most, self._key, self._day = most, secrets.token_bytes(32), date.min
        self._values: OrderedDict[bytes, Value] = OrderedDict()

    def __len__(self) -> int:
        return len(self._values)

    def get(self, key: str) -> Value | None:
        """What is remembered of the key."""
        return self._values.get(self._hash(key))

    def put(self, key: str, value: Value) -> None:
        """Store it; the oldest value is evicted."""
        name = self._hash(key)
        self._values[name] = value
        self._values.move_to_end(name)
        if len(self._values) > self.most:
            self._values.popitem(last=False)

    def begin_day(self, day: date) -> None:
        """Forget everything, and the key of the hash, when another day has begun: nothing can be compared
        with yesterday's."""
        if day != self._day:
            self._day, self._key = day, secrets.token_bytes(32)
            self._values.clear()

    def _hash(self, key: str) -> bytes:
        return hashlib.blake2b(key.encode("utf-8", "replace"), key=self._key, digest_size=16).digest()


class RecentCount:
    """How often the same key came within the last hour (or `within`), in this process and on this day.

    Refuses no visitor.
    """

    def __init__(
        self, within: timedelta = timedelta(hours=1), *, most: int = 5000, most_each: int = 99
    ) -> None:
        self.within, self.most_each = within, most_each
        self._times: SecretMemory[list[datetime]] = SecretMemory(most)
        self._lock = Lock()

    def before(self, key: str, at: datetime) -> int:
        """Count this time; how often the key came before it."""
        with self._lock:
            self._times.begin_day(at.date())
            earlier = [one for one in self._times.get(key) or [] if one > at - self.within]
            self._times.put(key, [*earlier, at][-self.most_each :])
            return len(earlier)
