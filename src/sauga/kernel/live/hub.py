"""The hub of one process: one connection that LISTENs, any number of readers, each with its own small buffer.

A reader's buffer has at most one entry per channel. Signals that arrive faster than a page reads them are
merged, which loses nothing, because a signal only says “ask again”. After a gap in listening every reader is
told to ask again for all its channels.
"""

import asyncio
import json
import logging
import random
import signal as process_signals
import threading
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from types import FrameType
from typing import Any, Protocol
from weakref import WeakKeyDictionary

import psycopg
from django.db import connections

from sauga.kernel.live.channels import check_name
from sauga.kernel.live.signals import PG_CHANNEL

log = logging.getLogger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = 0.1, 10.0
PROBE_EVERY = 20.0  # a silent connection is asked whether it still lives


class Reader:
    """One open stream: the channels it follows and the signals it has not read yet."""

    __slots__ = ("ended", "news", "positions", "wake")

    def __init__(self, channels: Mapping[str, str]) -> None:
        self.positions = dict(channels)
        self.news: dict[str, str] = {}
        self.wake = asyncio.Event()
        self.ended = False

    def notify(self, channel: str, after: str) -> None:
        """Buffer one signal; the earliest waiting position is kept."""
        self.news.setdefault(channel, after)
        self.wake.set()

    def notify_all(self) -> None:
        """Ask again for everything, from where this reader last was."""
        for channel, position in self.positions.items():
            self.notify(channel, position)

    def take(self) -> dict[str, str]:
        """Take everything that is buffered."""
        taken, self.news = self.news, {}
        self.positions.update(taken)
        self.wake.clear()
        return taken

    def end(self) -> None:
        self.ended = True
        self.wake.set()


class Follower(Protocol):
    """Whatever receives signals: a `Reader`, or something of a service that makes its own streams of them
    (`follow`)."""

    @property
    def positions(self) -> Iterable[str]:
        """The channels followed; they stay the same while it follows."""

    def notify(self, channel: str, after: str) -> None:
        """One signal. Must be quick: it is called on the event loop between two signals."""

    def notify_all(self) -> None:
        """After a gap in listening: ask again for everything."""

    def end(self) -> None:
        """The process is shutting down."""


class Hub:
    """Fans committed signals out to the readers of this event loop."""

    def __init__(self) -> None:
        self.readers: dict[str, set[Follower]] = {}
        self.count = 0
        self.listening = asyncio.Event()
        self.ending = False
        self._task: asyncio.Task[None] | None = None

    @contextmanager
    def reader(self, channels: Mapping[str, str]) -> Iterator[Reader]:
        """Follow channels (name → position last held) while the block runs.

        The first reader starts listening, the last one ends it.
        """
        reader = Reader(channels)
        self.follow(reader)
        try:
            yield reader
        finally:
            self.unfollow(reader)

    def follow(self, follower: Follower) -> None:
        """Receive signals until `unfollow`.

        The first one starts listening; `notify_all` comes once the hub listens, if it does not yet.
        """
        for channel in follower.positions:
            self.readers.setdefault(channel, set()).add(follower)
        self.count += 1
        if self.ending:
            follower.end()
        elif self._task is None or self._task.done():
            self._task = asyncio.create_task(self._listen(), name="live-hub")

    def unfollow(self, follower: Follower) -> None:
        """Receive no more; the last one stops listening."""
        for channel in follower.positions:
            followers = self.readers[channel]
            followers.discard(follower)
            if not followers:
                del self.readers[channel]
        self.count -= 1
        # A connection that is just being made is left to be made, and closed at once: a cancelled one would
        # stay open.
        if not self.count and self._task is not None and self.listening.is_set():
            self._task.cancel()
            self._task = None
            self.listening.clear()

    def end(self) -> None:
        """End every stream; new ones end at once. For a process that is shutting down."""
        self.ending = True
        for reader in self._all():
            reader.end()

    def _all(self) -> set[Follower]:
        return set().union(*self.readers.values())

    async def _listen(self) -> None:
        pause = FIRST_PAUSE
        while self.count:
            try:
                async with _line() as connection:
                    connection.add_notify_handler(self._tell)
                    await connection.execute(f"LISTEN {PG_CHANNEL}")
                    if not self.count:
                        break
                    pause = FIRST_PAUSE
                    self.listening.set()
                    for reader in self._all():
                        reader.notify_all()
                    await self._spread(connection)
            except (psycopg.Error, OSError) as error:
                self.listening.clear()
                log.warning("live listening interrupted", extra={"error_type": type(error).__name__})
            await asyncio.sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311  spreads reconnects, guards nothing
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _spread(self, connection: psycopg.AsyncConnection[Any]) -> None:
        while True:
            await _hear(connection, PROBE_EVERY)
            await connection.execute("SELECT 1")

    def _tell(self, notice: psycopg.Notify) -> None:
        channel, after = read_payload(notice.payload)
        for reader in self.readers.get(channel, ()):
            reader.notify(channel, after)


