"""Finds coturn for the tests of calls from the browser; downloads Debian's package where this machine allows
it.

Prints its path, or nothing.
"""

import shutil

import debian


def find() -> str:
    """The relay to test with; empty when there is none."""
    return shutil.which("turnserver") or ""


def bring() -> str:
    """Install Debian's package as root; return the path, or empty when it could not be had."""
    return find() if debian.install("coturn") else ""


if __name__ == "__main__":
    print(find() or bring())
