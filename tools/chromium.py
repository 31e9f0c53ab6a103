"""Finds Chromium for the browser tests; installs it where this machine allows it.

Prints its path, or nothing.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import debian

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def find() -> str:
    """The browser to test with: CHROMIUM, one on PATH, or Playwright's own; empty when there is none."""
    named = os.environ.get("CHROMIUM", "")
    if named and Path(named).is_file():
        return named
    for name in NAMES:
        path = shutil.which(name)
        if path:
            return path
    return _playwrights_own()


def bring() -> str:
    """Install Debian's package as root, else Playwright's download; return the path, or empty when neither
    could be had."""
    if debian.install("chromium", "chromium-headless-shell"):
        return find()
    _say("Chromium is missing: trying Playwright's download …")
    _run([sys.executable, "-m", "playwright", "install", "chromium"], dict(os.environ))
    return find()


def _playwrights_own() -> str:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return ""
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() else ""


def _run(command: list[str], environ: dict[str, str]) -> bool:
    try:
        done = subprocess.run(
            command, env=environ, stdin=subprocess.DEVNULL, capture_output=True, timeout=900, check=False
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
    print(find() or bring())
