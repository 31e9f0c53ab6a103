"""Finds clamd for the tests of the virus scanner; downloads Debian's package where this machine allows it.

Prints its path, or nothing. No signatures are downloaded: the tests bring one of their own.
"""

import shutil

import debian

PLACES = "/usr/sbin:/usr/local/sbin:/usr/bin"


def find() -> str:
    """The scanner to test with; empty when there is none."""
    return shutil.which("clamd") or shutil.which("clamd", path=PLACES) or ""


def bring() -> str:
    """Install Debian's package as root; return the path, or empty when it could not be had."""
    return find() if debian.install("clamav-daemon") else ""


if __name__ == "__main__":
    print(find() or bring())
