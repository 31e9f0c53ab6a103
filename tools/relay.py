"""Finds coturn for the tests of calls from the browser; brings Debian's package where this machine lets us. Prints its path, or nothing."""

import os
import shutil
import subprocess
import sys


def find() -> str:
    """The relay to test with; empty when there is none."""
    return shutil.which("turnserver") or ""


def bring() -> str:
    """Install Debian's package as root; return the path, or empty when it could not be had."""
    if not (hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get")):
        return ""
    print("coturn is missing: installing Debian's package …", file=sys.stderr, flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "-qq", "update"], ["apt-get", "-qq", "install", "-y", "--no-install-recommends", "coturn"]):
        try:
            done = subprocess.run(command, env=quiet, stdin=subprocess.DEVNULL, capture_output=True, timeout=600, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            print(f"  {command[0]}: {error}", file=sys.stderr, flush=True)
            return ""
        if done.returncode:
            print(f"  {' '.join(command[:3])} failed: {done.stderr.decode(errors='replace').strip()[-300:]}", file=sys.stderr, flush=True)
            return ""
    return find()


if __name__ == "__main__":
    print(find() or bring())
