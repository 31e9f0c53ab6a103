"""The encoder of one broadcast: ffmpeg as a child process that is watched, started again after whatever ends
it, and stopped with the broadcast.
"""

import asyncio
import contextlib
import errno
import logging
import secrets
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from django.core.files.storage import default_storage

from sauga.kernel import clock, media
from sauga.training.states import StreamState
from sauga.training.streaming.actions import encoder_reports
from sauga.training.streaming.models import Source
from sauga.training.streaming.queries import program, streams
from sauga.training.streaming.queries.streams import Wanted
from sauga.training.streaming.rules import captions, commands, health
from sauga.training.streaming.rules.health import Note
from sauga.training.streaming.tasks import children
from sauga.training.streaming.tasks.calls import Calls
from sauga.training.streaming.tasks.children import Child
from sauga.training.streaming.tasks.intake import Intake
from sauga.training.streaming.tasks.publisher import Publisher
from sauga.training.streaming.tasks.receiver import Receiver
from sauga.training.streaming.tasks.whip import Whip

log = logging.getLogger(__name__)
LOOK = 0.25
REPORT, ROOM = 2.0, 1.0
SAME_NOTE = 10.0
"""Seconds in which the same is noted once."""
SLOW, SLOW_REPORTS = 0.9, 15
REFUSED_AFTER = 3
"""Runs in a row that made no picture of what a program sends; then it is disconnected."""
WORKER = encoder_reports.WORKER


@dataclass(frozen=True)
class Ended:
    """How a run of ffmpeg ended."""

    why: Note
    had_picture: bool


