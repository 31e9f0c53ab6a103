"""What comes of one broadcast, from whichever way: one sends at a time, and the encoder that runs is fed."""

import asyncio

MOST_WAITING = 8 * 1024 * 1024
"""Bytes that may wait for an encoder; one that is so far behind is not fed any more, and found stalled."""


class Intake:
    """`connected` while one sends. A sender takes it first; `free` while none has."""

    def __init__(self) -> None:
        self.connected, self.free = asyncio.Event(), asyncio.Event()
        self.free.set()
        self.received = 0
        self._holder: object = None
        self._sink: asyncio.StreamWriter | None = None

    def take(self, who: object) -> bool:
        """Whether `who` may send now: no one else does."""
        if self._holder not in {None, who}:
            return False
        self._holder = who
        self.free.clear()
        return True

    def is_others(self, who: object) -> bool:
        """Whether another sends, or is about to."""
        return self._holder not in {None, who}

    def leave(self, who: object) -> None:
        """`who` sends no more. The encoder completes its last segment."""
        if self._holder is not who:
            return
        self._holder = None
        self.connected.clear()
        if self._sink is not None and not self._sink.is_closing():
            self._sink.close()
        self._sink = None
        self.free.set()

    def feed(self, sink: asyncio.StreamWriter | None) -> None:
        """From now on give what comes to this encoder."""
        self._sink = sink

    def give(self, chunk: bytes) -> None:
        """Something has come."""
        self.received += len(chunk)
        self.connected.set()
        sink = self._sink
        if sink is None or sink.is_closing():
            return
        if sink.transport.get_write_buffer_size() < MOST_WAITING:
            sink.write(chunk)
