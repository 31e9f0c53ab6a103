"""The origin: an ASGI application that sends playlists and segments to viewers, from memory, without Django.

For a small number of viewers it is enough; in front of it a web server or any CDN keeps what is sent
(docs/operate/broadcasts.md): a segment's name means one thing for ever, a playlist is asked for again.
Nothing about a viewer is kept: segments that were asked for are counted, and the count alone is written
down.
"""

import asyncio
import os
import re
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

type Message = MutableMapping[str, Any]
type Receive = Callable[[], Awaitable[Message]]
type Send = Callable[[Message], Awaitable[None]]
type App = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]
type Headers = list[tuple[bytes, bytes]]

PREFIX = "/stream/"
PATH = re.compile(r"/stream/([a-z0-9-]{4,16})/([a-z0-9-]{1,60}\.(m3u8|m4s|mp4|json))")
TYPES = {
    "m3u8": b"application/vnd.apple.mpegurl",
    "m4s": b"video/iso.segment",
    "mp4": b"video/mp4",
    "json": b"application/json",
}
KEPT, ASKED_AGAIN = b"public, max-age=31536000, immutable", b"no-cache"
MOST_BYTES = 96 * 1024 * 1024
FRESH = 0.2
"""Seconds for which a playlist is sent from memory before the disk is asked whether there is a newer one."""
COUNTING = 10.0
A_VIEWER = 5.0
"""Segments that one viewer asks for within COUNTING seconds. Playlists are no measure: some browsers ask for
them many times a second while nothing new comes."""


@dataclass(slots=True)
class _Kept:
    """One file as an answer."""

    headers: Headers
    body: bytes
    stamp: int
    looked: float


@dataclass(slots=True)
class _Count:
    """How many segments of one broadcast were asked for since `began`."""

    began: float
    n: int = 0


@dataclass
class Origin:
    """ASGI application around the others. `folder` is where broadcasts lie."""

    app: App
    folder: Path
    _kept: OrderedDict[str, _Kept] = field(default_factory=OrderedDict)
    _bytes: int = 0
    _counts: dict[str, _Count] = field(default_factory=dict)

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(PREFIX):
            await self.app(scope, receive, send)
            return
        found = PATH.fullmatch(scope["path"])
        if found is None:
            await _answer(send, 404, [], b"")
        elif scope["method"] not in {"GET", "HEAD"}:
            await _answer(send, 405, [(b"allow", b"GET, HEAD")], b"")
        else:
            await self._send(found, send, is_head=scope["method"] == "HEAD")

    async def _send(self, found: re.Match[str], send: Send, *, is_head: bool) -> None:
        ref, name, ending = found.groups()
        now = time.monotonic()
        kept = self._kept.get(found.string)
        if kept is None or (ending in {"m3u8", "json"} and now - kept.looked > FRESH):
            kept = await self._look(found.string, self.folder / ref / name, ending, kept, now)
        if kept is None:
            await _answer(send, 404, [(b"cache-control", ASKED_AGAIN)], b"")
            return
        if ending == "m4s":
            self._count(ref, now)
        await send({"type": "http.response.start", "status": 200, "headers": kept.headers})
        await send({"type": "http.response.body", "body": b"" if is_head else kept.body})

    async def _look(self, key: str, path: Path, ending: str, kept: _Kept | None, now: float) -> _Kept | None:
        """The file as it is now; playlists are small and read here, segments in a thread."""
        is_playlist = ending in {"m3u8", "json"}
        try:
            stamp = os.stat(path).st_mtime_ns
            if kept is not None and kept.stamp == stamp:
                kept.looked = now
                return kept
            body = path.read_bytes() if is_playlist else await asyncio.to_thread(path.read_bytes)
        except OSError:
            self._drop(key)
            return None
        headers: Headers = [
            (b"content-type", TYPES[ending]),
            (b"content-length", b"%d" % len(body)),
            (b"cache-control", ASKED_AGAIN if is_playlist else KEPT),
            *COMMON,
        ]
        self._drop(key)
        fresh = self._kept[key] = _Kept(headers, body, stamp, now)
        self._bytes += len(body)
        while self._bytes > MOST_BYTES:
            self._drop(next(iter(self._kept)))
        return fresh

    def _drop(self, key: str) -> None:
        before = self._kept.pop(key, None)
        if before is not None:
            self._bytes -= len(before.body)

    def _count(self, ref: str, now: float) -> None:
        count = self._counts.get(ref)
        if count is None:
            if len(self._counts) > 64:
                self._counts.clear()
            count = self._counts[ref] = _Count(now)
        count.n += 1
        if now - count.began >= COUNTING:
            viewers = round(count.n * COUNTING / (now - count.began) / A_VIEWER)
            count.began, count.n = now, 0
            path = self.folder / ref / "viewers" / f"{os.getpid()}.txt"
            asyncio.get_running_loop().run_in_executor(None, _write, path, viewers)


COMMON: Headers = [
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"default-src 'none'; sandbox"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
]


def _write(path: Path, viewers: int) -> None:
    """A count that cannot be written is not worth an error."""
    with suppress(OSError):
        path.write_text(str(viewers))


async def _answer(send: Send, status: int, headers: Headers, body: bytes) -> None:
    whole = [(b"content-length", b"%d" % len(body)), *headers, *COMMON]
    await send({"type": "http.response.start", "status": status, "headers": whole})
    await send({"type": "http.response.body", "body": body})
