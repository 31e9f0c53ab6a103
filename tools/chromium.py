"""Finds Chromium for the browser tests; installs it where this machine allows it.

Prints its path, or nothing.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import debian

SHELL = "chromium-headless-shell"
"""Chromium without windows, which the browser tests take where it is: a page costs it a third to a half."""
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
    if debian.install("chromium", SHELL):
        return find()
    _say("Chromium is missing: trying Playwright's download …")
    _run([sys.executable, "-m", "playwright", "install", "chromium"], dict(os.environ))
    return find()


def bring_shell() -> None:
    """Install the shell beside a Chromium of Debian's that came without it; the tests run with either."""
    if not shutil.which(SHELL) and shutil.which("dpkg-query") and _is_debians():
        debian.install(SHELL)


def _is_debians() -> bool:
    """Whether Chromium came as a package of Debian's, of which the shell is a part."""
    asked = ["dpkg-query", "--show", "--showformat=${Status}", "chromium"]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    return done.stdout.endswith(" installed")


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
