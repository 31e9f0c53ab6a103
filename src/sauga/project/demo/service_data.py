"""Seeds the services' demo data: each service that has a `demo` module writes its own, through its own
actions, once."""

import json
import os
import signal
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from multiprocessing import active_children, get_context
from pathlib import Path
from typing import TYPE_CHECKING

from sauga.kernel.services import installed
from sauga.project import cli
from sauga.world.control import Control

if TYPE_CHECKING:  # the seeding processes import this module before Django is loaded
    from sauga.project.demo.people import Account


@contextmanager
def seeding_processes(file: Path) -> Iterator[Executor | None]:
    """Two processes that seed demo data in parallel; they load the program while tables and people are
    created. None on one core, and where `file` says that the data was seeded before."""
    if file.exists() or (os.cpu_count() or 1) < 2:
        yield None
        return
    pool = ProcessPoolExecutor(2, mp_context=get_context("spawn"), initializer=_load)
    try:
        for _ in range(2):
            pool.submit(os.getpid)
        yield pool
    except BaseException:
        for process in (
            active_children()
        ):  # an interrupted start does not wait for the seeding; the database rolls it back
            process.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _load() -> None:
    """Ctrl-C reaches every process of a terminal; the parent says what happens."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    cli.prepare()


@dataclass(frozen=True)
class _Waiting:
    """A service whose demo data is still to be written: its label, its module, and whose data it needs."""

    label: str
    module: str
    after: tuple[str, ...]


def seed_services(
    file: Path, accounts: "list[Account]", at: datetime, pool: Executor | None = None
) -> list[str]:
    """Call `sauga.<service>.demo.seed(at=…, staff=…)` for every service that was not seeded yet; `file`
    remembers. Returns the new labels.

    `staff` has the sign-ins by first role. All or nothing is written (`kit.demo.seeds`), so a seeding that
    was broken off is done again. A module with a `world` says how its addresses behave on the synthetic
    internet; that is arranged at every start, because the internet forgets. A module's data may need another
    service's only if it says so in `AFTER`, the labels of those; it is seeded when those are. With a
    `pool` they are seeded in parallel, the last service's, which takes longest, first.
    """
    seeded: dict[str, bool] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    waiting: list[_Waiting] = []
    for config in installed():
        if not find_spec(f"{config.name}.demo"):
            continue
        module = import_module(f"{config.name}.demo")
        arrange(getattr(module, "world", dict)())
        if not seeded.get(config.label):
            waiting.append(_Waiting(config.label, module.__name__, getattr(module, "AFTER", ())))

    def remember(label: str, whole: bool) -> None:
        seeded[label] = whole
        file.write_text(json.dumps(seeded), encoding="utf-8")

    left = list(waiting)
    while left:
        labels = {one.label for one in left}
        together = [one for one in left if not labels & set(one.after)]
        assert together, f"these wait for one another: {sorted(labels)}"
        begun = {}
        for one in reversed(together) if pool else together:
            left.remove(one)
            begun_before = one.label in seeded
            remember(one.label, False)
            if pool is None:
                _seed_service(one.module, accounts, at, begun_before)
                remember(one.label, True)
            else:
                begun[pool.submit(_seed_service, one.module, accounts, at, begun_before)] = one.label
        for done in as_completed(begun):
            done.result()
            remember(begun[done], True)
    return [one.label for one in waiting]


def _seed_service(name: str, accounts: "list[Account]", at: datetime, begun_before: bool) -> None:
    # Not above: the seeding processes find this module before Django is loaded.
    from sauga.kernel.kit.demo import DataPresent

    try:
        import_module(name).seed(at=at, staff={account.role: account for account in reversed(accounts)})
    except DataPresent:
        if (
            not begun_before
        ):  # else an earlier start was stopped after the last row was stored and before `file` said so
            raise


def arrange(behaviours: Mapping[str, str]) -> None:
    """Let addresses of the synthetic internet behave so. Does nothing where no such internet runs."""
    link = os.environ.get("SAUGA_WORLD", "")
    if not link or not Path(link).exists():
        return
    control = Control.read(link)
    for address, behaviour in behaviours.items():
        control.behave(address, behaviour)
