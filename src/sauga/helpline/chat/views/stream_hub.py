"""The hub of open chat pages: one read for all conversations of this process in which something is new.

A signal only says that a conversation has news. The hub collects all conversations with news, reads their
rows and new messages with two statements, decrypts the messages with the conversation's key, and queues the
same bytes for every subscriber that lacks them. A subscriber holds neither a thread nor a connection. Keys
are in memory only, as long as a page of the conversation is open.
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
from sauga.helpline.chat.queries import stream_state
from sauga.helpline.chat.queries.stream_state import Standing
from sauga.helpline.chat.views.subscribers import OpenConversation, Subscriber, frame
from sauga.kernel import clock, live, sealed
from sauga.kernel.states import SystemActor

log = logging.getLogger(__name__)
KEEP_ALIVE_INTERVAL, MAX_LIFETIME, SLICES = 15.0, 300.0, 60
HEARTBEAT_INTERVAL = 8.0
RETRY_DELAY, MAX_RETRY_DELAY = 0.1, 5.0
BATCH_INTERVAL = 0.008  # seconds between two batches under load
POSITION_INTERVAL, WAIT_TIME_INTERVAL = 2.0, 30.0
MAX_SUBSCRIBERS = 20_000
QUEUE = SystemActor("queue")


class QueueListener:
    """Follows the signal that the queue has changed: every waiting child's position may then be different."""

    positions = ("helpline.queue",)

    def __init__(self, hub: "StreamHub") -> None:
        self.hub = hub

    def notify(self, channel: str, after: str) -> None:
        """See `OpenConversation.tell`."""
        self.hub.queue_moved()

    def notify_all(self) -> None:
        """See `OpenConversation.notify_all`."""
        self.hub.queue_moved()

    def end(self) -> None:
        """See `OpenConversation.end`; conversations end their own subscribers."""


