"""Seats and rooms: an open page of a conversation, and the conversation with all its open pages in this process."""

import asyncio
import random
from collections.abc import Callable
from typing import Any, Protocol

from sauga.helpline.chat.queries import streaming
from sauga.helpline.chat.queries.streaming import Standing
from sauga.helpline.chat.rules.events import TYPING
from sauga.kernel import live, sealed

RETRY_MS, FULL_MS, GOING_DOWN_MS = 100, 30_000, (500, 3000)


class Seat:
    """One open page: which side it is, what it holds, and what it has not been sent yet. Holds no task, no timer and no connection."""

    __slots__ = ("_enter", "_leave", "ended", "is_listener", "is_spoken_to", "outlet", "person_id", "position", "shelf", "shown", "until")

    def __init__(self, position: int, person_id: int | None = None, *, is_listener: bool = False) -> None:
        self.position, self.person_id, self.is_listener = position, person_id, is_listener
        self.shelf: list[bytes] = []
        self.shown = ""
        self.outlet: live.Outlet | None = None
        self.until = 0.0
        self.is_spoken_to = self.ended = False
        self._enter: Callable[[Seat], Callable[[], None] | None] | None = None
        self._leave: Callable[[], None] | None = None

    @property
    def is_desk(self) -> bool:
        """Whether it is a page of staff."""
        return self.person_id is not None

    def may_stay(self, standing: Standing) -> bool:
        """A counsellor who handed the conversation over reads no further."""
        return not self.is_desk or self.is_listener or standing.owner_id == self.person_id

    def goes_to(self, enter: "Callable[[Seat], Callable[[], None] | None]") -> "Seat":
        """Which room it enters when the visitor sits down; `enter` answers how to leave, or None when there is no place."""
        self._enter = enter
        return self

    def sit(self, outlet: live.Outlet) -> None:
        """See `live.Page`."""
        self.outlet = outlet
        assert self._enter is not None
        self._leave = self._enter(self)
        self._enter = None
        self.put(f"retry: {RETRY_MS if self._leave else FULL_MS}\n\n".encode())
        if self._leave is None:
            self.end()

    def rise(self) -> None:
        """See `live.Page`."""
        self.outlet = None
        if self._leave is not None:
            self._leave()
            self._leave = None

    def put(self, frame: bytes) -> None:
        """Lay something on the shelf; everything that comes in the same turn of the loop goes out together."""
        self.shelf.append(frame)
        if self.outlet is not None and len(self.shelf) == 1:
            asyncio.get_running_loop().call_soon(self.hand_out)

    def hand_out(self) -> None:
        """Send what is on the shelf."""
        if self.outlet is not None:
            if frames := self.take():
                self.is_spoken_to = True
                self.outlet.push(frames)
            if self.ended:
                self.outlet.end()

    def take(self) -> bytes:
        """Everything on the shelf."""
        taken = b"".join(self.shelf)
        self.shelf.clear()
        return taken

    def end(self) -> None:
        """Close the page's stream once the shelf is empty."""
        if not self.ended:
            self.ended = True
            if self.outlet is not None:
                asyncio.get_running_loop().call_soon(self.hand_out)


class Reading(Protocol):
    """Who reads for a room."""

    def look_at(self, room: "Room") -> None:
        """Something is new there."""


class Room:
    """A conversation with at least one open page here. Hears its signals as a reader of the hub."""

    __slots__ = ("channel", "ended", "floor", "key", "pk", "positions", "ref", "seats", "standing")

    def __init__(self, floor: Reading, pk: int, ref: str, channel: str, key: sealed.DataKey) -> None:
        self.floor, self.pk, self.ref, self.channel, self.key = floor, pk, ref, channel, key
        self.positions = (channel, f"{channel}.desk")
        self.seats: list[Seat] = []
        self.standing: Standing | None = None
        self.ended = False

    def tell(self, channel: str, after: str) -> None:
        """A signal: somebody types (told at once and kept nowhere), a note beside (only for the desk), or there is something new."""
        if after.startswith(TYPING):
            author = after.removeprefix(TYPING)
            self.spread(frame("typing", {"author": author}), but="CHILD" if author == "CHILD" else "DESK")
        elif channel.endswith(".desk"):
            self.spread(frame("beside", {}), but="CHILD")
        else:
            self.floor.look_at(self)

    def tell_all(self) -> None:
        """Ask again for everything."""
        self.floor.look_at(self)

    def end(self) -> None:
        """The process goes down."""
        for seat in self.seats:
            pause = random.randint(*GOING_DOWN_MS)  # noqa: S311  spreads reconnects, guards nothing
            seat.put(f"retry: {pause}\n\n".encode())
            seat.end()

    def spread(self, frame: bytes, but: str = "") -> None:
        """The same bytes for all pages but those of one side."""
        for seat in self.seats:
            if but != ("DESK" if seat.is_desk else "CHILD"):
                seat.put(frame)

    def after(self) -> int:
        """The lowest number that a page here holds."""
        return min(seat.position for seat in self.seats)


def frame(event: str, data: dict[str, Any]) -> bytes:
    """One event of a stream."""
    return f"event: {event}\ndata: {streaming.compact(data)}\n\n".encode()
