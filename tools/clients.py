"""Finds the clients besides Chromium that the tests drive, Firefox ESR and w3m; installs Debian's packages.

Prints their paths.
"""

import os
import shutil

import debian

CLIENTS = {"firefox-esr": "TEST_FIREFOX", "w3m": "TEST_W3M"}
"""Debian's packages, which are also the names of the programs, and the variable that names another program.
"""


def missing() -> list[str]:
    """The packages whose program is not here."""
    return [name for name, variable in CLIENTS.items() if not shutil.which(os.environ.get(variable) or name)]


def bring() -> None:
    """Install what is missing."""
    if packages := missing():
        debian.install(*packages)


if __name__ == "__main__":
    bring()
    print(
        "\n".join(
            filter(
                None, (shutil.which(os.environ.get(variable) or name) for name, variable in CLIENTS.items())
            )
        )
    )
