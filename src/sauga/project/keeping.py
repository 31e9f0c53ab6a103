"""Pages kept ready in the memory of a process: the public door's pages that views offer (`kernel.ui.kept`), given without a thread.

A page is kept for the quarter of an hour (or the minute, as its view says) in which it was begun, and no longer than nothing changes:
triggers on every table that such pages read (`watching`) tell all processes at commit. While this process does not hear the database,
nothing is kept and nothing is given. The key is all that a page may depend on: host, scheme and path (which holds the language). A request
with a query, a cookie, a body or an authorisation goes the long way, and so does its answer.

A kept page is given compressed to whoever takes it so: packed once, or for each reader where readers differ (a form's ticket).
"""

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from django.db import close_old_connections
from django.http import HttpResponse

from sauga.kernel import live
from sauga.kernel.ui.kept import Kept
from sauga.project.compression import accepts_gzip, packed
from sauga.project.doors import KEEP, start_of

log = logging.getLogger(__name__)

type Message = MutableMapping[str, Any]
type Key = tuple[bytes, bytes, str, str]
type Receive = Callable[[], Awaitable[Message]]
type Send = Callable[[Message], Awaitable[None]]
type App = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

CHANNEL = "pages.changed"
MOST_PAGES, MOST_BYTES = 4000, 64 * 1024 * 1024
LARGEST = 1024 * 1024
OWN = {b"cookie", b"authorization", b"content-length", b"transfer-encoding", b"range"}
"""A request that brings one of these is somebody's own."""


@dataclass(slots=True)
class _Page:
    kept: Kept
    headers: list[tuple[bytes, bytes]]
    tag: bytes
    until: float
    size: int
    packed: bytes = b""


class KeptPages:
    """ASGI application around the limits. Lives on one event loop; hears of changes as a follower of `kernel.live`."""

    positions = (CHANNEL,)

    def __init__(self, app: App, now: Callable[[], float] = time.time) -> None:
        self.app, self._now = app, now
        self._pages: OrderedDict[Key, _Page] = OrderedDict()
        self._bytes = self._changes = 0
        self._is_following = self._is_over = False
        self._making: dict[Key, asyncio.Event] = {}
        self._threads = ThreadPoolExecutor(1, thread_name_prefix="counting")

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        key, headers = self._asked(scope)
        if key is None:
            await self.app(scope, receive, send)
            return
        page = self._held(key)
        if page is None and (making := self._making.get(key)) is not None:
            await making.wait()  # many ask for the same page at once: one of them has it made
            page = self._held(key)
        if page is not None:
            await self._give(page, headers, scope["method"], send)
        else:
            await self._make(key, scope, receive, send)

    async def _make(self, key: Key, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        changes, began = self._changes, self._now()
        made = self._making.setdefault(key, asyncio.Event())

        def keep(response: Any) -> None:
            if changes == self._changes:
                self._keep(key, began, response)
            self._done(key, made)

        try:
            await self.app({**scope, KEEP: keep}, receive, send)
        finally:
            self._done(key, made)

    def _done(self, key: Key, made: asyncio.Event) -> None:
        """Whoever waited for this making need not wait any longer."""
        made.set()
        if self._making.get(key) is made:
            del self._making[key]

    def tell(self, channel: str, after: str) -> None:
        """Something that pages are made of has changed."""
        self._changes += 1
        self._pages.clear()
        self._bytes = 0

    def tell_all(self) -> None:
        """Listening has begun, perhaps after a gap."""
        self.tell(CHANNEL, "")

    def end(self) -> None:
        """The process goes down: hear no more."""
        self._is_over = True
        self.tell_all()
        live.unfollow(self)

    def _asked(self, scope: MutableMapping[str, Any]) -> tuple[Key | None, dict[bytes, bytes]]:
        """The key of a plain request for a page of the public door, and its headers; no key for any other."""
        if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"} or scope["query_string"]:
            return None, {}
        path = scope["path"]
        if not path.startswith(("/lt/", "/en/")) or self._is_over:
            return None, {}
        headers = dict(scope["headers"])
        if not OWN.isdisjoint(headers):
            return None, {}
        if not self._is_following:
            self._is_following = True
            live.follow(self)
        return (headers.get(b"host", b""), headers.get(b"x-forwarded-proto", b""), scope["scheme"], path), headers

    def _held(self, key: Key) -> _Page | None:
        page = self._pages.get(key)
        if page is None or self._now() >= page.until or not live.is_listening():
            return None
        if page.kept.good is not None and not page.kept.good():
            return None
        self._pages.move_to_end(key)
        return page

    async def _give(self, page: _Page, asked: dict[bytes, bytes], method: str, send: Send) -> None:
        rest = page.kept.seen(asked.get(b"user-agent", b"").decode("latin1")) if page.kept.seen is not None else None
        if rest is not None:
            asyncio.get_running_loop().run_in_executor(self._threads, _finish, rest)
        if page.tag and page.tag in asked.get(b"if-none-match", b""):
            headers = [pair for pair in page.headers if pair[0] != b"content-type"]
            await send({"type": "http.response.start", "status": 304, "headers": headers})
            await send({"type": "http.response.body", "body": b""})
            return
        headers, body = page.headers, page.kept.whole()
        if accepts_gzip(asked.get(b"accept-encoding", b"")):
            headers, body = [*_weak(headers), (b"content-encoding", b"gzip")], await self._packed(page, body)
        await send({"type": "http.response.start", "status": 200, "headers": [*headers, (b"content-length", b"%d" % len(body))]})
        await send({"type": "http.response.body", "body": b"" if method == "HEAD" else body})

    async def _packed(self, page: _Page, body: bytes) -> bytes:
        """The page compressed, in a thread; where all readers get the same, once."""
        if page.packed:
            return page.packed
        made = await asyncio.to_thread(packed, body)
        if not page.kept.makers:
            page.packed = made
        return made

    def _keep(self, key: Key, began: float, response: HttpResponse) -> None:
        """Put a page on the shelf, if a view offered it and this process hears of changes; the longest unread ones make room."""
        kept: Kept | None = getattr(response, "kept", None)
        if kept is None or response.cookies or not live.is_listening():
            return
        headers = [_strong(pair) for pair in start_of(response)["headers"] if pair[0] not in {b"content-length", b"content-encoding"}]
        # Twice the pieces: a compressed page stays beside them, and is never longer.
        size = 2 * sum(map(len, kept.pieces)) + sum(len(name) + len(value) for name, value in headers) + 512
        if size > LARGEST:
            return
        self._drop(key)
        until = (began // kept.seconds + 1) * kept.seconds
        self._pages[key] = _Page(kept, headers, dict(headers).get(b"etag", b""), until, size)
        self._bytes += size
        while len(self._pages) > MOST_PAGES or self._bytes > MOST_BYTES:
            self._drop(next(iter(self._pages)))

    def _drop(self, key: Key) -> None:
        page = self._pages.pop(key, None)
        if page is not None:
            self._bytes -= page.size


def _weak(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """The tag of a compressed page: the same page in other bytes (RFC 9110 §8.8.1)."""
    return [(name, b"W/" + value) if name == b"etag" else (name, value) for name, value in headers]


def _strong(header: tuple[bytes, bytes]) -> tuple[bytes, bytes]:
    """The tag of the page itself, which the reader that it was made for may have been given compressed."""
    return (header[0], header[1].removeprefix(b"W/")) if header[0] == b"etag" else header


def _finish(rest: Callable[[], Any]) -> None:
    try:
        close_old_connections()
        rest()
    except Exception as error:
        log.warning("counts wait", extra={"error_type": type(error).__name__})
