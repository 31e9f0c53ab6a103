"""`make test`: brings Chromium, coturn and npm tools, compiles the texts, runs every test on all cores, says loudly what was left out."""

import os
import subprocess
import sys
from pathlib import Path

import chromium
import nodetools
import relay

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    """Run pytest with the given arguments added; return its exit code (non-zero in CI when a test was left out for want of a tool)."""
    environ = dict(os.environ)
    browser = chromium.find() or chromium.bring()
    if browser:
        environ["CHROMIUM"] = browser
    if not relay.find():
        relay.bring()
    if not nodetools.ready():
        nodetools.bring()
    subprocess.run([sys.executable, "-m", "sauga.project.messages", "compile"], cwd=ROOT, env=environ, check=True)
    cores = os.cpu_count() or 1
    command = [sys.executable, "-m", "pytest", "-n", str(cores), "--dist", "loadgroup", *sys.argv[1:]]
    return subprocess.run(command, cwd=ROOT, env=environ, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())