class StreamHub:
    """All open conversations of one event loop, and the tasks that read for them."""

    def __init__(self) -> None:
        self.conversations: dict[int, OpenConversation] = {}
        self.slices: list[set[Subscriber]] = [set() for _ in range(SLICES)]
        self.count, self.entered = 0, itertools.count()
        self.news: set[int] = set()
        self.wake = asyncio.Event()
        self.queue_positions = QueuePositions()
        self.queue_listener = QueueListener(self)
        self.tasks: list[asyncio.Task[None]] = []
        self.threads = ThreadPoolExecutor(1, thread_name_prefix="stream-hub")

    def read_soon(self, conversation: OpenConversation) -> None:
        """Read this conversation in the next batch."""
        self.news.add(conversation.pk)
        self.wake.set()

    def queue_moved(self) -> None:
        """The queue has changed."""
        self.queue_positions.moved = True
        self.wake.set()

    def subscribe(
        self, subscriber: Subscriber, *, pk: int, ref: str, channel: str, key: sealed.DataKey
    ) -> OpenConversation:
        """Add a subscriber. The first of a conversation opens it here; the first of all starts the tasks."""
        if not self.conversations:
            live.follow(self.queue_listener)
        conversation = self.conversations.get(pk)
        if conversation is None:
            conversation = self.conversations[pk] = OpenConversation(self, pk, ref, channel, key)
        conversation.subscribers.append(subscriber)
        if len(conversation.subscribers) == 1:
            live.follow(conversation)
        self.slices[next(self.entered) % SLICES].add(subscriber)
        self.count += 1
        if not self.tasks or any(task.done() for task in self.tasks):
            self._stop()
            self.tasks = [
                asyncio.create_task(work(), name="stream-hub")
                for work in (self._read, self._heartbeat, self._keep_alive)
            ]
        self.read_soon(conversation)
        return conversation

    def unsubscribe(self, subscriber: Subscriber, conversation: OpenConversation) -> None:
        """Remove a subscriber. With the last one of a conversation its key is forgotten."""
        conversation.subscribers.remove(subscriber)
        for one in self.slices:
            one.discard(subscriber)
        self.count -= 1
        if not conversation.subscribers:
            live.unfollow(conversation)
            self.conversations.pop(conversation.pk, None)
        if not self.conversations:
            live.unfollow(self.queue_listener)
            self._stop()

    def _stop(self) -> None:
        for task in self.tasks:
            task.cancel()
        if self.tasks:
            self.threads.submit(connections.close_all)
        self.tasks = []

    async def _read(self) -> None:
        """Read all conversations with news in one batch; what arrives meanwhile is in the next one."""
        pause, turns = RETRY_DELAY, live.Coalescer(BATCH_INTERVAL)
        while True:
            try:
                async with await live.connect() as connection:
                    pause = RETRY_DELAY
                    self.news.update(self.conversations)
                    self.wake.set()
                    while True:
                        await self.wake.wait()
                        await turns.next()
                        self.wake.clear()
                        await self._serve(connection)
            except (psycopg.Error, OSError) as error:
                log.warning("reading for open pages interrupted", extra={"error_type": type(error).__name__})
                await asyncio.sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311  spreads reconnects, guards nothing
                pause = min(pause * 2, MAX_RETRY_DELAY)

    async def _serve(self, connection: psycopg.AsyncConnection[Any]) -> None:
        taken, self.news = self.news, set()
        conversations = [
            conversation for pk in taken if (conversation := self.conversations.get(pk)) is not None
        ]
        if conversations:
            wanted = {conversation.pk: conversation.after() for conversation in conversations}
            news = await stream_state.news(connection, wanted)
            for conversation in conversations:
                if conversation.subscribers:
                    standing, messages = news.get(conversation.pk) or (None, [])
                    self._deliver(conversation, standing, messages, wanted[conversation.pk])
        if self.queue_positions.moved:
            await self._count(connection)

    def _deliver(
        self,
        conversation: OpenConversation,
        standing: Standing | None,
        messages: list[tuple[Any, ...]],
        after: int,
    ) -> None:
        """Send each subscriber the messages it lacks, then the state, and the end of the stream when the
        conversation is over.

        One that joined while this was being read may lack messages from before `after`; the next batch, which
        it asked for, has them.
        """
        conversation.standing = standing
        if standing is None:
            conversation.end()
            return
        frames = [(row[0], _message_frame(conversation, row)) for row in messages]
        for subscriber in conversation.subscribers:
            if subscriber.position < after:
                continue
            if not subscriber.may_stay(standing):
                subscriber.put(frame("over", {"ended_by": "", "is_yours": False}))
                subscriber.end()
                continue
            for number, said in frames:
                if number > subscriber.position:
                    subscriber.position = number
                    subscriber.put(said)
            self._show(conversation, subscriber)
            if standing.is_over:
                subscriber.put(frame("over", {"ended_by": standing.ended_by, "is_yours": True}))
                subscriber.end()
        if standing.is_waiting and conversation.pk not in self.queue_positions.ahead:
            self.queue_moved()

    def _show(self, conversation: OpenConversation, subscriber: Subscriber) -> None:
        """The state, unless it is what the page was sent last."""
        assert conversation.standing is not None
        ahead, wait = self.queue_positions.of(conversation.pk, conversation.standing.band)
        shown = stream_state.compact(
            stream_state.state_told(conversation.standing, desk=subscriber.is_desk, ahead=ahead, wait=wait)
        )
        if shown != subscriber.shown:
            subscriber.shown = shown
            subscriber.put(f"event: state\ndata: {shown}\n\n".encode())

    async def _count(self, connection: psycopg.AsyncConnection[Any]) -> None:
        """Send waiting children their position in the queue, at most every two seconds."""
        waiting = [
            conversation
            for conversation in self.conversations.values()
            if conversation.standing is not None and conversation.standing.is_waiting
        ]
        now = asyncio.get_running_loop().time()
        if waiting and now < self.queue_positions.next_at:
            asyncio.get_running_loop().call_later(self.queue_positions.next_at - now, self.wake.set)
            return
        self.queue_positions.moved, self.queue_positions.next_at = False, now + POSITION_INTERVAL
        if not waiting:
            self.queue_positions.ahead = {}
            return
        at = clock.now()
        self.queue_positions.ahead = {
            pk: number for number, pk in enumerate(await stream_state.order(connection, at))
        }
        if now >= self.queue_positions.waits_until:
            bands = {
                conversation.standing.band for conversation in waiting if conversation.standing is not None
            }
            found = await asyncio.get_running_loop().run_in_executor(
                self.threads, stream_state.usual, bands, at
            )
            self.queue_positions.waits, self.queue_positions.waits_until = found, now + WAIT_TIME_INTERVAL
        for conversation in waiting:
            for subscriber in conversation.subscribers:
                self._show(conversation, subscriber)

    async def _keep_alive(self) -> None:
        """A comment to pages that were sent nothing for a while, and the end to those open for long; in
        slices, to spread the load.
        """
        while True:
            for one in self.slices:
                await asyncio.sleep(KEEP_ALIVE_INTERVAL / SLICES)
                now = asyncio.get_running_loop().time()
                for subscriber in one:
                    if subscriber.until < now:
                        subscriber.end()
                    elif not subscriber.was_sent_to:
                        subscriber.put(b":\n\n")
                    subscriber.was_sent_to = False

    async def _heartbeat(self) -> None:
        """Open pages are signs of life: written for all of them together, in one thread."""
        while True:
            await asyncio.sleep(HEARTBEAT_INTERVAL)
            pages = [
                (pk, subscriber.person_id)
                for pk, one in self.conversations.items()
                for subscriber in one.subscribers
            ]
            children = list(dict.fromkeys(pk for pk, person in pages if person is None))
            staff = [(pk, person) for pk, person in pages if person is not None]
            try:
                await asyncio.get_running_loop().run_in_executor(
                    self.threads, _write_presence, children, staff
                )
            except (psycopg.Error, DatabaseError, OSError) as error:
                log.warning("signs of life not written", extra={"error_type": type(error).__name__})


