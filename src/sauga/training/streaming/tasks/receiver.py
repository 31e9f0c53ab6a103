"""Where a speaker's program connects: ffmpeg listens, and hands on what comes without looking into it more
than it must. It is a process of its own, so that the program stays connected when the encoder falls.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable

from django.conf import settings

from sauga.training.streaming.queries import program
from sauga.training.streaming.rules import commands, health
from sauga.training.streaming.rules.health import Note
from sauga.training.streaming.tasks import children
from sauga.training.streaming.tasks.calls import Calls
from sauga.training.streaming.tasks.children import Child
from sauga.training.streaming.tasks.intake import Intake
from sauga.training.streaming.tasks.publisher import Publisher

log = logging.getLogger(__name__)
CHUNK = 64 * 1024
REFUSED_WAIT = 0.5


class Receiver:
    """Accepts one program after the other at a port, while no browser sends. `given_up` says why
    it cannot listen at all."""

    def __init__(
        self, publisher: Publisher, calls: Calls, intake: Intake, note: Callable[[Note], Awaitable[None]]
    ) -> None:
        self.publisher, self.calls, self.intake, self._note = publisher, calls, intake, note
        self.given_up: Note | None = None
        self._child: Child | None = None
        self._address: tuple[int, str] = (0, "")

    def listen_at(self, port: int, passphrase: str) -> None:
        """Where, and what a program must know. Who is connected stays; otherwise it listens anew."""
        if (port, passphrase) != self._address:
            self._address = port, passphrase
            if not self.intake.connected.is_set():
                self.disconnect()

    def disconnect(self) -> None:
        """End the connection, if there is one, and listen again."""
        if self._child is not None and self._child.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._child.kill()

    async def stand_aside(self) -> None:
        """Leave the port to a browser, which has taken the intake."""
        child = self._child
        self.disconnect()
        if child is not None:
            await child.wait()

    async def run(self) -> None:
        """Until cancelled, or until nothing helps any more (`given_up`)."""
        failures = 0
        while self.given_up is None:
            await self.intake.free.wait()
            seen: set[Note] = set()
            address = self._address
            try:
                code, had_data = await self._accept(seen)
            except OSError as error:
                log.warning("broadcast: receiver not started", extra={"error_type": type(error).__name__})
                code, had_data = 1, False
            if had_data or address != self._address or self.intake.is_others(self):
                failures = 0
                continue
            why = health.why_ended(code, seen, had_picture=False)
            failures = 0 if why in health.FROM_OUTSIDE else failures + 1
            await self._note(why)
            if why in health.FATAL or failures >= health.MOST_FAILURES:
                self.given_up = why
                self.intake.connected.set()
                return
            await asyncio.sleep(health.wait_before(failures) if failures else REFUSED_WAIT)

    async def _accept(self, seen: set[Note]) -> tuple[int, bool]:
        """One connection: its exit code, and whether anything came. Raises OSError."""
        port, passphrase = self._address
        content = commands.ingest_file(settings.STREAM_BIND, port, passphrase)
        await self.calls.disk(self.publisher.begin, (commands.INGEST, content))
        command = commands.receiver(program.ffmpeg(), self.publisher.private)
        child = self._child = await children.spawn(command, self.publisher.private)
        reading = asyncio.create_task(self._read_log(child, seen))
        had_data = False
        try:
            assert child.stdout is not None
            if self.intake.is_others(self):
                self.disconnect()
            while chunk := await child.stdout.read(CHUNK):
                if not self.intake.take(self):
                    self.disconnect()
                    break
                had_data = True
                self.intake.give(chunk)
            await child.wait()
        finally:
            self.intake.leave(self)
            await children.end(child)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(asyncio.gather(reading, return_exceptions=True), 1)
        return child.returncode or 0, had_data

    async def _read_log(self, child: Child, seen: set[Note]) -> None:
        async for line in children.lines(child.stderr):
            if (found := health.sign_in(line)) is not None:
                seen.add(found)
                if found is Note.WRONG_PASSPHRASE:
                    await self._note(found)
