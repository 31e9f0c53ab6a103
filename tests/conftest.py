"""One embedded PostgreSQL for the whole run; every worker has its own database in it."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pytest_django import DjangoDbBlocker

    from sauga.world.internet import World

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The design's reference data, beside the repository; a test that needs it skips with its reason elsewhere."""
    if not SHARED.is_dir():
        pytest.skip("the shared reference data does not lie beside the repository")
    return SHARED


@pytest.fixture(scope="session")
def running_world(tmp_path_factory: pytest.TempPathFactory) -> Iterator["World"]:
    """The synthetic internet, started once. Most tests want `world`."""
    from sauga.world.testing import running

    with running(tmp_path_factory.mktemp("internet")) as world:
        yield world


@pytest.fixture
def world(running_world: "World") -> Iterator["World"]:
    """The synthetic internet with nothing programmed in it; outgoing connections of this test go there and nowhere else."""
    from sauga.world.testing import attached

    with attached(running_world) as world:
        yield world


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: "DjangoDbBlocker") -> Iterator[None]:
    """Every worker's own database. Before it is dropped, whoever still holds a connection to it (a thread of a server) is sent away."""
    yield
    from django.db import connection

    others = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(others)


pytest_plugins = ["flows.browser", "flows.leftout"]
