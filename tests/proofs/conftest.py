"""One running installation with staff for the proofs that only look at it."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from rig.installation import Installation, new_installation


@dataclass
class Running:
    """An installation whose web pages answer on `port`."""

    installation: Installation
    port: int


@pytest.fixture(scope="session", autouse=True)
def _tables(django_db_setup: None) -> None:
    """The migrations run once: with this, the tests' own database is made first, and the first installation
    takes its tables from there.
    """


@pytest.fixture(scope="session")
def running() -> Iterator[Running]:
    with new_installation() as installation:
        yield Running(installation, installation.serve(1))