@dataclass
class QueuePositions:
    """Positions in the queue as this process last counted them."""

    moved: bool = False
    next_at: float = 0.0
    waits_until: float = 0.0
    ahead: dict[int, int] = field(default_factory=dict)
    waits: dict[str, stream_state.Wait] = field(default_factory=dict)

    def of(self, pk: int, band: str) -> tuple[int | None, stream_state.Wait]:
        """How many are ahead of a conversation, and the usual wait."""
        return self.ahead.get(pk), self.waits.get(band, (None, None))


def _write_presence(children: list[int], staff: list[tuple[int, int]]) -> None:
    close_old_connections()
    presence.pages_open(by=QUEUE, children=children, staff=staff, at=clock.now())


def _message_frame(conversation: OpenConversation, row: tuple[Any, ...]) -> bytes:
    """A message; its number is the event's id, so that a browser that lost the connection names it when
    it comes again.
    """
    return (
        f"id: {row[0]}\nevent: said\ndata: "
        f"{stream_state.compact(stream_state.told(conversation.ref, conversation.key, row))}\n\n"
    ).encode()


_hubs: WeakKeyDictionary[asyncio.AbstractEventLoop, StreamHub] = WeakKeyDictionary()


def page(
    subscriber: Subscriber, *, pk: int, ref: str, channel: str, key: sealed.DataKey
) -> live.EventStreamResponse:
    """The response that is one page's stream.

    It ends with the conversation, after about five minutes, or at shutdown.
    """

    def enter(subscriber: Subscriber) -> Callable[[], None] | None:
        loop = asyncio.get_running_loop()
        hub = _hubs.setdefault(loop, StreamHub())
        if hub.count >= MAX_SUBSCRIBERS:
            return None
        subscriber.until = loop.time() + MAX_LIFETIME * random.uniform(0.8, 1.2)  # noqa: S311  spreads reconnects, guards nothing
        conversation = hub.subscribe(subscriber, pk=pk, ref=ref, channel=channel, key=key)
        return partial(hub.unsubscribe, subscriber, conversation)

    return live.EventStreamResponse(subscriber.on_open(enter))
