"""The synthetic hosts' web server: one small HTTP/1.1 protocol, so that it can also
misbehave in every way.
"""

import asyncio
import contextlib
import json
import math
from collections import deque
from collections.abc import Callable
from dataclasses import asdict, dataclass
from http import HTTPStatus

from sauga.world.hosts import library, pages
from sauga.world.hosts.answers import MARK, Answer, Ask
from sauga.world.hosts.sites import REGISTRY, Sites

MAX_HEAD = 64 * 1024
REASONS = {status.value: status.phrase for status in HTTPStatus}
FILLER = pages.html(pages.ITEM.format(code="1")).removesuffix(b"</body></html>")


@dataclass(frozen=True, slots=True)
class Seen:
    """One request in the world's diary.

    `cookie` and `secret`: whether it brought what it must never bring.
    """

    host: str
    path: str
    method: str
    scheme: str
    vantage: str
    referrer: str
    agent: str
    cookie: bool
    secret: bool
    ranged: bool


@dataclass(slots=True)
class Desk:
    """What all connections share."""

    sites: Sites
    registry: Callable[[str], Answer]
    diary: deque[Seen]
    counts: dict[str, int]
    library: library.Library


class Talk(asyncio.Protocol):
    """One connection."""

    def __init__(self, desk: Desk, scheme: str, vantage: str) -> None:
        self._desk, self._scheme, self._vantage = desk, scheme, vantage
        self._held = b""
        self._task: asyncio.Task[None] | None = None
        self._can_write = asyncio.Event()
        self._can_write.set()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The line is open."""
        assert isinstance(transport, asyncio.Transport)
        self._line = transport

    def connection_lost(self, exc: Exception | None) -> None:
        """The line is gone; stop talking."""
        self._can_write.set()
        if self._task:
            self._task.cancel()

    def pause_writing(self) -> None:
        """The other side reads slowly."""
        self._can_write.clear()

    def resume_writing(self) -> None:
        """It has caught up."""
        self._can_write.set()

    def data_received(self, data: bytes) -> None:
        """Collect a head, then answer it.

        Bodies of requests are not expected and dropped with the connection.
        """
        self._held += data
        end = self._held.find(b"\r\n\r\n")
        if end < 0:
            if len(self._held) > MAX_HEAD:
                self._line.abort()
            return
        head, self._held = self._held[:end], b""
        ask, keep = self._read(head.decode("latin-1"))
        answer = self._answer(ask)
        if answer.wait or answer.stream:
            self._task = asyncio.get_running_loop().create_task(self._late(ask, answer))
        else:
            self._send(ask, answer, keep)

    def _read(self, head: str) -> tuple[Ask, bool]:
        lines = head.split("\r\n")
        method, _, rest = lines[0].partition(" ")
        path = rest.rpartition(" ")[0]
        given = {
            name.strip().lower(): value.strip()
            for name, _, value in (line.partition(":") for line in lines[1:])
        }
        host = (
            given.get("host", "").lower().rpartition(":")[0]
            if given.get("host", "").rpartition(":")[2].isdigit()
            else given.get("host", "").lower()
        )
        ask = Ask(
            host=host,
            path=path or "/",
            method=method,
            scheme=self._scheme,
            vantage=self._vantage,
            referrer=given.get("referer", ""),
            agent=given.get("user-agent", ""),
            ranged="range" in given,
        )
        self._desk.counts[host] = self._desk.counts.get(host, 0) + 1
        self._desk.diary.append(
            Seen(
                host,
                ask.path,
                method,
                ask.scheme,
                ask.vantage,
                ask.referrer,
                ask.agent,
                "cookie" in given,
                "authorization" in given,
                ask.ranged,
            )
        )
        return ask, given.get("connection", "").lower() != "close"

    def _answer(self, ask: Ask) -> Answer:
        if ask.host == REGISTRY:
            return self._desk.registry(ask.path)
        if ask.host == library.HOST:
            return self._desk.library.answer(ask)
        return self._desk.sites.answer(ask) or Answer(421, b"no such host here", "text/plain")

    def _send(self, ask: Ask, answer: Answer, keep: bool) -> None:
        if answer.reset:
            self._line.abort()
        elif answer.raw:
            self._line.write(answer.raw)
            self._line.close()
        else:
            status, body, extra = _cut(ask, answer)
            head = _head(
                status,
                {
                    "Content-Type": answer.content_type,
                    "Content-Length": str(len(body)),
                    **answer.headers,
                    **extra,
                },
            )
            self._line.write(head if ask.method == "HEAD" else head + body)
            if not keep:
                self._line.close()

    async def _late(self, ask: Ask, answer: Answer) -> None:
        """Answers that take time, or never end."""
        if math.isinf(answer.wait):
            await asyncio.get_running_loop().create_future()
        await asyncio.sleep(answer.wait)
        if not answer.stream:
            self._send(ask, answer, keep=False)
            return
        self._line.write(
            _head(answer.status, {"Content-Type": answer.content_type, "Transfer-Encoding": "chunked"})
        )
        if ask.method != "HEAD":
            await self._stream(answer.stream)
        self._line.close()

    async def _stream(self, kind: str) -> None:
        if kind == "garbage":
            self._line.write(_chunk(FILLER))
            await asyncio.sleep(0.3)
            self._line.write(b"zz-not-a-number\r\n" + FILLER)
            return
        if kind == "silent":
            await asyncio.get_running_loop().create_future()
        self._line.write(_chunk(FILLER))
        while not self._line.is_closing():
            await self._can_write.wait()
            self._line.write(_chunk(b"<p>and so on</p>" * 512 if kind == "endless" else b"a"))
            await asyncio.sleep(0 if kind == "endless" else 0.5)


def _cut(ask: Ask, answer: Answer) -> tuple[int, bytes, dict[str, str]]:
    """Honour a range where the site does."""
    if not (ask.ranged and answer.ranges and answer.status == 200):
        return answer.status, answer.body, {}
    part = answer.body[: 256 * 1024]
    return 206, part, {"Content-Range": f"bytes 0-{len(part) - 1}/{len(answer.body)}"}


def _head(status: int, headers: dict[str, str]) -> bytes:
    lines = [f"HTTP/1.1 {status} {REASONS.get(status, 'Whatever')}", "Server: world"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")


def _chunk(data: bytes) -> bytes:
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


async def close(servers: list[asyncio.Server]) -> None:
    """Stop listening and cut every line."""
    for server in servers:
        server.close()
        if hasattr(server, "abort_clients"):
            server.abort_clients()
    for server in servers:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(2):
                await server.wait_closed()


def as_json(entries: deque[Seen]) -> str:
    """The diary for the control interface."""
    return json.dumps([asdict(entry) for entry in list(entries)])


__all__ = ["MARK", "Desk", "Seen", "Talk", "as_json", "close"]
