"""Limits that every request must meet before Django sees it: readable, not too large, sent in time, in its
lane.

Bodies are read here, on the event loop, so that a slow or endless sender costs a little memory and never a
thread. Nothing is dropped for being one too many: requests wait their turn in their lane, and the lanes do
not get into each other's way (docs/develop/threat-model.md).
"""

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from sauga.kernel.rate_limits import PLACES, QUEUED, Lane, lane_of
from sauga.kernel.ui.responses import errors
from sauga.project.requests.readable import is_readable, readable
from sauga.project.requests.upload_limits import takes_files

type Message = MutableMapping[str, Any]
type Receive = Callable[[], Awaitable[Message]]
type Send = Callable[[Message], Awaitable[None]]
type App = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

REFUSAL = "sauga.refusal"
UNREADABLE, TOO_SLOW, TOO_LARGE = 400, 408, 413


@dataclass(frozen=True)
class Bounds:
    """Bytes and seconds.

    A body over `body` bytes is refused; up to `drain` bytes are read and thrown away first, so that a browser
    that sends before it listens still shows our page and not a broken connection. What is longer is answered
    at once and read on for `linger` seconds, because a proxy that meets a closed connection while it sends
    reports a failure (502) instead of our answer. Where an editor brings files a body that says how long it
    is may have up to `files` bytes, `senders` of them at a time.
    """

    body: int = 1024 * 1024
    files: int = 64 * 1024 * 1024
    drain: int = 16 * 1024 * 1024
    linger: float = 2.0
    pause: float = 10.0
    whole: float = 30.0
    whole_files: float = 300.0
    senders: int = 2
    lanes: Mapping[Lane, int] = field(default_factory=lambda: PLACES)


class TooLarge(Exception):
    """The body is larger than it may be; `is_coming`: the rest of it is still being sent."""

    def __init__(self, *, is_coming: bool = False) -> None:
        super().__init__()
        self.is_coming = is_coming


class TooSlow(Exception):
    """The body did not arrive in time."""


class Gone(Exception):
    """The visitor went away before the request was complete."""


