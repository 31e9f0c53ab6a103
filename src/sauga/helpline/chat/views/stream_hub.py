"""Open pages of conversations (`seats.py`): one reading for all rooms of this process in which something is new.

A signal only says that a conversation has news. The floor gathers all rooms with news, reads their rows and new messages with two
statements, opens the words with the room's key, and puts the same bytes on the shelf of every page that lacks them. A page is a seat: it
holds neither a thread nor a connection. Keys live in memory only, as long as somebody sits in the room.
"""

import asyncio
import itertools
import logging
import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from weakref import WeakKeyDictionary

import psycopg
from django.db import DatabaseError, close_old_connections, connections

from sauga.helpline.chat.actions import presence
from sauga.helpline.chat.queries import streaming
from sauga.helpline.chat.queries.streaming import Standing
from sauga.helpline.chat.views.subscribers import Room, Seat, frame
from sauga.kernel import clock, live, sealed
from sauga.kernel.states import SystemActor

log = logging.getLogger(__name__)
KEEP_ALIVE, LONGEST_LIFE, SLICES = 15.0, 300.0, 60
BEAT = 8.0
PAUSE, LONGEST_PAUSE = 0.1, 5.0
APART = 0.008  # seconds between two readings under load
PLACES_EVERY, WAITS_EVERY = 2.0, 30.0
MOST_SEATS = 20_000
QUEUE = SystemActor("queue")


class Line:
    """Hears that the queue moved: then every waiting child's place may be another."""

    positions = ("helpline.queue",)

    def __init__(self, floor: "Floor") -> None:
        self.floor = floor

    def tell(self, channel: str, after: str) -> None:
        """See `Room.tell`."""
        self.floor.line_moved()

    def tell_all(self) -> None:
        """See `Room.tell_all`."""
        self.floor.line_moved()

    def end(self) -> None:
        """See `Room.end`; the rooms end their own pages."""


class Floor:
    """All rooms of one event loop, and who reads for them."""

    def __init__(self) -> None:
        self.rooms: dict[int, Room] = {}
        self.slices: list[set[Seat]] = [set() for _ in range(SLICES)]
        self.count, self.entered = 0, itertools.count()
        self.news: set[int] = set()
        self.wake = asyncio.Event()
        self.places = Places()
        self.line = Line(self)
        self.tasks: list[asyncio.Task[None]] = []
        self.threads = ThreadPoolExecutor(1, thread_name_prefix="floor")

    def look_at(self, room: Room) -> None:
        """Something is new there."""
        self.news.add(room.pk)
        self.wake.set()

    def line_moved(self) -> None:
        """The queue is another one."""
        self.places.moved = True
        self.wake.set()

    def enter(self, seat: Seat, *, pk: int, ref: str, channel: str, key: sealed.DataKey) -> Room:
        """Sit down. The first page of a conversation opens its room; the first of all begins to read."""
        if not self.rooms:
            live.follow(self.line)
        room = self.rooms.get(pk)
        if room is None:
            room = self.rooms[pk] = Room(self, pk, ref, channel, key)
        room.seats.append(seat)
        if len(room.seats) == 1:
            live.follow(room)
        self.slices[next(self.entered) % SLICES].add(seat)
        self.count += 1
        if not self.tasks or any(task.done() for task in self.tasks):
            self._stop()
            self.tasks = [asyncio.create_task(work(), name="floor") for work in (self._read, self._beat, self._pulse)]
        self.look_at(room)
        return room

    def leave(self, seat: Seat, room: Room) -> None:
        """Stand up. The last page of a conversation takes the key with it."""
        room.seats.remove(seat)
        for one in self.slices:
            one.discard(seat)
        self.count -= 1
        if not room.seats:
            live.unfollow(room)
            self.rooms.pop(room.pk, None)
        if not self.rooms:
            live.unfollow(self.line)
            self._stop()

    def _stop(self) -> None:
        for task in self.tasks:
            task.cancel()
        if self.tasks:
            self.threads.submit(connections.close_all)
        self.tasks = []

    async def _read(self) -> None:
        """Read for all rooms with news at once; while one reading is under way, the next one gathers."""
        pause, turns = PAUSE, live.Turns(APART)
        while True:
            try:
                async with await live.connect() as connection:
                    pause = PAUSE
                    self.news.update(self.rooms)
                    self.wake.set()
                    while True:
                        await self.wake.wait()
                        await turns.next()
                        self.wake.clear()
                        await self._serve(connection)
            except (psycopg.Error, OSError) as error:
                log.warning("reading for open pages interrupted", extra={"error_type": type(error).__name__})
                await asyncio.sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311  spreads reconnects, guards nothing
                pause = min(pause * 2, LONGEST_PAUSE)

    async def _serve(self, connection: psycopg.AsyncConnection[Any]) -> None:
        taken, self.news = self.news, set()
        rooms = [room for pk in taken if (room := self.rooms.get(pk)) is not None]
        if rooms:
            wanted = {room.pk: room.after() for room in rooms}
            news = await streaming.news(connection, wanted)
            for room in rooms:
                if room.seats:
                    standing, words = news.get(room.pk) or (None, [])
                    self._tell(room, standing, words, wanted[room.pk])
        if self.places.moved:
            await self._count(connection)

    def _tell(self, room: Room, standing: Standing | None, words: list[tuple[Any, ...]], after: int) -> None:
        """Every page of a room: the words it lacks, then the state, and the end when it is the end.

        A page that sat down while this was being read may lack words from before `after`; the next reading, which it asked for, is its own.
        """
        room.standing = standing
        if standing is None:
            room.end()
            return
        frames = [(row[0], _said(room, row)) for row in words]
        for seat in room.seats:
            if seat.position < after:
                continue
            if not seat.may_stay(standing):
                seat.put(frame("over", {"ended_by": "", "is_yours": False}))
                seat.end()
                continue
            for number, said in frames:
                if number > seat.position:
                    seat.position = number
                    seat.put(said)
            self._show(room, seat)
            if standing.is_over:
                seat.put(frame("over", {"ended_by": standing.ended_by, "is_yours": True}))
                seat.end()
        if standing.is_waiting and room.pk not in self.places.ahead:
            self.line_moved()

    def _show(self, room: Room, seat: Seat) -> None:
        """The state, unless the page was told the same just before."""
        assert room.standing is not None
        ahead, wait = self.places.of(room.pk, room.standing.band)
        shown = streaming.compact(streaming.state_told(room.standing, desk=seat.is_desk, ahead=ahead, wait=wait))
        if shown != seat.shown:
            seat.shown = shown
            seat.put(f"event: state\ndata: {shown}\n\n".encode())

    async def _count(self, connection: psycopg.AsyncConnection[Any]) -> None:
        """Tell waiting children their place, not more often than every two seconds."""
        waiting = [room for room in self.rooms.values() if room.standing is not None and room.standing.is_waiting]
        now = asyncio.get_running_loop().time()
        if waiting and now < self.places.next_at:
            asyncio.get_running_loop().call_later(self.places.next_at - now, self.wake.set)
            return
        self.places.moved, self.places.next_at = False, now + PLACES_EVERY
        if not waiting:
            self.places.ahead = {}
            return
        at = clock.now()
        self.places.ahead = {pk: number for number, pk in enumerate(await streaming.order(connection, at))}
        if now >= self.places.waits_until:
            bands = {room.standing.band for room in waiting if room.standing is not None}
            found = await asyncio.get_running_loop().run_in_executor(self.threads, streaming.usual, bands, at)
            self.places.waits, self.places.waits_until = found, now + WAITS_EVERY
        for room in waiting:
            for seat in room.seats:
                self._show(room, seat)

    async def _pulse(self) -> None:
        """A comment for pages that have heard nothing for a while, and the end for those that have been open long; a few at a time."""
        while True:
            for one in self.slices:
                await asyncio.sleep(KEEP_ALIVE / SLICES)
                now = asyncio.get_running_loop().time()
                for seat in one:
                    if seat.until < now:
                        seat.end()
                    elif not seat.is_spoken_to:
                        seat.put(b":\n\n")
                    seat.is_spoken_to = False

    async def _beat(self) -> None:
        """Open pages are signs of life: said for all of them together, in one thread."""
        while True:
            await asyncio.sleep(BEAT)
            children = [pk for pk, room in self.rooms.items() if any(not seat.is_desk for seat in room.seats)]
            staff = [(pk, seat.person_id) for pk, room in self.rooms.items() for seat in room.seats if seat.person_id is not None]
            try:
                await asyncio.get_running_loop().run_in_executor(self.threads, _say_alive, children, staff)
            except (psycopg.Error, DatabaseError, OSError) as error:
                log.warning("signs of life not written", extra={"error_type": type(error).__name__})