@asynccontextmanager
async def _line() -> AsyncIterator[psycopg.AsyncConnection[Any]]:
    """A connection that is closed whatever happens: psycopg's own block may leave it open when it is
    cancelled twice."""
    connection = await connect()
    try:
        yield connection
    finally:
        await connection.close()


async def _hear(connection: psycopg.AsyncConnection[Any], seconds: float) -> None:
    """Let the connection's handlers receive notifications for so long. Raises OperationalError when the line
    is cut.

    psycopg's own `notifies()` arms and disarms the event loop's watch for every notification, which costs
    more than the notification.
    """
    loop, line = asyncio.get_running_loop(), connection.pgconn
    cut: asyncio.Future[None] = loop.create_future()
    watched = line.socket

    def read() -> None:
        try:
            line.consume_input()
            while (notice := line.notifies()) is not None:
                if line.notify_handler is not None:
                    line.notify_handler(notice)
        except psycopg.Error as error:
            loop.remove_reader(watched)  # closed by now: its number may be reused in a moment
            if not cut.done():
                cut.set_exception(error)

    loop.add_reader(watched, read)
    read()  # what came together with an answer lies there already
    try:
        await asyncio.wait_for(cut, seconds)
    except TimeoutError:
        return
    finally:
        if cut.cancelled():
            loop.remove_reader(watched)


async def connect() -> psycopg.AsyncConnection[Any]:
    """A connection of its own for the event loop, each statement its own transaction: for what streams read
    by themselves."""
    return await psycopg.AsyncConnection.connect(**_parameters(), autocommit=True)


def signal_now(channel: str) -> None:
    """`signal` at once, out of a transaction that goes on: on a connection of its own, so use it rarely. What
    cannot be sent is dropped.

    For what others can see before the transaction ends. Raises ChannelNameRefused.
    """
    payload = json.dumps([check_name(channel), ""])
    try:
        with psycopg.connect(**_parameters(), autocommit=True) as other:
            other.execute("SELECT pg_notify(%s, %s)", [PG_CHANNEL, payload])
    except psycopg.Error as error:
        log.warning("live signal not told", extra={"error_type": type(error).__name__})


def follow(follower: Follower) -> None:
    """Let an object on this event loop receive signals, until `unfollow`."""
    hub().follow(follower)


def unfollow(follower: Follower) -> None:
    """See `follow`."""
    hub().unfollow(follower)


def is_listening() -> bool:
    """Whether this event loop is listening to the database now, as far as it knows: a connection that is lost
    silently is noticed within 20 s."""
    return hub().listening.is_set()


def read_payload(payload: str) -> tuple[str, str]:
    """Channel and position; no channel ("") for what some other program sent."""
    try:
        channel, after = json.loads(payload)
    except (ValueError, TypeError, RecursionError):
        return "", ""
    return (channel, after) if isinstance(channel, str) and isinstance(after, str) else ("", "")


def _parameters() -> dict[str, Any]:
    """How Django reaches its database, as psycopg wants it."""
    settings = connections["default"].settings_dict
    given = {
        "dbname": settings["NAME"],
        "user": settings["USER"],
        "password": settings["PASSWORD"],
        "host": settings["HOST"],
        "port": settings["PORT"],
    }
    options = {
        name: value
        for name, value in settings["OPTIONS"].items()
        if isinstance(value, str | int) and name not in {"isolation_level", "pool", "server_side_binding"}
    }
    alive = {
        "keepalives_idle": 15,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "connect_timeout": 5,
        "application_name": "sauga-live",
    }
    return alive | {name: value for name, value in given.items() if value} | options


_hubs: WeakKeyDictionary[asyncio.AbstractEventLoop, Hub] = WeakKeyDictionary()
_watching: list[bool] = []


def hub() -> Hub:
    """The hub of the running event loop.

    The first call also makes SIGTERM and SIGINT end the streams before the server waits for them.
    """
    loop = asyncio.get_running_loop()
    if loop not in _hubs:
        _hubs[loop] = Hub()
        if threading.current_thread() is threading.main_thread() and not _watching:
            _watching.append(True)
            for number in (process_signals.SIGTERM, process_signals.SIGINT):
                _end_streams_before(number)
    return _hubs[loop]


def end_streams() -> None:
    """End every stream of this process, from any thread. `sauga serve` calls it when it is told to stop."""
    for loop, held in list(_hubs.items()):
        if not loop.is_closed():
            loop.call_soon_threadsafe(held.end)


def _end_streams_before(number: process_signals.Signals) -> None:
    """Keep the server's own handler and run before it: it waits for open streams, which never end by
    themselves."""
    before: Callable[[int, FrameType | None], Any] | int | None = process_signals.getsignal(number)

    def handle(got: int, frame: FrameType | None) -> None:
        end_streams()
        if callable(before):
            before(got, frame)
        elif (
            before == process_signals.SIG_DFL
        ):  # pragma: no cover  the process dies here; a test watches it from outside
            process_signals.signal(got, process_signals.SIG_DFL)
            process_signals.raise_signal(got)

    process_signals.signal(number, handle)
