"""One embedded PostgreSQL for the whole run; every worker has its own databases in it (`databases.py`)."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from pytest_django import DjangoDbBlocker

    from sauga.world.internet import World

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The design's reference data, beside the repository; a test that needs it skips with its
    reason elsewhere.
    """
    if not SHARED.is_dir():
        pytest.skip("the shared reference data does not lie beside the repository")
    return SHARED


@pytest.fixture(scope="session")
def running_world(tmp_path_factory: pytest.TempPathFactory) -> Iterator["World"]:
    """The synthetic internet, started once. Most tests want `world`."""
    from sauga.world.in_process import running

    with running(tmp_path_factory.mktemp("internet")) as world:
        yield world


@pytest.fixture
def world(running_world: "World") -> Iterator["World"]:
    """The synthetic internet with nothing programmed in it; outgoing connections of this test go there
    and nowhere else.
    """
    from sauga.world.in_process import attached

    with attached(running_world) as world:
        yield world


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: "DjangoDbBlocker") -> Iterator[None]:
    """Instead of pytest-django's: the hook below chooses a clone of a template.

    At the end nobody holds a connection to one any more.

    No other process changes the lists of these databases: nobody need ask whether one did, in the middle of a
    count of questions.
    """
    from sauga.kernel.vocab import memory

    memory.CHECK_EVERY = 600.0
    yield
    from django.db import connection, connections

    others = (
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database() "
        "AND pid <> pg_backend_pid()"
    )
    with django_db_blocker.unblock():
        with connection.cursor() as cursor:
            cursor.execute(others)
        connections.close_all()
        connection.close_pool()


@pytest.fixture
def staffed_database() -> None:
    """Names the template with people; see `pytest_runtest_setup`."""


@pytest.fixture
def planted_database() -> None:
    """Names the template with people and the first pages of the site."""


@pytest.fixture
def published_database() -> None:
    """Names the template with people and the demo's site and resources."""


@pytest.fixture
def seeded_database() -> None:
    """Names the template with people, the demo's site and resources, and its cases."""


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Before any fixture: the database this test works on."""
    from tests.selection import uses_database

    wanted = set(getattr(item, "fixturenames", ()))
    if uses_database(item):
        from pytest_django.plugin import blocking_manager_key

        from tests import databases

        with item.config.stash[blocking_manager_key].unblock():
            named = {
                "staffed_database": databases.STAFFED,
                "planted_database": databases.PLANTED,
                "published_database": databases.PUBLISHED,
                "seeded_database": databases.SEEDED,
            }
            databases.use(
                next((kind for name, kind in reversed(named.items()) if name in wanted), databases.EMPTY)
            )


@pytest.fixture(scope="session", autouse=True)
def _restoring_instead_of_flushing() -> None:
    """After a test that commits, only what it changed is put back."""
    from django.test import TransactionTestCase

    from tests import databases

    def put_back(_case: TransactionTestCase) -> None:
        databases.restore()

    TransactionTestCase._fixture_teardown = put_back  # type: ignore[method-assign]


@pytest.hookimpl(trylast=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """A run of all tests wants every template: they are made while the tests are collected, which keeps one
    core busy only.
    """
    if not session.config.option.workers or os.environ.pop("TEST_TEMPLATES", "") != "all":
        return
    from pytest_django.plugin import blocking_manager_key

    from tests import databases, parallel

    def make() -> None:
        with session.config.stash[blocking_manager_key].unblock():
            databases.make_templates()

    parallel.beside(make)


# An example of Hypothesis may take its time on a busy machine; what is slow is measured by benchmarks.
settings.register_profile("without a deadline", settings.default, deadline=None)
settings.load_profile("without a deadline")

gc.disable()


def pytest_collection_finish() -> None:
    """Six thousand tests and what they import stay until the end: the garbage collector need not look at them
    again and again.
    """
    gc.enable()
    # without a collection first: that looks at all of it for a second and a half and finds next to nothing
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


pytest_plugins = ["flows.browser", "flows.leftout", "tests.ordering", "tests.parallel", "tests.selection"]
