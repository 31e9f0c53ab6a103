"""Many visitors who report at the same time, in a process of their own.

python -m rig.load PORT CLIENTS COUNT [SECONDS]      (prints one line of JSON)
"""

import json
import random
import subprocess
import sys
import threading
import time
from collections import Counter, deque
from dataclasses import asdict, dataclass, field
from pathlib import Path

from rig.visitor import Lost, Refused, Visitor

CHOICES = ("CHILD_EXPLOITATION", "HATE", "DONT_KNOW")


@dataclass
class Run:
    """What a run of visitors saw. `seconds` are the times from opening the form to holding the receipt."""

    reports: int = 0
    failures: int = 0
    whole: float = 0.0
    cpu: float = 0.0
    seconds: list[float] = field(default_factory=list)
    forms: list[float] = field(default_factory=list)
    complaints: dict[str, int] = field(default_factory=dict)

    def joined(self, other: "Run") -> "Run":
        """Two runs of the same visitors, one after the other, as one."""
        complaints = Counter(self.complaints) + Counter(other.complaints)
        return Run(
            self.reports + other.reports,
            self.failures + other.failures,
            self.whole + other.whole,
            self.cpu + other.cpu,
            self.seconds + other.seconds,
            self.forms + other.forms,
            dict(complaints),
        )

    @property
    def rate(self) -> float:
        return self.reports / self.whole if self.whole else 0.0


def run_load(port: int, clients: int, count: int, seconds: float = 0) -> Run:
    """Let `clients` visitors make `count` reports, or report for `seconds`, from another process."""
    return finish_load(begin_load(port, clients, count, seconds))


def begin_load(port: int, clients: int, count: int, seconds: float = 0) -> "subprocess.Popen[bytes]":
    """Start the visitors; `finish_load` waits for them."""
    command = [sys.executable, "-m", "rig.load", str(port), str(clients), str(count), str(seconds)]
    return subprocess.Popen(command, cwd=Path(__file__).resolve().parents[1], stdout=subprocess.PIPE)


def finish_load(process: "subprocess.Popen[bytes]") -> Run:
    """What the visitors saw."""
    out, _ = process.communicate()
    return Run(**json.loads(out))


def place(draw: random.Random, known: "deque[str]") -> str:
    """An address nobody has reported, or one time in five one that somebody has."""
    if known and draw.random() < 0.2:
        return draw.choice(known)
    fresh = f"https://pavyzdys{draw.randrange(2000)}.example/galerija/{draw.getrandbits(64):x}/"
    known.append(fresh)
    return fresh


def _visit(port: int, end: "Countdown", run: Run, seed: int) -> None:
    draw, known, complaints = random.Random(seed), deque[str](maxlen=50), Counter[str]()
    with Visitor(port) as visitor:
        while end.go_on():
            start = time.perf_counter()
            try:
                ticket = visitor.ticket()
                opened = time.perf_counter()
                visitor.report(place(draw, known), CHOICES[draw.randrange(3)], ticket)
            except (Refused, Lost) as error:
                complaints[str(error)[:24]] += 1
                continue
            run.seconds.append(time.perf_counter() - start)
            run.forms.append(opened - start)
    for what, times in complaints.items():
        run.complaints[what] = run.complaints.get(what, 0) + times


class Countdown:
    """Says whether there is another report to make."""

    def __init__(self, count: int, seconds: float) -> None:
        self.left, self.until = count, time.monotonic() + seconds if seconds else None

    def go_on(self) -> bool:
        if self.until is not None:
            return time.monotonic() < self.until
        self.left -= 1
        return self.left >= 0


def _main(port: int, clients: int, count: int, seconds: float) -> None:
    run, end = Run(), Countdown(count, seconds)
    began = time.perf_counter()
    threads = [
        threading.Thread(target=_visit, args=(port, end, run, random.getrandbits(64))) for _ in range(clients)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    run.whole, run.cpu = time.perf_counter() - began, time.process_time()
    run.reports, run.failures = len(run.seconds), sum(run.complaints.values())
    print(json.dumps(asdict(run)))


if __name__ == "__main__":
    _main(
        int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4] if len(sys.argv) > 4 else 0)
    )
