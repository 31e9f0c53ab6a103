"""One furnished and running house for the proofs that only look at it."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from rig.house import House, furnished


@dataclass
class Running:
    """A house whose web pages answer on `port`."""

    house: House
    port: int


@pytest.fixture(scope="session", autouse=True)
def _tables(django_db_setup: None) -> None:
    """The migrations run once: with this, the tests' own database is made first, and the first house takes its tables from there."""


@pytest.fixture(scope="session")
def running() -> Iterator[Running]:
    with furnished() as house:
        yield Running(house, house.serve(1))