@dataclass
class Places:
    """Places in the queue as this process last counted them."""

    moved: bool = False
    next_at: float = 0.0
    waits_until: float = 0.0
    ahead: dict[int, int] = field(default_factory=dict)
    waits: dict[str, streaming.Wait] = field(default_factory=dict)

    def of(self, pk: int, band: str) -> tuple[int | None, streaming.Wait]:
        """How many stand before it, and the usual wait."""
        return self.ahead.get(pk), self.waits.get(band, (None, None))


def _say_alive(children: list[int], staff: list[tuple[int, int]]) -> None:
    close_old_connections()
    presence.pages_open(by=QUEUE, children=children, staff=staff, at=clock.now())


def _said(room: Room, row: tuple[Any, ...]) -> bytes:
    """A message; its number is the event's id, so that a browser that lost the line names it when it comes again."""
    return f"id: {row[0]}\nevent: said\ndata: {streaming.compact(streaming.told(room.ref, room.key, row))}\n\n".encode()


_floors: WeakKeyDictionary[asyncio.AbstractEventLoop, Floor] = WeakKeyDictionary()


def page(seat: Seat, *, pk: int, ref: str, channel: str, key: sealed.DataKey) -> live.HeldResponse:
    """The answer that is one page's stream. It ends with the conversation, after about five minutes, or when the process goes down."""

    def enter(seat: Seat) -> Callable[[], None] | None:
        loop = asyncio.get_running_loop()
        floor = _floors.setdefault(loop, Floor())
        if floor.count >= MOST_SEATS:
            return None
        seat.until = loop.time() + LONGEST_LIFE * random.uniform(0.8, 1.2)  # noqa: S311  spreads reconnects, guards nothing
        room = floor.enter(seat, pk=pk, ref=ref, channel=channel, key=key)
        return partial(floor.leave, seat, room)

    return live.HeldResponse(seat.goes_to(enter))
