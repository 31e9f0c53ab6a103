"""Subscribers of the stream hub: one open page, and a conversation with all its open
pages in this process.
"""

import asyncio
import random
from collections.abc import Callable
from typing import Any, Protocol

from sauga.helpline.chat.queries import stream_state
from sauga.helpline.chat.queries.stream_state import Standing
from sauga.helpline.chat.rules.events import TYPING
from sauga.kernel import live, sealed

RETRY_MS, FULL_RETRY_MS, SHUTDOWN_RETRY_MS = 100, 30_000, (500, 3000)


class Subscriber:
    """One open page: whose it is, what it has, and what it has not been sent yet.

    Holds no task, no timer and no connection.
    """

    __slots__ = (
        "_enter",
        "_leave",
        "buffer",
        "ended",
        "is_listener",
        "person_id",
        "position",
        "shown",
        "until",
        "was_sent_to",
        "writer",
    )

    def __init__(self, position: int, person_id: int | None = None, *, is_listener: bool = False) -> None:
        self.position, self.person_id, self.is_listener = position, person_id, is_listener
        self.buffer: list[bytes] = []
        self.shown = ""
        self.writer: live.EventWriter | None = None
        self.until = 0.0
        self.was_sent_to = self.ended = False
        self._enter: Callable[[Subscriber], Callable[[], None] | None] | None = None
        self._leave: Callable[[], None] | None = None

    @property
    def is_desk(self) -> bool:
        """Whether it is a page of staff."""
        return self.person_id is not None

    def may_stay(self, standing: Standing) -> bool:
        """A counsellor who handed the conversation over gets nothing more."""
        return not self.is_desk or self.is_listener or standing.owner_id == self.person_id

    def on_open(self, enter: "Callable[[Subscriber], Callable[[], None] | None]") -> "Subscriber":
        """What happens when the stream opens: `enter` subscribes and returns how to unsubscribe, or None when
        the hub is full.
        """
        self._enter = enter
        return self

    def opened(self, writer: live.EventWriter) -> None:
        """See `live.Page`."""
        self.writer = writer
        assert self._enter is not None
        self._leave = self._enter(self)
        self._enter = None
        self.put(f"retry: {RETRY_MS if self._leave else FULL_RETRY_MS}\n\n".encode())
        if self._leave is None:
            self.end()

    def closed(self) -> None:
        """See `live.Page`."""
        self.writer = None
        if self._leave is not None:
            self._leave()
            self._leave = None

    def put(self, frame: bytes) -> None:
        """Queue a frame; everything queued in the same turn of the event loop is sent together."""
        self.buffer.append(frame)
        if self.writer is not None and len(self.buffer) == 1:
            asyncio.get_running_loop().call_soon(self.flush)

    def flush(self) -> None:
        """Send what is in the buffer."""
        if self.writer is not None:
            if frames := self.take():
                self.was_sent_to = True
                self.writer.push(frames)
            if self.ended:
                self.writer.end()

    def take(self) -> bytes:
        """Empty the buffer and return it."""
        taken = b"".join(self.buffer)
        self.buffer.clear()
        return taken

    def end(self) -> None:
        """Close the stream once the buffer is empty."""
        if not self.ended:
            self.ended = True
            if self.writer is not None:
                asyncio.get_running_loop().call_soon(self.flush)


class Reader(Protocol):
    """Who reads from the database for open conversations."""

    def read_soon(self, conversation: "OpenConversation") -> None:
        """Read this conversation in the next batch."""


class OpenConversation:
    """A conversation with at least one open page in this process; follows its live signals."""

    __slots__ = ("channel", "ended", "hub", "key", "pk", "positions", "ref", "standing", "subscribers")

    def __init__(self, hub: Reader, pk: int, ref: str, channel: str, key: sealed.DataKey) -> None:
        self.hub, self.pk, self.ref, self.channel, self.key = hub, pk, ref, channel, key
        self.positions = (channel, f"{channel}.desk")
        self.subscribers: list[Subscriber] = []
        self.standing: Standing | None = None
        self.ended = False

    def notify(self, channel: str, after: str) -> None:
        """A signal: one side types (passed on at once, stored nowhere), a note (for the desk only), or
        something new to read.
        """
        if after.startswith(TYPING):
            author = after.removeprefix(TYPING)
            self.broadcast(frame("typing", {"author": author}), but="CHILD" if author == "CHILD" else "DESK")
        elif channel.endswith(".desk"):
            self.broadcast(frame("beside", {}), but="CHILD")
        else:
            self.hub.read_soon(self)

    def notify_all(self) -> None:
        """Signals may have been missed: read again."""
        self.hub.read_soon(self)

    def end(self) -> None:
        """The process shuts down; reconnects are spread over a few seconds."""
        for subscriber in self.subscribers:
            pause = random.randint(*SHUTDOWN_RETRY_MS)  # noqa: S311  spreads reconnects, guards nothing
            subscriber.put(f"retry: {pause}\n\n".encode())
            subscriber.end()

    def broadcast(self, frame: bytes, but: str = "") -> None:
        """The same bytes for all subscribers but those of one side."""
        for subscriber in self.subscribers:
            if but != ("DESK" if subscriber.is_desk else "CHILD"):
                subscriber.put(frame)

    def after(self) -> int:
        """The lowest message number that a page here has."""
        return min(subscriber.position for subscriber in self.subscribers)


def frame(event: str, data: dict[str, Any]) -> bytes:
    """One event of a stream."""
    return f"event: {event}\ndata: {stream_state.compact(data)}\n\n".encode()
