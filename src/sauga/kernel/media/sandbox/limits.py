"""What a job may use: memory, processor time, the size of what it writes, and no network."""

import ctypes
import os
import resource
from contextlib import suppress
from typing import Any

OPEN_FILES = 32
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000


def apply(job: dict[str, Any]) -> None:
    """Set the limits of this process for good. Raises OSError when one cannot be set."""
    # At the first limit of time a signal ends the process and tells why, at the second one it is killed.
    resource.setrlimit(resource.RLIMIT_CPU, (job["cpu"], job["cpu"] + 1))
    for kind, most in (
        (resource.RLIMIT_AS, job["memory"]),
        (resource.RLIMIT_FSIZE, job["written"]),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))
    with suppress(OSError):
        os.nice(5)
    without_network()


def without_network() -> bool:
    """Leave the network for an empty one of its own, where the system allows that (Linux); else False."""
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        as_root = os.geteuid() == 0
        return bool(libc.unshare(CLONE_NEWNET if as_root else CLONE_NEWUSER | CLONE_NEWNET) == 0)
    except (OSError, AttributeError):
        return False