class Limits:
    """ASGI application around the handler.

    A refused request goes on without its body, marked so that Django shows the page.
    """

    def __init__(self, app: App, bounds: Bounds | None = None) -> None:
        self.app = app
        self.bounds = bounds or Bounds()
        self.lanes = {name: asyncio.Semaphore(width) for name, width in self.bounds.lanes.items()}
        self.senders = asyncio.Semaphore(self.bounds.senders)

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if not is_readable(scope):
            await self._refuse(readable(scope), receive, send, UNREADABLE)
            return
        try:
            body = await self._body(scope, receive)
        except Gone:
            return
        except TooLarge as refused:
            await self._refuse(
                scope, receive, self._lingering(receive, send) if refused.is_coming else send, TOO_LARGE
            )
        except TooSlow:
            await self._refuse(scope, receive, send, TOO_SLOW)
        else:
            await self._serve(scope, _replay(body, receive), send)

    async def _body(self, scope: MutableMapping[str, Any], receive: Receive) -> bytes:
        headers = {name.lower(): value for name, value in scope["headers"]}
        if b"content-length" not in headers and b"transfer-encoding" not in headers:
            return b""
        announced = int(headers.get(b"content-length", b"0"))
        if announced <= self.bounds.body or not self._brings_files(scope, headers):
            return await self._read(receive, headers, announced, self.bounds.body, self.bounds.whole)
        # An editor's files: large ones wait for each other, so that their number times their size stays small
        # in memory.
        async with self.senders:
            return await self._read(receive, headers, announced, self.bounds.files, self.bounds.whole_files)

    def _brings_files(self, scope: MutableMapping[str, Any], headers: Mapping[bytes, bytes]) -> bool:
        """Whether this is a form with files at a desk that takes some, from a browser that has signed in."""
        kind = headers.get(b"content-type", b"")
        return takes_files(scope["path"]) and b"cookie" in headers and kind.startswith(b"multipart/form-data")

    async def _read(
        self, receive: Receive, headers: Mapping[bytes, bytes], announced: int, most: int, whole: float
    ) -> bytes:
        drain = max(self.bounds.drain, most)
        too_large = announced > most
        if too_large and (announced > drain or b"expect" in headers):
            raise TooLarge(is_coming=b"expect" not in headers)
        chunks: list[bytes] = []
        size = 0
        try:
            async with asyncio.timeout(whole):
                while True:
                    message = await asyncio.wait_for(receive(), self.bounds.pause)
                    if message["type"] == "http.disconnect":
                        raise Gone
                    size += len(message.get("body", b""))
                    if size > most:
                        too_large = True
                        chunks.clear()
                    elif not too_large:
                        chunks.append(message.get("body", b""))
                    if size > drain or not message.get("more_body"):
                        break
        except TimeoutError:
            raise TooLarge if too_large else TooSlow from None
        if too_large:
            raise TooLarge(is_coming=size > drain)
        return b"".join(chunks)

    async def _refuse(
        self, scope: MutableMapping[str, Any], receive: Receive, send: Send, status: int
    ) -> None:
        async def closing(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], (b"connection", b"close")]}
            await send(message)

        kept = [
            (name, value)
            for name, value in scope["headers"]
            if name.lower() not in {b"content-length", b"transfer-encoding", b"content-type"}
        ]
        await self._serve({**scope, "headers": kept, REFUSAL: status}, _replay(b"", receive), closing)

    def _lingering(self, receive: Receive, send: Send) -> Send:
        """Send the whole answer, then read and throw away what still comes, for a while, before the
        connection is closed."""

        async def lingering(message: Message) -> None:
            is_last = message["type"] == "http.response.body" and not message.get("more_body")
            await send({**message, "more_body": True} if is_last else message)
            if not is_last:
                return
            left = self.bounds.drain
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self.bounds.linger):
                    while (
                        left > 0
                        and (more := await receive())["type"] != "http.disconnect"
                        and more.get("more_body")
                    ):
                        left -= len(more.get("body", b""))
            await send({"type": "http.response.body", "body": b""})

        return lingering

    async def _serve(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Run the application in its lane; the place is given back when the answer begins, so that a long
        stream holds none."""
        came = time.monotonic()
        async with contextlib.AsyncExitStack() as place:
            await place.enter_async_context(
                self.lanes[lane_of(scope["method"], scope["path"], scope.get("query_string", b""))]
            )
            await self.app({**scope, QUEUED: time.monotonic() - came}, receive, _releasing(place, send))


def _releasing(place: contextlib.AsyncExitStack, send: Send) -> Send:
    async def releasing(message: Message) -> None:
        if message["type"] == "http.response.start":
            await place.aclose()
        await send(message)

    return releasing


def _replay(body: bytes, receive: Receive) -> Receive:
    """The body again, in one piece, then whatever else comes (the visitor going away)."""
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await _after(receive)
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


async def _after(receive: Receive) -> Message:
    """Wait for the visitor to go away; what he still sends after a refusal is thrown away."""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return message


class RefusalMiddleware:
    """Shows the page for a request that the limits refused, in the visitor's language and with the site's
    headers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        status = getattr(request, "scope", {}).get(REFUSAL)
        return refusal(request, status) if status else self.get_response(request)


def refusal(request: HttpRequest, status: int) -> HttpResponseBase:
    """The page of a refused request: 400 unreadable, 408 too slow, 413 too large."""
    if status == UNREADABLE:
        request.twins = {}  # type: ignore[attr-defined]  # read by kernel.ui.public_frame.language: what cannot be read has no twin
        return errors.bad_request(request)
    return errors.too_large(request) if status == TOO_LARGE else errors.too_slow(request)
