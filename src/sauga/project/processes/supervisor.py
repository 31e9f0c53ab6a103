"""Keeps several processes together: started in order, watched, and stopped together, so that none is left
behind."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import FrameType, TracebackType
from typing import Self

PATIENCE = 12.0
SET_PDEATHSIG = 1


class ChildDied(Exception):
    """A process ended by itself; the text names it, its exit code and the end of its log."""


class Stopped(Exception):
    """Someone asked us to stop (Ctrl-C or SIGTERM)."""


class Supervisor:
    """Starts children in their own process groups; on leaving the `with` block all groups are ended, youngest
    first."""

    def __init__(self, logs: Path) -> None:
        self.logs = logs
        self.children: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Self:
        self.logs.mkdir(parents=True, exist_ok=True)
        signal.signal(signal.SIGTERM, _stop)
        signal.signal(signal.SIGINT, _stop)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for signum in (signal.SIGTERM, signal.SIGINT):
            signal.signal(signum, signal.SIG_IGN)
        for child in reversed(self.children.values()):
            _end(child)

    def start(self, name: str, command: Sequence[str], environ: Mapping[str, str]) -> None:
        """Start a child; what it prints goes to `logs/<name>.log`.

        It is ended too when we are killed (on Linux).
        """
        with (self.logs / f"{name}.log").open("wb") as log:
            self.children[name] = subprocess.Popen(
                command,
                env=dict(environ),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=_die_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509  we start no threads before this
            )

    def check(self) -> None:
        """Raise ChildDied when a child has ended."""
        for name, child in self.children.items():
            if child.poll() is not None:
                raise ChildDied(f"{name} ended by itself ({_reason(child.returncode)}).\n{self._tail(name)}")

    def wait_for(self, ready: Callable[[], bool], seconds: float, what: str) -> None:
        """Wait until `ready()`.

        Raises ChildDied when a child ends meanwhile or when it takes longer than `seconds`.
        """
        until = time.monotonic() + seconds
        while not ready():
            self.check()
            if time.monotonic() > until:
                raise ChildDied(f"{what} was not ready after {seconds:.0f} s; see {self.logs}.")
            time.sleep(0.1)

    def watch(self) -> None:
        """Stay until asked to stop (returns) or until a child ends (raises ChildDied)."""
        try:
            while True:
                self.check()
                time.sleep(0.5)
        except Stopped:
            return

    def _tail(self, name: str, lines: int = 12) -> str:
        path = self.logs / f"{name}.log"
        with path.open(encoding="utf-8", errors="replace") as log:
            return f"The end of {path}:\n" + "".join(f"  {line}" for line in deque(log, lines))


def _stop(signum: int, frame: FrameType | None) -> None:
    raise Stopped


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(SET_PDEATHSIG, signal.SIGTERM)


def _end(child: subprocess.Popen[bytes]) -> None:
    """Ask the child to end, wait, then end its whole group: processes it started itself included."""
    if child.poll() is None:
        child.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(PATIENCE)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def _reason(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
