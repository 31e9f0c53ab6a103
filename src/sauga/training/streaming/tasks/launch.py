"""Starts ffmpeg with limits and ends it with the process that asked for it. Run as a script, without the
product: `python -I -S launch.py PARENT COMMAND…`.

A function that runs between fork and exec would do the same, but not safely in a process with threads.
"""

import ctypes
import os
import resource
import signal
import sys

SET_PDEATHSIG = 1
LARGEST_FILE, MOST_MEMORY, MOST_FILES = 64 * 1024**2, 4 * 1024**3, 256
NICENESS = 10
"""Pages, and whoever waits for them, come before a broadcast that is encoded on the same machine."""


def main() -> None:
    """Become the command. Exit code 3: the parent is gone already."""
    parent, command = int(sys.argv[1]), sys.argv[2:]
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        raise SystemExit(3)
    for limit, most in (
        (resource.RLIMIT_FSIZE, LARGEST_FILE),
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_NOFILE, MOST_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))
    os.nice(NICENESS)
    _leave_a_core()
    signal.signal(
        signal.SIGXFSZ, signal.SIG_IGN
    )  # a file that grows too large is an error to ffmpeg, not its end
    os.execv(command[0], command)  # noqa: S606  the program that the operator installed, no shell


def _leave_a_core() -> None:
    """Keep one core free of encoders, where there are two or more."""
    if sys.platform == "linux":
        cores = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, cores[1:] or cores)


if __name__ == "__main__":
    main()
