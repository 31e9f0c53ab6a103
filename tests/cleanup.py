"""Whatever way a test run ends, nothing of it stays: no server, no browser, no database, no temporary folder.

Everything of a run lies in one folder, and every process it starts carries the folder in its environment. A
guard, a process of its own, waits for the run to end, even by a kill that nobody can catch, ends what is left
of it and removes the folder.
"""

import contextlib
import os
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

MARK = "TEST_RUN_FOLDER"
PATIENCE = 10.0


_kept: list[int] = []


def pytest_addoption() -> None:
    """The first hook that a plugin named by `-p` sees, before pytest-django loads the settings; workers find
    the folder made.
    """
    if MARK not in os.environ:
        begin()


def begin() -> None:
    """Give this run its folder, for temporary files, too, and set the guard.

    Called once, by the process that begins the run.
    """
    folder = Path(
        tempfile.mkdtemp(prefix="sauga-test-", dir=None if "TMPDIR" in os.environ else roomy_memory())
    )
    folder.chmod(0o711)  # the database's own user must pass through
    temporary = folder / "tmp"
    temporary.mkdir(mode=0o711)
    own = {key: value for key, value in os.environ.items() if key != MARK}
    reading, writing = os.pipe()
    command = [sys.executable, __file__, str(folder), str(os.getpid())]
    # Not `subprocess`, which would complain at the end of the run that this child lives on.
    os.posix_spawn(
        sys.executable, command, own, setsid=True, file_actions=[(os.POSIX_SPAWN_DUP2, reading, 0)]
    )
    os.close(
        reading
    )  # the writing end is inherited by nobody and closes with this process, however that ends
    os.environ.update({MARK: str(folder), "TMPDIR": str(temporary)})
    os.environ.update(
        {
            "SAUGA_DATA": str(folder / "data"),
            "RIG_TEMPLATE": str(folder / "rig"),
            "RIG_TABLES": str(folder / "tables"),
        }
    )
    tempfile.tempdir = None
    _kept.append(writing)


def leave_to_parent() -> None:
    """In a process that was forked from the run's: the run's own end is what the guard waits for."""
    while _kept:
        os.close(_kept.pop())


def roomy_memory(place: Path = Path("/dev/shm"), needed: int = 8 << 30) -> Path | None:
    """The file system in memory, where the machine has plenty of it: databases and profiles of a run need not
    reach the disk.

    None where it lacks `needed` bytes, is not writable or forbids programs, which the installation test
    starts from there.
    """
    try:
        held = os.statvfs(place)
        free = min(held.f_bavail * held.f_frsize, available_memory())
    except OSError:
        return None
    is_usable = os.access(place, os.W_OK) and not held.f_flag & os.ST_NOEXEC
    return place if is_usable and free >= needed else None


def available_memory() -> int:
    """Bytes that programs may still take without swapping; 0 where the system does not say."""
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable")), 0)


def environment() -> dict[str, str]:
    """What processes of this run carry."""
    return {name: os.environ[name] for name in (MARK, "TMPDIR", "SAUGA_DATA", "RIG_TEMPLATE", "RIG_TABLES")}


def guard(folder: Path, run: int) -> None:
    """Wait for the end of the run, then clear up after it."""
    os.chdir("/")
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    sys.stdin.buffer.read()
    end = time.monotonic() + PATIENCE
    while _is_alive(run) and time.monotonic() < end:  # it still stops its database server itself
        time.sleep(0.05)
    for number in (signal.SIGTERM, signal.SIGQUIT, signal.SIGKILL):
        left = leftovers(folder)
        for process in left:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, number)
        until = time.monotonic() + 2
        while left and time.monotonic() < until and leftovers(folder):
            time.sleep(0.05)
    shutil.rmtree(folder, ignore_errors=True)


def leftovers(folder: Path) -> list[int]:
    """Processes that carry the run's folder in their environment or their command line; the guard's own is
    not among them.
    """
    found = []
    for place in Path("/proc").iterdir():
        if place.name.isdigit() and int(place.name) != os.getpid():
            with contextlib.suppress(OSError):
                told = (place / "environ").read_bytes() + (place / "cmdline").read_bytes()
                if (
                    os.fsencode(folder) in told and (place / "cmdline").read_bytes()
                ):  # a zombie has no command line
                    found.append(int(place.name))
    return found


def _is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


if __name__ == "__main__":
    guard(Path(sys.argv[1]), int(sys.argv[2]))
