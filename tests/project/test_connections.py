"""A kept connection that has died is made anew before a request uses it; a living one costs the
server nothing.
"""

import time
from collections.abc import Iterator

import pytest
from django.db import connection, connections


@pytest.fixture(autouse=True)
def kept(django_db_setup: None) -> Iterator[None]:
    """A thread keeps its connection, as in production; the tests hand theirs on."""
    options = connection.settings_dict["OPTIONS"]
    connections.close_all()
    connection.close_pool()
    pool = options.pop("pool")
    yield
    connections.close_all()
    options["pool"] = pool


@pytest.mark.django_db(transaction=True)
def test_connection_that_the_server_closed_is_seen_without_an_error():
    connection.ensure_connection()
    assert connection.is_usable()
    pid = connection.connection.info.backend_pid
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
    finally:
        other.close()
    end = time.monotonic() + 5
    while connection.is_usable() and time.monotonic() < end:
        time.sleep(0.01)
    assert not connection.is_usable()
    connection.health_check_enabled, connection.health_check_done = True, False
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)
    assert connection.connection.info.backend_pid != pid
    connection.health_check_enabled = False


@pytest.mark.django_db(transaction=True)
def test_connection_is_not_usable_once_closed():
    connection.ensure_connection()
    connection.close()
    assert not connection.is_usable()


@pytest.mark.django_db(transaction=True)
def test_living_connection_is_not_asked():
    connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute("SELECT query_start FROM pg_stat_activity WHERE pid = pg_backend_pid()")
    pid = connection.connection.info.backend_pid
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            before = _last_query(cursor, pid)
            assert connection.is_usable()
            assert _last_query(cursor, pid) == before
            connection.errors_occurred = True
            assert connection.is_usable()
            assert _last_query(cursor, pid) != before
    finally:
        connection.errors_occurred = False
        other.close()


def _last_query(cursor, pid):
    cursor.execute("SELECT query_start FROM pg_stat_activity WHERE pid = %s", [pid])
    return cursor.fetchone()[0]
