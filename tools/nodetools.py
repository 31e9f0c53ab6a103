"""Installs the small npm tools of the tests into tools/node/node_modules, exactly as the lock file there
says.

Nothing of them is shipped. `scorm-again` and `h5p-standalone` play packages as a learning platform does;
`vnu-jar`, which needs Java, is the HTML checker; Alfa judges accessibility (`alfa.mjs`); `lighthouse` comes
only when its benchmark asks for it.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import debian

HOME = Path(__file__).resolve().parent / "node"
MODULES = Path(os.environ.get("TEST_NODE_MODULES", HOME / "node_modules"))
STAMP = HOME / "node_modules" / ".sauga"
TESTS, ALL = "tests", "all"


def find(wanted: str = TESTS) -> Path | None:
    """The folder with the tools as locked today; None when they must be brought.

    A folder named by TEST_NODE_MODULES is believed.
    """
    if "TEST_NODE_MODULES" in os.environ:
        return MODULES
    held = STAMP.read_text(encoding="utf-8").split() if STAMP.is_file() else ["", ""]
    return MODULES if held[0] == _locked() and held[1] in {wanted, ALL} else None


def bring(wanted: str = TESTS) -> Path | None:
    """`npm ci` without any package's scripts; as root, missing npm and Java come from Debian first.

    None when it could not be.
    """
    if not shutil.which("java"):
        debian.install("default-jre-headless")
    if find(wanted):
        return MODULES
    if not shutil.which("npm"):
        debian.install("npm")
    if not shutil.which("npm"):
        _say("npm is missing: the tests that play packages or check HTML are left out.")
        return None
    _say("Bringing the npm tools of the tests …")
    omitted = [] if wanted == ALL else ["--omit=dev"]
    if not _run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", *omitted]):
        return None
    STAMP.write_text(f"{_locked()} {wanted}\n", encoding="utf-8")
    return MODULES


def ready(wanted: str = TESTS) -> bool:
    """Whether nothing is missing."""
    return find(wanted) is not None and shutil.which("java") is not None


def _locked() -> str:
    return hashlib.sha256((HOME / "package-lock.json").read_bytes()).hexdigest()


def _run(command: list[str]) -> bool:
    try:
        done = subprocess.run(
            command, cwd=HOME, stdin=subprocess.DEVNULL, capture_output=True, timeout=600, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        _say(f"  {command[0]}: {error}")
        return False
    if done.returncode:
        _say(f"  {' '.join(command[:3])} failed: {done.stderr.decode(errors='replace').strip()[-300:]}")
    return done.returncode == 0


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    kind = ALL if "--all" in sys.argv[1:] else TESTS
    if not ready(kind):
        bring(kind)
    print(find(kind) or "")
