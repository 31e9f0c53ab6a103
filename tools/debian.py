"""Installs Debian packages that the tests need, where this machine allows it."""

import os
import shutil
import subprocess
import sys


def install(*packages: str) -> bool:
    """Whether apt-get installed them: only as root, and without what they merely recommend."""
    if not (hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get")):
        return False
    _say(f"Installing Debian's {', '.join(packages)} …")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "-qq", "update"],
        ["apt-get", "-qq", "install", "-y", "--no-install-recommends", *packages],
    ):
        try:
            done = subprocess.run(
                command, env=quiet, stdin=subprocess.DEVNULL, capture_output=True, timeout=900, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            _say(f"  {command[0]}: {error}")
            return False
        if done.returncode:
            _say(f"  {' '.join(command[:3])} failed: {done.stderr.decode(errors='replace').strip()[-300:]}")
            return False
    return True


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
