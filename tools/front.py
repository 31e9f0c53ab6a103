"""Finds caddy for the tests of the shipped front; downloads Debian's where this machine allows it. Prints its
path, or nothing.

The package is unpacked into `.venv-tools` and not installed: an installed one would begin to listen on ports
80 and 443.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

UNPACKED = Path(__file__).resolve().parents[1] / ".venv-tools" / "caddy"


def find() -> str:
    """The caddy to test with; empty when there is none."""
    inside = UNPACKED / "usr" / "bin" / "caddy"
    return shutil.which("caddy") or (str(inside) if inside.is_file() else "")


def bring() -> str:
    """Download and unpack Debian's package; return the path, or empty when it could not be had."""
    if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        return ""
    print("caddy is missing: unpacking Debian's package …", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory() as folder:
        fetch = ["apt-get", "-qq", "download", "caddy"]
        # The lists of packages may be missing or old; only root may renew them.
        if not _runs(fetch, folder) and not (
            _runs(["apt-get", "-qq", "update"], folder) and _runs(fetch, folder)
        ):
            return ""
        package = next(Path(folder).glob("caddy_*.deb"), None)
        if package is None or not _runs(["dpkg-deb", "--extract", str(package), str(UNPACKED)], folder):
            return ""
    return find()


def _runs(command: list[str], folder: str) -> bool:
    try:
        done = subprocess.run(
            command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, timeout=600, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        print(f"  {command[0]}: {error}", file=sys.stderr, flush=True)
        return False
    if done.returncode:
        print(
            f"  {' '.join(command)} failed: {done.stderr.decode(errors='replace').strip()[-300:]}",
            file=sys.stderr,
            flush=True,
        )
    return done.returncode == 0


if __name__ == "__main__":
    print(find() or bring())
