"""Ends open streams of staff when the session that admitted them is no longer valid.

A stream is admitted by a `Admission`: session, open vault, person, rights. Each process asks the database for
the proofs of all its open streams together, every `settings.STREAM_CHECK_SECONDS`. So a stream ends within a
few seconds after sign-out, vault lock, expiry, a change of role or a closed account, whichever process was
told of it. Where the database does not answer for two intervals, every stream of staff ends. Every answer
that stays open passes here; no view has to ask.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from weakref import WeakKeyDictionary

from django.conf import settings
from django.db import close_old_connections, connections

from sauga.kernel import clock
from sauga.kernel.identity.desk_access.session_recheck import Admission, still_valid
from sauga.kernel.live.sse_response import Message, Receive, Send

log = logging.getLogger(__name__)
CLOSING = 5.0
"""Seconds that a client which reads nothing is given to accept the end; then the server cuts the connection.
"""

type Serve = Callable[[Receive, Send], Awaitable[None]]


class StaffStream:
    """One open stream. Once ended, its server sees a visitor who has left, and nothing more is sent."""

    def __init__(self, admission: Admission, receive: Receive, send: Send) -> None:
        self.admission = admission
        self._receive, self._send = receive, send
        self._ended = asyncio.Event()
        self._is_begun = self._is_complete = False

    def end(self) -> None:
        """Deliver nothing more."""
        self._ended.set()

    async def receive(self) -> Message:
        """The client's next message, or its leaving as soon as the stream has been ended."""
        coming, ending = asyncio.ensure_future(self._receive()), asyncio.ensure_future(self._ended.wait())
        try:
            await asyncio.wait({coming, ending}, return_when=asyncio.FIRST_COMPLETED)
            return {"type": "http.disconnect"} if self._ended.is_set() else coming.result()
        finally:
            coming.cancel()
            ending.cancel()
            await asyncio.gather(coming, ending, return_exceptions=True)

    async def send(self, message: Message) -> None:
        """Pass a message on, unless the stream has been ended."""
        if not self._ended.is_set():
            is_head = message["type"] == "http.response.start"
            self._is_begun, self._is_complete = True, not is_head and not message.get("more_body", False)
            await self._send(message)

    async def complete(self) -> None:
        """Tell the client that the answer is over, if it was not told yet."""
        if self._is_begun and not self._is_complete and self._ended.is_set():
            with suppress(TimeoutError):
                async with asyncio.timeout(CLOSING):
                    await self._send({"type": "http.response.body", "body": b"", "more_body": False})


class Checker:
    """Asks for all open streams of one event loop together, in a thread of its own.

    At rest there is neither task nor connection.
    """

    def __init__(self) -> None:
        self.streams: set[StaffStream] = set()
        self._task: asyncio.Task[None] | None = None
        self._threads = ThreadPoolExecutor(1, thread_name_prefix="staff-streams")

    @contextmanager
    def watching(self, stream: StaffStream) -> Iterator[None]:
        """Check the stream while the block runs."""
        self.streams.add(stream)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._check(), name="staff-streams")
        try:
            yield
        finally:
            self.streams.discard(stream)
            if not self.streams:
                self._task.cancel()
                self._task = None
                self._threads.submit(connections.close_all)

    async def _check(self) -> None:
        loop, every = asyncio.get_running_loop(), settings.STREAM_CHECK_SECONDS
        answered = loop.time()
        while True:
            await asyncio.sleep(every)
            asked = set(self.streams)
            try:
                async with asyncio.timeout(every):
                    held = await loop.run_in_executor(
                        self._threads, _holding, {one.admission for one in asked}
                    )
                answered = loop.time()
            except Exception as error:  # whatever it was: a stream that cannot be checked does not stay open
                log.warning("streams of staff not checked", extra={"error_type": type(error).__name__})
                held = set() if loop.time() - answered >= 2 * every else {one.admission for one in asked}
            for one in asked:
                if one.admission not in held:
                    one.end()


def _holding(admissions: Collection[Admission]) -> set[Admission]:
    close_old_connections()
    return still_valid(admissions, clock.now())


_checkers: WeakKeyDictionary[asyncio.AbstractEventLoop, Checker] = WeakKeyDictionary()


async def run(admission: Admission | None, serve: Serve, receive: Receive, send: Send) -> None:
    """Serve a stream until it ends by itself, the client leaves, or the admission no longer holds.

    None: of no person, so nothing to check.
    """
    if admission is None:
        await serve(receive, send)
        return
    stream = StaffStream(admission, receive, send)
    with _checkers.setdefault(asyncio.get_running_loop(), Checker()).watching(stream):
        await serve(stream.receive, stream.send)
    await stream.complete()
