"""When to check next (policy.cadence, policy.politeness): dense after the notice, thinner with every day,
again after a removal.

Pure and repeatable: the jitter comes from a seed, so that the same item is not asked at the same second as
its neighbours and a test knows the answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import blake2b
from typing import Any

ALREADY = (
    0.25  # a planned check within this share of its gap counts as made: jitter may have brought it forward
)
FAST_EVERY = timedelta(minutes=10)
FAST_WITHIN = timedelta(
    hours=6
)  # a provider is fast when half of its removals fall into a window that ends within this
MOST_JITTER = timedelta(hours=2)


class Pace(StrEnum):
    """Why the next check is planned for its time; shown beside the interval."""

    PLAN = "PLAN"
    CONFIRM = "CONFIRM"
    FAST_PROVIDER = "FAST_PROVIDER"
    HOST_LIMIT = "HOST_LIMIT"
    RETRY_AFTER = "RETRY_AFTER"
    WATCH = "WATCH"
    CLAIM = "CLAIM"


@dataclass(frozen=True)
class Segment:
    """Up to `until` after the anchor (None: for ever) a check every `every`."""

    until: timedelta | None
    every: timedelta


@dataclass(frozen=True)
class Cadence:
    """The policy, read.

    `first` are offsets after the anchor, `watch` offsets after the removal; ascending, all positive.
    """

    first: tuple[timedelta, ...]
    then: tuple[Segment, ...]
    watch: tuple[timedelta, ...]
    jitter: float = 0.2
    confirm_after: timedelta = timedelta(minutes=10)
    per_host: timedelta = timedelta(seconds=10)


@dataclass(frozen=True)
class Next:
    """The next check, why then, and the interval it makes. `at` None: no further check."""

    at: datetime | None
    pace: Pace
    interval: timedelta


@dataclass(frozen=True, kw_only=True)
class Circumstances:
    """What bends the plan. `crowd` is how many items we watch on the same host;

    `fast` the window in which this provider usually removes.

    `awaits_second` asks for the check that confirms a removal, a missing name or a reappearance.
    """

    awaits_second: bool = False
    fast: tuple[timedelta, timedelta] | None = None
    crowd: int = 1
    retry_after: timedelta | None = None


def read_cadence(
    cadence: Mapping[str, Any], politeness: Mapping[str, Any], confirm: Mapping[str, Any]
) -> Cadence:
    """Build from the three policies.

    Raises ValueError when offsets do not ascend, KeyError when a part is missing.

    Fractions of minutes, hours and days are allowed, so that a demonstration can run in minutes.
    """
    first = tuple(timedelta(minutes=m) for m in cadence["first_checks_minutes"])
    then = tuple(
        Segment(
            None if s["until_hours"] is None else timedelta(hours=s["until_hours"]),
            timedelta(minutes=s["every_minutes"]),
        )
        for s in cadence["then"]
    )
    watch = tuple(timedelta(days=d) for d in cadence["watch_days"])
    ends = [s.until for s in then]
    if (
        list(first) != sorted(set(first))
        or list(watch) != sorted(set(watch))
        or any(d <= timedelta(0) for d in (*first, *watch))
    ):
        raise ValueError("offsets must be positive and ascend")
    if not then or ends[-1] is not None or None in ends[:-1] or any(s.every <= timedelta(0) for s in then):
        raise ValueError(
            "the last segment, and only it, has no end; every segment repeats after a positive time"
        )
    return Cadence(
        first=first,
        then=then,
        watch=watch,
        jitter=politeness["jitter_percent"] / 100,
        confirm_after=timedelta(minutes=confirm["minutes_apart"]),
        per_host=timedelta(minutes=1) / politeness["requests_per_minute_per_host"],
    )


def next_check(*, cadence: Cadence, anchor: datetime, at: datetime, seed: str, bent: Circumstances) -> Next:
    """When to check an item again that was up until now.

    `anchor` is the first delivered notice, or the first check while there is none; `at` the check just made.
    The answer is later than `at`.
    """
    elapsed = max(at - anchor, timedelta(0))
    planned, gap = _planned(cadence, elapsed)
    due, pace = anchor + planned + _jitter(cadence, gap, seed, at), Pace.PLAN
    due = max(due, at + gap * ALREADY)
    if (
        bent.fast
        and bent.fast[0] - FAST_EVERY <= elapsed < bent.fast[1] <= FAST_WITHIN
        and due - at > FAST_EVERY
    ):
        due, pace = at + FAST_EVERY, Pace.FAST_PROVIDER
    if bent.awaits_second:
        soon = at + cadence.confirm_after + abs(_jitter(cadence, cadence.confirm_after, seed, at)) / 4
        if soon < due or due < at + cadence.confirm_after:
            due, pace = soon, Pace.CONFIRM
    return _held_back(cadence, due, pace, at, bent)


def next_watch(
    *, cadence: Cadence, removed_at: datetime, at: datetime, seed: str, bent: Circumstances
) -> Next:
    """When to check an item again that was removed;

    `at` None in the answer once the last day of the watch has passed.
    """
    elapsed = max(at - removed_at, timedelta(0))
    if bent.awaits_second:
        return _held_back(cadence, at + cadence.confirm_after, Pace.CONFIRM, at, bent)
    before = timedelta(0)
    for day in cadence.watch:
        gap = day - before
        if day > elapsed + gap * ALREADY:
            due = max(removed_at + day + _jitter(cadence, gap, seed, at), at + gap * ALREADY / 2)
            return _held_back(cadence, due, Pace.WATCH, at, bent)
        before = day
    return Next(None, Pace.WATCH, timedelta(0))


def _held_back(cadence: Cadence, due: datetime, pace: Pace, at: datetime, bent: Circumstances) -> Next:
    """A host's Retry-After or limit may delay the check, never bring it forward."""
    if bent.retry_after is not None and due < at + bent.retry_after:
        due, pace = at + bent.retry_after, Pace.RETRY_AFTER
    turn = cadence.per_host * (2 * max(bent.crowd, 1))  # a check costs up to two requests
    if due < at + turn:
        due, pace = at + turn, Pace.HOST_LIMIT
    return Next(due, pace, due - at)


def _planned(cadence: Cadence, elapsed: timedelta) -> tuple[timedelta, timedelta]:
    """The next planned offset that does not count as made already, and the gap before it."""
    before = timedelta(0)
    for offset in cadence.first:
        gap = offset - before
        if offset > elapsed + gap * ALREADY:
            return offset, gap
        before = offset
    for segment in cadence.then:
        while segment.until is None or before < segment.until:
            offset = segment.every * (max(elapsed, before) // segment.every + 1)
            offset = offset if segment.until is None else min(offset, segment.until)
            gap = offset - max(before, offset - segment.every)
            if offset > elapsed + gap * ALREADY:
                return offset, gap
            before = offset
    raise AssertionError(
        "the last segment has no end"
    )  # pragma: no cover  read_cadence refuses a policy that could come here


def _jitter(cadence: Cadence, gap: timedelta, seed: str, at: datetime) -> timedelta:
    """Between minus and plus the policy's share of the gap, at most two hours, the same for the same seed and
    moment."""
    digest = blake2b(f"{seed}|{at.timestamp()}".encode(), digest_size=4).digest()
    share = int.from_bytes(digest) / 0xFFFFFFFF * 2 - 1
    return min(gap * cadence.jitter, MOST_JITTER) * share