class Encoder:
    """Runs ffmpeg for a broadcast until it is stopped, the film is over, or nothing helps any more."""

    def __init__(self, wanted: Wanted, calls: Calls) -> None:
        self.wanted, self.calls = wanted, calls
        self.publisher = Publisher(program.folder_of(wanted.ref), program.private_folder_of(wanted.ref))
        self.intake = Intake()
        self.receiver = Receiver(self.publisher, calls, self.intake, self._note)
        self.whip = Whip(self.publisher, self.intake, self.receiver, self._note)
        self._stop = asyncio.Event()
        self._is_over = False
        self._notes: set[Note] = set()
        self._said: dict[Note, float] = {}
        self._lines = -1
        self._slow = 0
        self._reported, self._received = 0.0, 0
        self.update(wanted)

    @property
    def is_film(self) -> bool:
        """Whether a film is played."""
        return self.wanted.source == Source.FILM

    def update(self, wanted: Wanted) -> None:
        """What has changed at the desk: on air or not, the next passphrase, new captions."""
        self.wanted = wanted
        self.receiver.listen_at(wanted.port, wanted.passphrase)
        self.whip.listen_at(wanted.port, wanted.passphrase)

    def stop(self, *, is_over: bool) -> None:
        """Ask it to end; `is_over`: so has the broadcast."""
        self._is_over = is_over
        self._stop.set()

    async def run(self) -> None:
        """Until it is stopped. Nothing that ffmpeg, a program or the disk does ends it otherwise than by the
        broadcast's own state."""
        try:
            await self.calls.disk(self.publisher.prepare)
        except OSError:
            await self._fail(Note.DISK)
            return
        if not program.ffmpeg():
            await self._fail(Note.NO_PROGRAM)
            return
        ways = () if self.is_film else (self.receiver.run(), self.whip.run())
        receiving = [asyncio.create_task(way) for way in ways]
        try:
            await self._encode()
        finally:
            for task in receiving:
                task.cancel()
            await asyncio.gather(*receiving, return_exceptions=True)
            with contextlib.suppress(OSError):
                await self.calls.disk(lambda: self.publisher.finish(is_over=self._is_over))

    async def _encode(self) -> None:
        """Run after run."""
        failures = 0
        while not self._stop.is_set():
            if not self.is_film and not await self._connected():
                break
            ended = await self._attempt()
            if self._stop.is_set():
                break
            if ended.why is Note.FINISHED:
                self._is_over = True
                await self.calls.database(
                    encoder_reports.film_over, by=WORKER, stream_id=self.wanted.pk, at=clock.now()
                )
                break
            why = Note.FILM if self.is_film and ended.why in health.FROM_OUTSIDE else ended.why
            failures = 0 if ended.had_picture else failures + 1
            if why in health.FATAL or (self.is_film and failures >= health.MOST_FAILURES):
                await self._fail(why)
                break
            await self._note(why, is_signal_lost=ended.had_picture)
            if failures >= REFUSED_AFTER and not self.is_film:
                self.receiver.disconnect()
                self.whip.disconnect()
            await self._pause(health.wait_before(failures))

    async def _connected(self) -> bool:
        """Wait for a program that sends, while the disk has room; False when there is nothing to wait for."""
        while not self.intake.connected.is_set():
            if self._stop.is_set():
                return False
            await self._off_air_too()
            if not (await self.calls.disk(program.room)).is_enough:
                await self._fail(Note.DISK)
                return False
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.intake.connected.wait(), ROOM)
        if self.receiver.given_up is not None:
            await self._fail(self.receiver.given_up)
            return False
        return True

    async def _off_air_too(self) -> None:
        """Without a picture, too, it may be taken off the air."""
        if self.wanted.state != StreamState.LIVE:
            with contextlib.suppress(OSError):
                await self.calls.disk(self.publisher.go_off_air)

    async def _attempt(self) -> Ended:
        try:
            return await self._once()
        except OSError as error:
            log.warning("broadcast: encoder not started", extra={"error_type": type(error).__name__})
            is_full = error.errno in {errno.ENOSPC, errno.EDQUOT}
            return Ended(Note.DISK if is_full else Note.ENDED_ITSELF, had_picture=False)

    async def _once(self) -> Ended:
        """One run of ffmpeg. Raises OSError."""
        if not (await self.calls.disk(program.room)).is_enough:
            return Ended(Note.DISK, had_picture=False)
        given = commands.from_receiver()
        if self.is_film:
            path = await self.calls.disk(_film_path, self.wanted.film, self.publisher.private)
            if not path:
                return Ended(Note.FILM, had_picture=False)
            given = commands.from_film(path, self.publisher.played())
        token = secrets.token_hex(5)
        publisher = self.publisher
        command = commands.encoder(program.ffmpeg(), given, publisher.folder, publisher.raw, token)
        self._notes.clear()
        child = await children.spawn(command, publisher.private, is_fed=not self.is_film)
        readers = [
            asyncio.create_task(self._read_progress(child)),
            asyncio.create_task(self._read_log(child)),
        ]
        if not self.is_film:
            self.intake.feed(child.stdin)
        try:
            return await self._watch(child, token)
        finally:
            self.intake.feed(None)
            await children.end(child)
            for reader in readers:
                reader.cancel()
            await asyncio.gather(*readers, return_exceptions=True)

    async def _watch(self, child: Child, token: str) -> Ended:
        """Take over its segments while it runs; end it when it stalls, when the disk is full, or when asked
        to."""
        had_picture, last, looked = False, time.monotonic(), 0.0
        waiting = asyncio.create_task(child.wait())
        try:
            while True:
                await asyncio.wait({waiting}, timeout=LOOK)
                now = time.monotonic()
                if self._stop.is_set():
                    await children.end(child)
                    await waiting
                if await self._take(token):
                    last = now
                    if not had_picture:
                        had_picture = True
                        await self.calls.database(
                            encoder_reports.picture_came, by=WORKER, stream_id=self.wanted.pk, at=clock.now()
                        )
                if waiting.done():
                    return self._ended(child.returncode or 0, had_picture=had_picture)
                if now - last > (health.STALLED_AFTER if had_picture else health.SILENT_AFTER):
                    return Ended(Note.STALLED, had_picture)
                if now - looked > ROOM:
                    looked = now
                    if not (await self.calls.disk(program.room)).is_enough or Note.DISK in self._notes:
                        return Ended(Note.DISK, had_picture)
                if had_picture:
                    await self._report(now)
        finally:
            waiting.cancel()

    def _ended(self, code: int, *, had_picture: bool) -> Ended:
        if code == 0 and self.is_film and had_picture:
            return Ended(Note.FINISHED, had_picture)
        is_connected = self.is_film or self.intake.connected.is_set()
        why = health.why_ended(code, self._notes, had_picture=had_picture, is_connected=is_connected)
        return Ended(why, had_picture)

    async def _take(self, token: str) -> int:
        """New segments to viewers, new captions to the reader; how many new segments."""
        publisher, wanted = self.publisher, self.wanted
        try:
            if wanted.state == StreamState.LIVE:
                publisher.go_on_air(clock.now())
            else:
                await self.calls.disk(publisher.go_off_air)
            fresh = await self.calls.disk(publisher.take, token, wanted.preview_token)
            if wanted.lines != self._lines and wanted.state == StreamState.LIVE:
                await self._write_captions()
        except FileNotFoundError:  # ffmpeg replaces its files meanwhile; the next look finds them
            return 0
        except OSError as error:
            log.warning("broadcast: segments not taken over", extra={"error_type": type(error).__name__})
            self._notes.add(Note.DISK)
            return 0
        return fresh

    async def _write_captions(self) -> None:
        wanted = self.wanted
        lines = await self.calls.database(streams.lines_of, stream_id=wanted.pk, most=captions.MOST_SENT)
        if lines is not None:
            await self.calls.disk(self.publisher.write_captions, captions.reader_file(lines))
            self._lines = wanted.lines

    async def _report(self, now: float) -> None:
        if now - self._reported < REPORT:
            return
        seconds = now - self._reported if self._reported else REPORT
        came = self.intake.received - self._received
        self._reported, self._received = now, self.intake.received
        viewers = await self.calls.disk(self.publisher.viewers, time.time())
        await self.calls.database(
            encoder_reports.reported,
            by=WORKER,
            stream_id=self.wanted.pk,
            kbps=self.publisher.kbps if self.is_film else round(came * 8 / 1000 / seconds),
            viewers=viewers,
            at=clock.now(),
        )

    async def _read_progress(self, child: Child) -> None:
        block: dict[str, str] = {}
        async for line in children.lines(child.stdout):
            name, _equals, value = line.partition("=")
            block[name.strip()] = value.strip()
            if name == "progress":
                speed = health.speed_of(block)
                block = {}
                self._slow = self._slow + 1 if 0 < speed < SLOW else 0
                if self._slow == SLOW_REPORTS:
                    await self._note(Note.SLOW)

    async def _read_log(self, child: Child) -> None:
        async for line in children.lines(child.stderr):
            if (found := health.sign_in(line)) is not None:
                self._notes.add(found)

    async def _note(self, what: Note, *, is_signal_lost: bool = False) -> None:
        """Into the log of the broadcast; what comes again and again is noted once in a while."""
        now = time.monotonic()
        if not is_signal_lost and now - self._said.get(what, -SAME_NOTE) < SAME_NOTE:
            return
        self._said[what] = now
        await self.calls.database(
            encoder_reports.noted,
            by=WORKER,
            stream_id=self.wanted.pk,
            what=what,
            is_signal_lost=is_signal_lost,
            at=clock.now(),
        )

    async def _fail(self, why: Note) -> None:
        await self.calls.database(
            encoder_reports.failed, by=WORKER, stream_id=self.wanted.pk, why=why, at=clock.now()
        )

    async def _pause(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._stop.wait(), seconds)


def _film_path(film: media.MediaFile | None, private: Path) -> str:
    """Where ffmpeg finds the film; a storage elsewhere is copied from. Empty where it is gone."""
    try:
        with media.opened(film) as source:
            try:
                return str(default_storage.path(film.stored)) if film else ""
            except NotImplementedError:
                copy = private / "film"
                with copy.open("wb") as target:
                    shutil.copyfileobj(source, target)
                return str(copy)
    except FileNotFoundError:
        return ""
