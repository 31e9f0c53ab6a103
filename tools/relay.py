"""Finds coturn for the tests of calls from the browser; brings Debian's package where this machine lets us. Prints its path, or nothing."""

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
