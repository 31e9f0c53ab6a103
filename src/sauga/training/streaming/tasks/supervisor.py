"""Keeps an encoder for every broadcast that is open, in `sauga work`.

Of several workers one runs a broadcast: the one that holds its lock in the database. When that process falls,
its ffmpeg falls with it and its lock is free, so another takes over.
"""

import asyncio
import contextlib
import logging
import time
from typing import Any

import psycopg

from sauga.kernel import clock, live
from sauga.training.streaming.actions import encoder_reports
from sauga.training.streaming.queries import streams
from sauga.training.streaming.queries.streams import Wanted
from sauga.training.streaming.tasks.calls import Calls
from sauga.training.streaming.tasks.encoder import Encoder

log = logging.getLogger(__name__)
BUSY, IDLE, ADVANCE = 0.4, 1.5, 5.0
LOCK = 0x5A06
ENDING = 8.0


class Supervisor:
    """All encoders of this process."""

    def __init__(self) -> None:
        self.calls = Calls()
        self.encoders: dict[int, tuple[Encoder, asyncio.Task[None]]] = {}
        self._locks: psycopg.AsyncConnection[Any] | None = None
        self._advanced = 0.0

    async def run(self) -> None:
        """Until cancelled; then every encoder is ended first."""
        try:
            while True:
                try:
                    await self._round()
                except (OSError, psycopg.Error) as error:
                    log.warning("broadcasts: round given up", extra={"error_type": type(error).__name__})
                await asyncio.sleep(BUSY if self.encoders else IDLE)
        finally:
            await self._end_all()

    async def _round(self) -> None:
        if time.monotonic() - self._advanced > ADVANCE:
            self._advanced = time.monotonic()
            await self.calls.database(encoder_reports.advance, by=encoder_reports.WORKER, at=clock.now())
        found = await self.calls.database(streams.wanted)
        if found is None:
            return
        wanted = {one.pk: one for one in found}
        await self._lock_connection()
        for pk, (encoder, task) in list(self.encoders.items()):
            if task.done():
                await self._forget(pk)
            elif pk in wanted and wanted[pk].opened_at == encoder.wanted.opened_at:
                encoder.update(wanted[pk])
            else:
                encoder.stop(is_over=pk not in wanted)  # opened anew: the film begins again
        for one in found:
            if one.pk not in self.encoders and await self._is_ours(one.pk):
                self._start(one)

    def _start(self, wanted: Wanted) -> None:
        encoder = Encoder(wanted, self.calls)
        self.encoders[wanted.pk] = encoder, asyncio.create_task(encoder.run())

    async def _forget(self, pk: int) -> None:
        _encoder, task = self.encoders.pop(pk)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("broadcast: encoder given up", extra={"error_type": type(error).__name__})
        if self._locks is not None:
            await self._locks.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCK, pk])

    async def _lock_connection(self) -> None:
        """The connection that holds the locks. When it was lost, they are taken again; an encoder whose lock
        another has by now is ended."""
        if self._locks is not None and not self._locks.closed and not self._locks.broken:
            return
        self._locks = await live.connect()
        for pk, (encoder, _task) in self.encoders.items():
            if not await self._is_ours(pk):
                encoder.stop(is_over=False)

    async def _is_ours(self, pk: int) -> bool:
        assert self._locks is not None
        cursor = await self._locks.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCK, pk])
        row = await cursor.fetchone()
        return bool(row and row[0])

    async def _end_all(self) -> None:
        for encoder, _task in self.encoders.values():
            encoder.stop(is_over=False)
        tasks = [task for _encoder, task in self.encoders.values()]
        if tasks:
            await asyncio.wait(tasks, timeout=ENDING)
        if self._locks is not None:
            with contextlib.suppress(psycopg.Error):
                await self._locks.close()
        self.calls.close()
