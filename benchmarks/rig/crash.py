"""Kill -9 at random moments under load, and what must hold afterwards.

Used by benchmarks/crash.py and tests/proofs/test_crash.py.
"""

import json
import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from rig.installation import Installation, free_port, wait_for
from rig.visitor import Lost, Refused, Visitor

AWAY = 3.0
"""Seconds without a database: longer than a restart of Debian's PostgreSQL takes."""


@dataclass
class Outcome:
    """What was done and what was found. `shown` are receipts with the place each was given for, `lost`
    what did not outlive a restart of the database."""

    kills: Counter[str] = field(default_factory=Counter)
    shown: list[tuple[str, str]] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    sent: int = 0
    retries: int = 0
    found: dict[str, Any] = field(default_factory=dict)

    @property
    def faults(self) -> list[str]:
        """Everything that broke a promise."""
        said = [f"a receipt does not open: {where}" for where in self.found["wrong"]]
        said += [f"{number} {name}" for name, number in self.found["half"].items()]
        said += self.lost
        if not self.found["chain"]:
            said.append(f"the chain is broken: {self.found['what']}")
        if not len(self.shown) <= self.found["reports"] <= self.sent:
            said.append(
                f"{len(self.shown)} receipts were shown, {self.sent} reports sent, "
                f"{self.found['reports']} stored"
            )
        return said


def crash(
    installation: Installation, rounds: int, *, pace: float = 0.35, clients: int = 8, seed: int = 0
) -> Outcome:
    """Kill `rounds` processes, one about every `pace` seconds, while `clients` report, and restart the
    database once; then check everything that is stored.

    A shot waits until more receipts were shown than shots fell, however slow the machine: people get through
    in between. Raises TimeoutError when nobody does.
    """
    port, living, outcome, over = free_port(), installation.folder / "living", Outcome(), threading.Event()
    installation.start("-m", "rig.prefork", str(port), "2", str(living))
    wait_for(living.exists, 120, "the preforked processes")
    wait_for(lambda: _takes_reports(port), 60, "the first receipt")
    visitors = [
        threading.Thread(target=_visit, args=(port, number, outcome, over)) for number in range(clients)
    ]
    for visitor in visitors:
        visitor.start()
    draw = random.Random(seed)
    for number in range(rounds):
        time.sleep(pace * draw.uniform(0.2, 1.8))
        wait_for(lambda shots=number: len(outcome.shown) > shots + 1, 60, "a receipt between two kills")
        outcome.kills[_kill(installation, living, draw, database=number % 20 == 19)] += 1
    _restart_database(installation, living, outcome)
    time.sleep(1)
    over.set()
    for visitor in visitors:
        visitor.join()
    outcome.found = json.loads(
        installation.python("-m", "rig.check", given=json.dumps(outcome.shown)).splitlines()[-1]
    )
    return outcome


def _restart_database(installation: Installation, living: Path, outcome: Outcome) -> None:
    """Shut the database down under the running worker and web processes and start it `AWAY` seconds later:
    none of them may end, jobs are done again, and receipts are given again."""
    wait_for(lambda: _last_job(installation), 60, "a job that is done")
    before = {kind: set(_processes(living, kind)) for kind in ("web", "work")}
    with installation.without_database():
        time.sleep(AWAY)
    shown, back = len(outcome.shown), time.time()
    outcome.kills["restart"] += 1
    for what, is_there in (
        ("receipts", lambda: len(outcome.shown) > shown),
        ("jobs", lambda: _last_job(installation) > back),
    ):
        try:
            wait_for(is_there, 60, what)
        except TimeoutError:
            outcome.lost.append(f"no {what} after a restart of the database")
    for kind, pids in before.items():
        if set(_processes(living, kind)) != pids:
            outcome.lost.append(f"a process of kind {kind} ended with the restart of the database")


def _last_job(installation: Installation) -> float:
    """When a job was last done, as seconds since 1970; 0 where none was or nobody answers."""
    import psycopg

    try:
        with installation.connect() as connection:
            row = connection.execute(
                "SELECT extract(epoch FROM max(at)) FROM procrastinate_events WHERE type = 'succeeded'"
            ).fetchone()
    except psycopg.Error:
        return 0.0
    return float(row[0] or 0)


def _kill(installation: Installation, living: Path, draw: random.Random, *, database: bool) -> str:
    """Kill one process and say of which kind: a web worker two times out of three, the job worker, or a
    process of the database in its turn.

    A process that ended by itself before the shot, or a database that is still recovering, makes it wait for
    another of the same kind: every shot hits. Raises TimeoutError when none lives again.
    """
    kind = "database" if database else draw.choice(("web", "web", "work"))

    def hit() -> bool:
        pids = _database_processes(installation) if database else _processes(living, kind)
        if not pids:
            return False
        try:
            os.kill(draw.choice(pids), signal.SIGKILL)
        except ProcessLookupError:
            return False
        return True

    wait_for(hit, 60, f"a process of kind {kind} to kill")
    return kind


def _processes(living: Path, kind: str) -> list[int]:
    lines = living.read_text(encoding="ascii").splitlines()
    return [int(line.split()[1]) for line in lines if line.startswith(kind)]


def _database_processes(installation: Installation) -> list[int]:
    import psycopg

    try:
        with installation.connect() as connection:
            rows = connection.execute(
                "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend'"
                " AND pid <> pg_backend_pid()"
            ).fetchall()
    except psycopg.Error:
        return []
    return [pid for (pid,) in rows]


def _visit(port: int, number: int, outcome: Outcome, over: threading.Event) -> None:
    """Report again and again; after a lost answer send the same form once more, as people do, until it is
    answered."""
    turn = 0
    with Visitor(port, patience=20) as visitor:
        while not over.is_set():
            turn += 1
            where = f"https://pavyzdys{number}.example/žuvėdra/{turn}/"
            ticket = _insist(visitor.ticket, outcome, over)
            if not ticket:
                continue
            outcome.sent += 1
            code = _insist(partial(visitor.report, where, "CHILD_EXPLOITATION", ticket), outcome, over)
            if code:
                outcome.shown.append((code, where))


def _insist(ask: Callable[[], str], outcome: Outcome, over: threading.Event) -> str:
    while True:
        try:
            return ask()
        except (Lost, Refused):
            outcome.retries += 1
            if over.is_set():
                return ""
            time.sleep(0.05)


def _takes_reports(port: int) -> bool:
    try:
        with Visitor(port) as visitor:
            return bool(visitor.ticket())
    except (Lost, Refused):
        return False
