"""Runs the tests in several processes at the same time (`-n 4`), forked from one that has collected them.

The product, the tests and what pytest makes of them are loaded once, whatever the number of workers. A worker
takes a unit (`ordering.py`) whenever it has done one, and sends its reports to the process that forked it,
where pytest's own reporting goes on as in a run without workers. One that dies is reported as a failure of
the test that it ran, and another takes over the rest of its unit.
"""

import contextlib
import ctypes
import os
import signal
import sys
import traceback
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from typing import Any

import pytest

from tests import cleanup, processor_time
from tests.ordering import unit_of

WORKER = "TEST_WORKER"
"""Names the worker in its environment, for databases of its own."""
FOR_THE_RUN = (
    "terminalreporter",
    "lfplugin",
    "stepwiseplugin",
    "sauga-durations",
    "sauga-left-out",
    "sauga-passed",
)
"""Plugins that add up the reports of the whole run: a worker has none."""
PR_SET_PDEATHSIG = 1
PATIENCE = 10.0
_beside: list[int] = []


def pytest_addoption(parser: pytest.Parser) -> None:
    # `addoption` keeps short names in lower case for pytest itself; this one is known from pytest-xdist.
    parser.getgroup("parallel")._addoption(
        "-n", dest="workers", metavar="N", type=int, default=0, help="run the tests in N processes"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool | None:
    """Instead of pytest's own loop, where workers are asked for and there is something to run."""
    options = session.config.option
    is_broken = session.testsfailed and not options.continue_on_collection_errors
    if is_broken or options.collectonly or options.usepdb or not (options.workers and session.items):
        return None
    Run(session, options.workers).go()
    if session.shouldfail:
        raise session.Failed(session.shouldfail)
    if session.shouldstop:
        raise session.Interrupted(session.shouldstop)
    return True


def beside(call: Callable[[], None]) -> None:
    """Do something in a process of its own while this one goes on; with the run it ends."""
    process = os.fork()
    if process:
        _beside.append(process)
    else:
        try:
            _belong_to_parent()
            call()
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(0)


@dataclass
class Worker:
    """A process that runs tests, seen from the one that forked it."""

    number: int
    process: int
    pipe: Connection
    left: deque[int]
    """The tests of its unit that it has not finished; it runs the first."""


class Run:
    """Hands out units and passes on the reports of the workers."""

    def __init__(self, session: pytest.Session, count: int) -> None:
        self.session, self.hook = session, session.config.hook
        by_unit = groupby(enumerate(session.items), key=lambda one: unit_of(one[1].nodeid))
        self.units = deque([number for number, _item in items] for _unit, items in by_unit)
        self.count = min(count, len(self.units))
        self.workers: dict[Connection, Worker] = {}
        self.used = processor_time.ProcessorTime()
        session.config.pluginmanager.register(self.used)
        # One folder for all, a part of it for each worker.
        session.config._tmp_path_factory.getbasetemp()  # type: ignore[attr-defined]  # as pytest's fixture

    @property
    def is_over(self) -> bool:
        return bool(self.session.shouldfail or self.session.shouldstop)

    def go(self) -> None:
        try:
            for number in range(self.count):
                self._fork(number, self.units.popleft())
            while self.workers and not self.is_over:
                for pipe in wait(list(self.workers)):
                    self._hear(self.workers[pipe])  # type: ignore[index]  # one of those given
        finally:
            self._end()
            self.used.end()

    def _fork(self, number: int, unit: Sequence[int]) -> None:
        ours, theirs = Pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        process = os.fork()
        if process == 0:
            for pipe in (
                ours,
                *self.workers,
            ):  # whoever holds an end keeps others from hearing that it closed
                pipe.close()
            work(self.session, number, theirs, unit)
        theirs.close()
        self.workers[ours] = Worker(number, process, ours, deque(unit))

    def _hear(self, worker: Worker) -> None:
        try:
            kind, said = worker.pipe.recv()
        except (EOFError, OSError):
            self._bury(worker)
            return
        if kind == "report":
            report = self.hook.pytest_report_from_serializable(config=self.session.config, data=said)
            self.hook.pytest_runtest_logreport(report=report)
        elif kind == "done":
            item = self.session.items[worker.left.popleft()]
            self.hook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
        elif kind == "used":
            self.used.add(*said)
        elif kind == "free":
            worker.left = deque(self.units.popleft() if self.units else ())
            with contextlib.suppress(OSError):  # it has just died, which is heard next
                worker.pipe.send(list(worker.left))
        else:
            self._fault(f"worker {worker.number}", said, "teardown")

    def _bury(self, worker: Worker) -> None:
        """Of a worker that has ended: what it was doing has failed, unless it had done everything."""
        self._let_go(worker)
        status = os.waitstatus_to_exitcode(os.waitpid(worker.process, 0)[1])
        if worker.left:
            nodeid = self.session.items[worker.left.popleft()].nodeid
            self._fault(nodeid, f"worker {worker.number} ended with {status} while it ran this", "call")
        if worker.left and not self.is_over:
            self._fork(worker.number, worker.left)

    def _fault(self, nodeid: str, why: str, when: Any) -> None:
        place = nodeid.partition("::")[0]
        report = pytest.TestReport(nodeid, (place, None, nodeid), {}, "failed", why, when)
        self.hook.pytest_runtest_logreport(report=report)

    def _end(self) -> None:
        """Workers that still run, since the run is broken off, close what they have opened, or are closed."""
        while _beside:
            process = _beside.pop()
            os.kill(process, signal.SIGKILL)  # a zombie at least: nobody has waited for it
            os.waitpid(process, 0)
        for number in (signal.SIGINT, signal.SIGKILL):
            for worker in self.workers.values():
                os.kill(worker.process, number)
            for worker in list(self.workers.values()):
                with contextlib.suppress(EOFError, OSError):
                    while worker.pipe.poll(PATIENCE):
                        worker.pipe.recv()
                    continue
                os.waitpid(worker.process, 0)
                self._let_go(worker)

    def _let_go(self, worker: Worker) -> None:
        del self.workers[worker.pipe]
        worker.pipe.close()


def work(session: pytest.Session, number: int, pipe: Connection, unit: Sequence[int]) -> None:
    """Run units until there are no more, in a process that has just been forked; never returns."""
    try:
        _settle_in(session, number, pipe)
        while unit:
            _run(session, unit, pipe)
            pipe.send(("free", None))
            unit = pipe.recv()
        session._setupstate.teardown_exact(None)
    except (KeyboardInterrupt, EOFError, BrokenPipeError):
        with contextlib.suppress(BaseException):
            session._setupstate.teardown_exact(None)
    except BaseException:
        with contextlib.suppress(OSError):
            pipe.send(("fault", traceback.format_exc()))
    finally:
        os._exit(0)  # what else the forking process does at its end is its own


def _settle_in(session: pytest.Session, number: int, pipe: Connection) -> None:
    config = session.config
    _belong_to_parent()
    os.environ[WORKER] = f"w{number}"
    for name in FOR_THE_RUN:
        if config.pluginmanager.hasplugin(name):
            config.pluginmanager.unregister(name=name)
    config.pluginmanager.register(Sender(config, pipe), "sauga-sender")
    capture: Any = config.pluginmanager.getplugin("capturemanager")
    capture.stop_global_capturing()  # its files are the parent's
    capture.start_global_capturing()
    capture.suspend_global_capture(in_=False)
    factory = config._tmp_path_factory  # type: ignore[attr-defined]  # pytest's own fixture reads it there
    factory._basetemp = factory.getbasetemp() / f"w{number}-{os.getpid()}"
    factory._basetemp.mkdir(mode=0o700)


def _belong_to_parent() -> None:
    """End with the process that forked this one, and leave the run's own end to it."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    cleanup.leave_to_parent()


def _run(session: pytest.Session, unit: Sequence[int], pipe: Connection) -> None:
    items = [session.items[number] for number in unit]
    before = processor_time.of_descendants(os.getpid())
    # After the last one what is made for the whole run stays: another unit shares the session with it.
    following: list[Any] = [*items[1:], session]
    for item, then in zip(items, following, strict=True):
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=then)
        pipe.send(("done", None))
    used = max(0.0, processor_time.of_descendants(os.getpid()) - before)
    pipe.send(("used", (unit_of(items[0].nodeid), used)))


class Sender:
    """Tells the process that forked this one what a test came to."""

    def __init__(self, config: pytest.Config, pipe: Connection) -> None:
        self.config, self.pipe = config, pipe

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        data = self.config.hook.pytest_report_to_serializable(config=self.config, report=report)
        self.pipe.send(("report", data))
