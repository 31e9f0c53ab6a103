"""Answers that stay open at the least cost: no generator, no timer and no task of their own while nothing is said.

A view answers with `HeldResponse(page)`. The handler sends the head, gives the page its `Outlet`, and waits for the visitor to leave. The
page pushes bytes whenever it has some and ends the answer when it likes.
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
    """What a held answer belongs to."""

    def sit(self, outlet: "Outlet") -> None:
        """The head has been sent; from now on the page may push."""

    def rise(self) -> None:
        """The visitor has gone, or the answer has ended."""


class HeldResponse(HttpResponse):
    """A stream of server-sent events which `page` fills. Needs our own handler (`project/doors.py`); elsewhere it is an empty answer."""

    def __init__(self, page: Page) -> None:
        super().__init__(content_type="text/event-stream")
        self.page = page
        self.headers["Cache-Control"] = "no-store"
        self.headers["X-Accel-Buffering"] = "no"


class Outlet:
    """Where a page's bytes go. What is pushed while the visitor's line is full waits here, and goes out in one piece."""

    __slots__ = ("_send", "_task", "_waiting", "_weight", "ended")

    def __init__(self, send: Send) -> None:
        self._send = send
        self._waiting: list[bytes] = []
        self._weight = 0
        self._task: asyncio.Task[None] | None = None
        self.ended = False

    def push(self, frames: bytes) -> None:
        """Send it now, or as soon as the line takes more. Whoever reads too slowly is sent away, comes again and is told the rest."""
        if self.ended:
            return
        self._waiting.append(frames)
        self._weight += len(frames)
        if self._weight > MOST_WAITING:
            self._waiting.clear()
            self.ended = True
        self._go()

    def end(self) -> None:
        """End the answer once everything has been sent."""
        if not self.ended:
            self.ended = True
            self._go()

    def _go(self) -> None:
        if self._task is None or self._task.done():
            # Begun at once: as long as the line is free it is over before this returns, and nothing is scheduled.
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


def start_of(response: HttpResponse) -> dict[str, Any]:
    """The first ASGI message of a response: status and headers."""
    headers = [(name.lower().encode("ascii"), value.encode("latin1")) for name, value in response.items()]
    headers += [(b"set-cookie", cookie.output(header="").strip().encode("ascii")) for cookie in response.cookies.values()]
    return {"type": "http.response.start", "status": response.status_code, "headers": headers}


async def hold(page: Page, start: Message, receive: Receive, send: Send) -> None:
    """Send the head, let the page sit, and wait until the visitor leaves or the page has ended the answer."""
    await send(start)
    page.sit(Outlet(send))
    try:
        while (await receive())["type"] != "http.disconnect":
            pass
    finally:
        page.rise()
