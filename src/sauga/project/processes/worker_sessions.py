"""A worker that outlives its database: when the server goes away, it waits for it and begins again.

Procrastinate ends its worker, and without an error, when it loses the connection that it listens on.
"""

import asyncio
import contextlib
import logging
import signal
import time
from collections.abc import Awaitable, Callable, Iterator

import psycopg
from asgiref.sync import sync_to_async
from django.db import connections
from procrastinate.exceptions import ConnectorException

from sauga.project.postgresql import reachability

log = logging.getLogger(__name__)
PATIENCE = 600.0
"""Seconds for which a worker that cannot work tries again; then its service manager is to start it anew."""
STEADY = 60.0
"""A session that lasted for so many seconds ended for a new reason: the patience begins again."""
STOPPING = 15.0
"""Seconds that a session which was told to stop is given: its jobs have ten of them."""
PAUSE = 0.5
ENDED = "ended"
LOST = (ConnectorException, psycopg.Error, OSError)


class GivenUp(Exception):
    """The worker could not work for longer than its patience."""


@contextlib.contextmanager
def told_to_stop() -> Iterator[asyncio.Event]:
    """An event that is set by SIGTERM and by Ctrl-C."""
    told, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told.set)
    try:
        yield told
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)


async def repeat(session: Callable[[], Awaitable[None]], told: asyncio.Event) -> None:
    """Run one session after the other until told to stop.

    A session that ends by itself, with an error of the database or without any, is followed by another when
    the database answers. Raises GivenUp, and whatever else a session raises.
    """
    failing = 0.0
    while not told.is_set():
        began = time.monotonic()
        reason = await _ended(session, told)
        if told.is_set():
            return
        if not failing or time.monotonic() - began > STEADY:
            failing = time.monotonic()
        log.warning("worker: interrupted, begins again", extra={"error_type": reason})
        await _answers(told, failing + PATIENCE)
        await sync_to_async(connections.close_all)()  # periodic jobs are deferred through Django's, now dead
        log.warning("worker: the database answers")


async def once(session: Callable[[], Awaitable[None]], told: asyncio.Event) -> None:
    """Run one session, to the end of its jobs. Raises GivenUp when the database went away first, and whatever
    else the session raises."""
    reason = await _ended(session, told)
    if not told.is_set() and (reason != ENDED or not await asyncio.to_thread(reachability.answers)):
        raise GivenUp


async def _ended(session: Callable[[], Awaitable[None]], told: asyncio.Event) -> str:
    """Run one session to its end, and end it when told to. Why it ended, in a word."""
    working = asyncio.ensure_future(session())
    asked = asyncio.ensure_future(told.wait())
    await asyncio.wait({working, asked}, return_when=asyncio.FIRST_COMPLETED)
    asked.cancel()
    if not working.done():
        working.cancel()  # jobs under way are finished first
        await asyncio.wait({working}, timeout=STOPPING)
        working.cancel()
    try:
        await working
    except LOST as error:
        return type(error).__name__
    except asyncio.CancelledError:
        return "stopped"
    return ENDED


async def _answers(told: asyncio.Event, until: float) -> None:
    """Wait until the database answers or a stop is requested. Raises GivenUp."""
    while not told.is_set():
        if time.monotonic() > until:
            raise GivenUp
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(told.wait(), PAUSE)
        if await asyncio.to_thread(reachability.answers):
            return
