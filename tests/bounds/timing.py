"""How long a call takes as its input grows; ended by an alarm, so that a slow one fails its own test and
not the whole run.
"""

import gc
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from tests.repetition import often

SIZE = often(256 * 1024, 1024 * 1024)
"""The largest input."""
SMALL, LARGE = SIZE // 16, SIZE
SCREEN = 4 * 1024
GROWTH = 5
"""How many times more than its share a large input may cost: caches, collections and a busy machine."""
ROOM = often(0.1, 0.25)
CAP = often(1.5, 6.0)
"""Seconds that no input of this size (in `make prove` a megabyte) may hold a process; four times what the
slowest takes on the slowest machine at hand.
"""


class TooSlow(AssertionError):
    """The alarm went off."""


@contextmanager
def alarm(seconds: float) -> Iterator[None]:
    def ring(*_signal: Any) -> None:
        raise TooSlow(f"not finished after {seconds} s")

    former = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, former)


def seconds(call: Callable[[], Any]) -> float:
    """Processor time of one call, without collections, as in `timeit`: they look at everything that this
    process holds, the parsed sources too.
    """
    gc.disable()
    try:
        began = time.process_time()
        with alarm(5 * CAP):
            call()
        return time.process_time() - began
    finally:
        gc.enable()


def check_growth(call: Callable[[int], Callable[[], Any]]) -> None:
    """Sixteen times the input costs about sixteen times the time, and never more than the cap.

    `call(size)` prepares one call.
    """
    small = min(seconds(call(SMALL)) for _ in range(2))
    allowed = GROWTH * (LARGE / SMALL) * small + ROOM
    for _attempt in range(3):  # a page fault or a neighbour's load makes one measurement slow, not three
        large = seconds(call(LARGE))
        if large <= min(allowed, CAP):
            return
    assert large <= allowed, f"{small:.3f} s at {SMALL // 1024} KiB, {large:.3f} s at {LARGE // 1024} KiB"
    assert large <= CAP, f"{large:.2f} s at {LARGE // 1024} KiB"
