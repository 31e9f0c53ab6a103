"""Politeness towards other people's servers: one connection per host, a token bucket per host and per
provider, jitter, and Retry-After."""

import asyncio
import random
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from sauga.kernel import clock

KEEP_HOSTS = 20_000
LONGEST_REST = 24 * 3600.0


class TooSoon(Exception):
    """The host may be asked only later than the caller would wait.

    `seconds` until then; postpone the check, and record the longer interval.
    """

    def __init__(self, seconds: float) -> None:
        super().__init__(f"in {seconds:.0f} s")
        self.seconds = seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Politeness:
    """Limits (`policy.politeness`). A rate of 0 means no limit, for our own hosts in tests and benchmarks."""

    per_host_a_minute: float = 6
    per_provider_a_minute: float = 60
    burst: float = 6
    jitter: float = 0.2
    connections_a_host: int = 1


UNLIMITED = Politeness(per_host_a_minute=0, per_provider_a_minute=0, jitter=0)


@dataclass(slots=True)
class _Bucket:
    """Tokens of one host or provider.

    May become negative: a check that has begun is not interrupted, the next one waits longer.
    """

    rate: float
    burst: float
    tokens: float
    seen: float
    rests_until: float = 0.0

    def wait(self, now: float) -> float:
        """Seconds until a check may begin."""
        if self.rate:
            self.tokens = min(self.burst, self.tokens + (now - self.seen) * self.rate)
        self.seen = now
        short = (1 - self.tokens) / self.rate if self.rate and self.tokens < 1 else 0.0
        return max(short, self.rests_until - now, 0.0)


@dataclass(slots=True)
class _Place:
    """One host: its semaphore (how many requests at once) and how many wait or are in progress."""

    slots: asyncio.Semaphore
    people: int = 0


class _Inside:
    """The requests to one host. A class and not a generator, because it is on the way of every request."""

    __slots__ = ("_host", "_limit", "_place", "_places")

    def __init__(self, places: dict[str, _Place], host: str, limit: int) -> None:
        self._places, self._host, self._limit = places, host, limit

    async def __aenter__(self) -> None:
        place = self._places.get(self._host)
        if place is None:
            place = self._places[self._host] = _Place(asyncio.Semaphore(self._limit))
        self._place = place
        place.people += 1
        try:
            await place.slots.acquire()
        except BaseException:
            self._leave()
            raise

    async def __aexit__(self, *_: object) -> None:
        self._place.slots.release()
        self._leave()

    def _leave(self) -> None:
        self._place.people -= 1
        if not self._place.people:
            self._places.pop(self._host, None)


@dataclass(slots=True)
class Manners:
    """The state behind `Politeness`, for one client and one event loop."""

    rules: Politeness
    _buckets: OrderedDict[str, _Bucket] = field(default_factory=OrderedDict)
    _places: dict[str, _Place] = field(default_factory=dict)

    async def wait_turn(self, host: str, provider: str, longest: float) -> None:
        """Wait until a check of this host may begin.

        Raises TooSoon when that is further than `longest` seconds away.
        """
        while True:
            now = time.monotonic()
            wait = max(bucket.wait(now) for bucket in self._of(host, provider, now))
            if wait <= 0:
                return
            wait *= 1 + random.random() * self.rules.jitter  # noqa: S311  spreads load; nothing secret
            if wait > longest:
                raise TooSoon(wait)
            longest -= wait
            await asyncio.sleep(wait)

    def spend(self, host: str, provider: str = "") -> None:
        """Note one request."""
        if not self.rules.per_host_a_minute and not self.rules.per_provider_a_minute:
            return
        for bucket in self._of(host, provider, time.monotonic()):
            bucket.tokens -= 1

    def rest(self, host: str, seconds: float) -> None:
        """Leave the host alone for this long (at most a day)."""
        now = time.monotonic()
        bucket = self._of(host, "", now)[0]
        bucket.rests_until = max(bucket.rests_until, now + min(seconds, LONGEST_REST))

    def inside(self, host: str) -> "_Inside":
        """Hold one of the host's few connections (`async with`).

        Never hold two hosts at once, so that there is no deadlock.
        """
        return _Inside(self._places, host, self.rules.connections_a_host)

    def _of(self, host: str, provider: str, now: float) -> list[_Bucket]:
        found = [self._bucket(host, self.rules.per_host_a_minute, now)]
        if provider:
            found.append(self._bucket("provider:" + provider, self.rules.per_provider_a_minute, now))
        return found

    def _bucket(self, key: str, a_minute: float, now: float) -> _Bucket:
        bucket = self._buckets.get(key)
        if bucket is None:
            burst = max(self.rules.burst, 1.0)
            bucket = self._buckets[key] = _Bucket(rate=a_minute / 60, burst=burst, tokens=burst, seen=now)
            if len(self._buckets) > KEEP_HOSTS:
                self._buckets.popitem(last=False)
        return bucket


def retry_seconds(value: str, at: datetime | None = None) -> float:
    """A Retry-After header in seconds from now (RFC 9110, section 10.2.3); 0 for what
    cannot be understood.
    """
    value = value.strip()
    if value.isascii() and value.isdigit():
        return min(float(value[:9]), LONGEST_REST)
    try:
        when = parsedate_to_datetime(value)
    except ValueError:
        return 0.0
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return min(max((when - (at or clock.now())).total_seconds(), 0.0), LONGEST_REST)
