"""The ASGI middleware: answers from memory, on the event loop, without a thread and without a database
connection.

A page is kept for the quarter of an hour (or the minute, as its view says) in which its rendering began, and
no longer than nothing changes (`invalidation`). While this process is not listening to the database, nothing
is cached and nothing is answered from memory. The key is all that a page may depend on: host, scheme, path
(which holds the language) and one of the few queries that services name (`PageSources.queries`). A request
with another query, a cookie, a body or an authorisation goes to the application, and so does its answer.

A cached page is compressed for clients that accept it: once, or for each visitor where visitors differ (a
form's ticket).
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
from sauga.kernel.i18n import languages
from sauga.kernel.page_cache.responses import STORE, CachedPage, is_kept
from sauga.kernel.ui.responses.cache_headers import accepts_gzip, compressed

log = logging.getLogger(__name__)

type Message = MutableMapping[str, Any]
type Key = tuple[bytes, bytes, str, str, str]
type Receive = Callable[[], Awaitable[Message]]
type Send = Callable[[Message], Awaitable[None]]
type App = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

CHANNEL = "pages.changed"
MOST_PAGES, MOST_BYTES = 4000, 64 * 1024 * 1024
LARGEST = 1024 * 1024
PERSONAL = {b"cookie", b"authorization", b"content-length", b"transfer-encoding", b"range"}
"""A request with one of these headers is personal."""


@dataclass(slots=True)
class _Entry:
    page: CachedPage
    headers: list[tuple[bytes, bytes]]
    tag: bytes
    until: float
    size: int
    gzipped: bytes = b""


class PageCache:
    """ASGI middleware around the request limits.

    Lives on one event loop; is notified of changes as a follower of `kernel.live`.
    """

    positions = (CHANNEL,)

    def __init__(self, app: App, now: Callable[[], float] = time.time) -> None:
        self.app, self._now = app, now
        self._entries: OrderedDict[Key, _Entry] = OrderedDict()
        self._bytes = self._changes = 0
        self._is_following = self._is_over = False
        self._rendering: dict[Key, asyncio.Event] = {}
        self._threads = ThreadPoolExecutor(1, thread_name_prefix="counting")

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        key, headers = self._key_of(scope)
        if key is None:
            await self.app(scope, receive, send)
            return
        entry = self._valid(key)
        if entry is None and (rendering := self._rendering.get(key)) is not None:
            await rendering.wait()  # many ask for the same page at once: one of them has it rendered
            entry = self._valid(key)
        if entry is not None:
            await self._answer(entry, headers, scope["method"], send)
        else:
            await self._render(key, scope, receive, send)

    async def _render(self, key: Key, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        changes, began = self._changes, self._now()
        rendering = self._rendering.setdefault(key, asyncio.Event())

        def store(response: Any) -> None:
            if changes == self._changes:
                self._store(key, began, response)
            self._finish(key, rendering)

        try:
            await self.app({**scope, STORE: store}, receive, send)
        finally:
            self._finish(key, rendering)

    def _finish(self, key: Key, rendering: asyncio.Event) -> None:
        """Requests that waited for this page need not wait any longer."""
        rendering.set()
        if self._rendering.get(key) is rendering:
            del self._rendering[key]

    def notify(self, channel: str, after: str) -> None:
        """Something that pages are made of has changed."""
        self._changes += 1
        self._entries.clear()
        self._bytes = 0

    def notify_all(self) -> None:
        """Listening has begun, perhaps after a gap."""
        self.notify(CHANNEL, "")

    def end(self) -> None:
        """The process is shutting down: stop following."""
        self._is_over = True
        self.notify_all()
        live.unfollow(self)

    def _key_of(self, scope: MutableMapping[str, Any]) -> tuple[Key | None, dict[bytes, bytes]]:
        """The key of a plain request for a page of the public site, and its headers; no key for any other."""
        if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}:
            return None, {}
        query = scope["query_string"].decode("latin1")
        if not is_kept(query):
            return None, {}
        path = scope["path"]
        if not path.startswith(languages.prefixes()) or self._is_over:
            return None, {}
        headers = dict(scope["headers"])
        if not PERSONAL.isdisjoint(headers):
            return None, {}
        if not self._is_following:
            self._is_following = True
            live.follow(self)
        return (
            headers.get(b"host", b""),
            headers.get(b"x-forwarded-proto", b""),
            scope["scheme"],
            path,
            query,
        ), headers

    def _valid(self, key: Key) -> _Entry | None:
        entry = self._entries.get(key)
        if entry is None or self._now() >= entry.until or not live.is_listening():
            return None
        if entry.page.valid_if is not None and not entry.page.valid_if():
            return None
        self._entries.move_to_end(key)
        return entry

    async def _answer(self, entry: _Entry, asked: dict[bytes, bytes], method: str, send: Send) -> None:
        page = entry.page
        rest = (
            page.on_hit(asked.get(b"user-agent", b"").decode("latin1")) if page.on_hit is not None else None
        )
        if rest is not None:
            asyncio.get_running_loop().run_in_executor(self._threads, _run, rest)
        if entry.tag and entry.tag in asked.get(b"if-none-match", b""):
            headers = [pair for pair in entry.headers if pair[0] != b"content-type"]
            await send({"type": "http.response.start", "status": 304, "headers": headers})
            await send({"type": "http.response.body", "body": b""})
            return
        headers, body = entry.headers, page.body()
        if accepts_gzip(asked.get(b"accept-encoding", b"")):
            headers, body = [*_weak(headers), (b"content-encoding", b"gzip")], await _gzipped(entry, body)
        await send(
            {
                "type": "http.response.start",
                "status": 200,
                "headers": [*headers, (b"content-length", b"%d" % len(body))],
            }
        )
        await send({"type": "http.response.body", "body": b"" if method == "HEAD" else body})

    def _store(self, key: Key, began: float, response: HttpResponse) -> None:
        """Keep a page, if a view offered it and this process is notified of changes; the least recently used
        ones are evicted."""
        page: CachedPage | None = getattr(response, "cached_page", None)
        if page is None or response.cookies or not live.is_listening():
            return
        headers = [
            _strong(pair)
            for pair in live.response_start(response)["headers"]
            if pair[0] not in {b"content-length", b"content-encoding"}
        ]
        # Twice the pieces: the compressed page stays beside them, and is never longer.
        size = 2 * sum(map(len, page.pieces)) + sum(len(name) + len(value) for name, value in headers) + 512
        if size > LARGEST:
            return
        self._drop(key)
        until = (began // page.seconds + 1) * page.seconds
        self._entries[key] = _Entry(page, headers, dict(headers).get(b"etag", b""), until, size)
        self._bytes += size
        while len(self._entries) > MOST_PAGES or self._bytes > MOST_BYTES:
            self._drop(next(iter(self._entries)))

    def _drop(self, key: Key) -> None:
        entry = self._entries.pop(key, None)
        if entry is not None:
            self._bytes -= entry.size


async def _gzipped(entry: _Entry, body: bytes) -> bytes:
    """The page compressed, in a thread; where all visitors get the same, once."""
    if entry.gzipped:
        return entry.gzipped
    zipped = await asyncio.to_thread(compressed, body)
    if not entry.page.fills:
        entry.gzipped = zipped
    return zipped


def _weak(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """The tag of a compressed page: the same page in other bytes (RFC 9110 §8.8.1)."""
    return [(name, b"W/" + value) if name == b"etag" else (name, value) for name, value in headers]


def _strong(header: tuple[bytes, bytes]) -> tuple[bytes, bytes]:
    """The tag of the page itself, which the reader that it was made for may have been given compressed."""
    return (header[0], header[1].removeprefix(b"W/")) if header[0] == b"etag" else header


def _run(rest: Callable[[], Any]) -> None:
    try:
        close_old_connections()
        rest()
    except Exception as error:
        log.warning("counts wait", extra={"error_type": type(error).__name__})
