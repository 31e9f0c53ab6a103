"""Connections to the database of the server that browser tests open pages of: kept, as in production."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from django.core.signals import request_started
from django.db import connection, connections
from django.db.backends.signals import connection_created

THREADS = 8
"""Each keeps a connection, in each worker of a test run: all of them together must stay far below what the
database server lets in. A browser asks for six things of one address at a time."""


def few_threads() -> ThreadPoolExecutor:
    """The threads in which requests are answered."""
    return ThreadPoolExecutor(THREADS, thread_name_prefix="request")


@contextmanager
def kept_connections() -> Iterator[None]:
    """Each thread that answers requests keeps its connection from one to the next, as in production
    (`database.keep_connections`): a new one costs PostgreSQL more than most questions. It takes another one
    where the tests have gone on to another database.
    """

    def is_answering() -> bool:
        return threading.current_thread().name.startswith("request")

    def keep(connection: Any, **_more: Any) -> None:
        if is_answering():
            connection.close_at, connection.health_check_enabled = None, True

    def go_on(**_more: Any) -> None:
        held = connection.connection if is_answering() else None
        if held is not None and held.info.dbname != connection.settings_dict["NAME"]:
            connection.close()

    connection_created.connect(keep)
    request_started.connect(go_on)
    try:
        yield
    finally:
        request_started.disconnect(go_on)
        connection_created.disconnect(keep)


def let_go(handler: Any) -> None:
    """Close the connections of all threads that have answered."""
    threads = len(handler._threads._threads)
    meeting = threading.Barrier(threads) if threads else None

    def close() -> None:
        connections.close_all()
        if meeting:
            meeting.wait(10)

    for _ in range(threads):
        handler._threads.submit(close)
    handler._threads.shutdown()
