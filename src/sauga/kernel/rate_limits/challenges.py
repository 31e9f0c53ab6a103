"""Whether a form is taken as it was sent, or needs its puzzle answered first.

Asked before the costly part; free at rest.
"""

from collections import OrderedDict
from collections.abc import Mapping
from datetime import datetime, timedelta
from math import ceil
from threading import Lock

from django.conf import settings
from django.http import HttpRequest

from sauga.kernel.rate_limits.gauge import HIGHEST, Gauge, gauge
from sauga.kernel.rate_limits.lanes import PATIENT_QUERY, QUEUED
from sauga.kernel.sealed import TicketError
from sauga.kernel.sealed.visitors.puzzles import Puzzle, is_solved, new_puzzle, read_puzzle

BITS = (0, 9, 10, 11, 12, 13)
WAIT = (0, 5, 8, 12, 16, 20)
"""By level: tries of each of the sixteen parts as a power of two (8 thousand to 131 thousand in all), and
seconds of patience."""
MOST_AGE = timedelta(hours=1)
REMEMBERED = 50_000
BY_ITSELF = 3


class Held(Exception):
    """The form is not taken yet. Show it again with all that was written, this `puzzle`, and the `seconds`
    after which it will be taken.

    `tries` counts how often it was held: a browser sends it by itself a few times, then the person presses
    the button.
    """

    def __init__(self, puzzle: Puzzle, seconds: int, post: Mapping[str, str]) -> None:
        super().__init__(seconds)
        self.puzzle, self.seconds, self.tries = puzzle, seconds, _tries(post) + 1
        self.sends_itself = self.tries <= BY_ITSELF


class Spent:
    """Puzzles that were answered, the newest REMEMBERED of this process: each answer is good
    for one sending.
    """

    def __init__(self) -> None:
        self._seen: OrderedDict[str, None] = OrderedDict()
        self._lock = Lock()

    def __contains__(self, text: str) -> bool:
        return text in self._seen

    def forget(self) -> None:
        """For tests."""
        self._seen.clear()

    def spend(self, text: str) -> bool:
        """Remember it; False when another was quicker."""
        with self._lock:
            if text in self._seen:
                return False
            self._seen[text] = None
            if len(self._seen) > REMEMBERED:
                self._seen.popitem(last=False)
            return True


_spent = Spent()


def is_calm(purpose: str, at: datetime) -> bool:
    """Whether the form asks nothing of its senders."""
    measured = gauge(purpose)
    return measured is None or not measured.level(at)


def puzzle_for(purpose: str, ticket: str, at: datetime, *, least: int = 0) -> Puzzle | None:
    """What the form with this ticket must carry; None at rest. `least`: the level that something else than
    the rush calls for, as seats that are not confirmed."""
    measured = gauge(purpose)
    level = max(measured.level(at), min(least, HIGHEST)) if measured else 0
    return _new(purpose, ticket, level, at) if level else None


def admit(
    purpose: str,
    ticket: str,
    request: HttpRequest,
    at: datetime,
    *,
    queued: float | None = None,
    least: int = 0,
) -> None:
    """Count one sending; while the form is under pressure, raise Held unless its puzzle is answered: by a
    proof, or, for what came by the lane of the patient (`?patient`), by having waited. `queued`: the
    seconds in the queue from which a sending counts, where fewer than usual (`SAUGA_PRESSURE_WAIT`).
    `least`: as in `puzzle_for`."""
    post = request.POST
    measured = gauge(purpose)
    wait = settings.PRESSURE_WAIT if queued is None else min(queued, settings.PRESSURE_WAIT)
    level = max(_level(measured, request, at, wait), min(least, HIGHEST)) if measured else 0
    if not level:
        return
    text = post.get("puzzle", "")
    try:
        puzzle = read_puzzle(text, ticket, purpose, at, MOST_AGE)
    except TicketError:
        raise Held(_new(purpose, ticket, level, at), WAIT[level], post) from None
    patient = request.META.get("QUERY_STRING") == PATIENT_QUERY and at >= puzzle.ripe_at
    if text not in _spent and not patient and not is_solved(puzzle, post.get("proof", "")):
        raise Held(puzzle, max(1, ceil((puzzle.ripe_at - at).total_seconds())), post)
    if not _spent.spend(text):
        raise Held(_new(purpose, ticket, level, at), WAIT[level], post)


def held_back(purpose: str, ticket: str, request: HttpRequest, at: datetime) -> Held:
    """What a form shows that could not be taken just now for another reason than its own pressure, a lock in
    the database for example: it sends itself again after the shortest wait."""
    return Held(_new(purpose, ticket, 1, at), WAIT[1], request.POST)


def _level(measured: Gauge, request: HttpRequest, at: datetime, least: float) -> int:
    """As long as everybody gets a turn at once there is no pressure, however many they are."""
    queued = getattr(request, "scope", {}).get(QUEUED, 0.0)
    return measured.count(at) if queued >= least else measured.level(at)


def _tries(post: Mapping[str, str]) -> int:
    text = post.get("tries", "")
    return int(text) if text in {"1", "2", "3"} else BY_ITSELF if text else 0


def _new(purpose: str, ticket: str, level: int, at: datetime) -> Puzzle:
    return new_puzzle(ticket, purpose, bits=BITS[level], wait=WAIT[level], at=at)
