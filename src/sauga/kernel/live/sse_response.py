"""Responses that stay open at the lowest cost: no generator, timer or task of their own while nothing is
sent.

A view returns `EventStreamResponse(page)`. The handler sends the response head, gives the page its
`EventWriter`, and waits for the client to disconnect. The page pushes bytes whenever it has some and ends the
response when it likes.
"""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Protocol

from django.http import HttpResponse

type Message = MutableMapping[str, Any]
type Send = Callable[[Message], Awaitable[None]]
type Receive = Callable[[], Awaitable[Message]]

MOST_WAITING = 512 * 1024


class Page(Protocol):
    """What fills an open response."""

    def opened(self, writer: "EventWriter") -> None:
        """The head has been sent; from now on the page may push."""

    def closed(self) -> None:
        """The client has disconnected, or the response has ended."""


class EventStreamResponse(HttpResponse):
    """A stream of server-sent events, filled by `page`. Needs our own handler
    (`project/requests/sites.py`); elsewhere it is an empty response."""

    def __init__(self, page: Page) -> None:
        super().__init__(content_type="text/event-stream")
        self.page = page
        self.headers["Cache-Control"] = "no-store"
        self.headers["X-Accel-Buffering"] = "no"


class EventWriter:
    """Writes the bytes of a page. Whatever is pushed while the connection is busy is buffered and sent in one
    piece."""

    __slots__ = ("_send", "_task", "_waiting", "_weight", "ended")

    def __init__(self, send: Send) -> None:
        self._send = send
        self._waiting: list[bytes] = []
        self._weight = 0
        self._task: asyncio.Task[None] | None = None
        self.ended = False

    def push(self, frames: bytes) -> None:
        """Send now, or as soon as the connection takes more. A client that reads too slowly is disconnected;
        it reconnects and gets the rest."""
        if self.ended:
            return
        self._waiting.append(frames)
        self._weight += len(frames)
        if self._weight > MOST_WAITING:
            self._waiting.clear()
            self.ended = True
        self._go()

    def end(self) -> None:
        """End the response once everything has been sent."""
        if not self.ended:
            self.ended = True
            self._go()

    def _go(self) -> None:
        if self._task is None or self._task.done():
            # Begun at once: as long as the line is free it is over before this returns, and nothing is
            # scheduled.
            task = asyncio.Task(self._drain(), loop=asyncio.get_running_loop(), eager_start=True)
            self._task = None if task.done() else task

    async def _drain(self) -> None:
        while self._waiting:
            frames = b"".join(self._waiting)
            self._waiting.clear()
            self._weight = 0
            await self._send({"type": "http.response.body", "body": frames, "more_body": True})
        if self.ended:
            await self._send({"type": "http.response.body", "body": b"", "more_body": False})


def response_start(response: HttpResponse) -> dict[str, Any]:
    """The first ASGI message of a response: status and headers."""
    headers = [(name.lower().encode("ascii"), value.encode("latin1")) for name, value in response.items()]
    headers += [
        (b"set-cookie", cookie.output(header="").strip().encode("ascii"))
        for cookie in response.cookies.values()
    ]
    return {"type": "http.response.start", "status": response.status_code, "headers": headers}


async def serve_stream(page: Page, start: Message, receive: Receive, send: Send) -> None:
    """Send the head, attach the page, and wait until the client disconnects or the page has ended the
    response."""
    await send(start)
    page.opened(EventWriter(send))
    try:
        while (await receive())["type"] != "http.disconnect":
            pass
    finally:
        page.closed()
