"""What the encoder of a broadcast reports while it runs. The worker alone does these."""

from datetime import datetime, timedelta

from django.db import transaction

from sauga.kernel import live
from sauga.kernel.identity import require
from sauga.kernel.states import Actor, SystemActor, lock
from sauga.training.permissions import Permission
from sauga.training.states import StreamState
from sauga.training.streaming.actions import streams
from sauga.training.streaming.models import Source, Stream
from sauga.training.streaming.rules.health import Note

WORKER = SystemActor("training")
GONE_AFTER = timedelta(hours=1)
"""A broadcast that was on air and has had no picture for so long is over: somebody forgot to end it."""
CLOSED_AFTER = timedelta(hours=12)
"""A broadcast that was opened and never went on air is closed again."""
SAID_EVERY = timedelta(minutes=1)
RUNNING = (StreamState.WAITING, StreamState.LIVE)


def picture_came(*, by: Actor, stream_id: int, at: datetime) -> None:
    """The first segment of a run is there. An automatic broadcast whose time has come goes on air."""
    require(by, Permission.RUN_STREAM)
    with transaction.atomic():
        row = _running(stream_id)
        if row is None:
            return
        if row.signal_at is None:
            row.signal_at = at
            row.save(update_fields=["signal_at"])
            streams.note(row, Note.CONNECTED, at)
        is_due = (
            row.state == StreamState.WAITING
            and row.is_automatic
            and row.starts <= at
            and row.on_air_at is None
        )
        if is_due and not _is_film_rehearsal(row):
            streams.put_on_air(row, by=by, at=at)


def noted(*, by: Actor, stream_id: int, what: Note, n: int = 0, is_signal_lost: bool, at: datetime) -> None:
    """Something happened to the encoder; `is_signal_lost`: no picture comes until it says so again."""
    require(by, Permission.RUN_STREAM)
    with transaction.atomic():
        row = _running(stream_id)
        if row is None:
            return
        if is_signal_lost and row.signal_at is not None:
            row.signal_at, row.kbps = None, 0
            row.save(update_fields=["signal_at", "kbps"])
        streams.note(row, what, at, n)


def reported(*, by: Actor, stream_id: int, kbps: int, viewers: int, at: datetime) -> None:
    """The figures of this moment; once a minute they are kept in the log."""
    require(by, Permission.RUN_STREAM)
    with transaction.atomic():
        row = _running(stream_id)
        if row is None:
            return
        is_due = row.reported_at is None or at - row.reported_at >= SAID_EVERY
        row.kbps, row.viewers = kbps, viewers
        row.most_viewers = max(row.most_viewers, viewers)
        if is_due:
            row.reported_at = at
            streams.note(row, Note.IN_SERVICE, at, viewers)
        row.save(update_fields=["kbps", "viewers", "most_viewers", "reported_at"])
        live.signal(f"{streams.CHANNEL}.{row.ref}")


def failed(*, by: Actor, stream_id: int, why: Note, at: datetime) -> None:
    """The encoder cannot go on, and trying again does not help."""
    require(by, Permission.RUN_STREAM)
    with transaction.atomic():
        row = _running(stream_id)
        if row is None:
            return
        streams.move_stream(row, StreamState.FAILED, by=by, at=at, why=why)
        row.fault, row.signal_at, row.kbps, row.viewers, row.port = why, None, 0, 0, None
        row.save(update_fields=["fault", "signal_at", "kbps", "viewers", "port"])
        streams.note(row, why, at)


def film_over(*, by: Actor, stream_id: int, at: datetime) -> None:
    """The film has been played to its end. One without viewers, because it was opened before its time, is
    played again at its time."""
    require(by, Permission.RUN_STREAM)
    with transaction.atomic():
        row = _running(stream_id)
        if row is None:
            return
        if _is_film_rehearsal(row):
            streams.close(row, by=by, at=at)
            streams.note(row, Note.REHEARSED, at)
            return
        if row.state == StreamState.WAITING and row.on_air_at is None:
            streams.put_on_air(row, by=by, at=at)
        streams.end(row, by=by, at=at)


def advance(*, by: Actor, at: datetime) -> int:
    """What time brings: films begin, what was forgotten ends. Returns how many moved."""
    require(by, Permission.RUN_STREAM)
    return _begin_films(by, at) + _go_on_air(by, at) + _end_forgotten(by, at)


def _begin_films(by: Actor, at: datetime) -> int:
    """Films whose time has come begin. One that is still played as a rehearsal is closed first: viewers see
    it from its beginning."""
    count = 0
    for stream in Stream.objects.filter(
        state=StreamState.WAITING, source=Source.FILM, starts__lte=at, on_air_at=None
    ):
        if _is_film_rehearsal(stream):
            streams.close_stream(by=by, stream=stream, at=at)
            count += 1
    films = Stream.objects.filter(
        state=StreamState.PLANNED, source=Source.FILM, starts__lte=at, starts__gt=at - GONE_AFTER
    )
    for stream in films:
        try:
            streams.open_stream(by=by, stream=stream, at=at)
            count += 1
        except streams.StreamRefused as refused:
            with transaction.atomic():
                row = lock(stream)
                fault = Note.NO_PROGRAM if refused.why == "program" else Note.DISK
                if row.fault != fault:
                    row.fault = fault
                    row.save(update_fields=["fault"])
                    streams.note(row, fault, at)
    return count


def _go_on_air(by: Actor, at: datetime) -> int:
    count = 0
    for stream in Stream.objects.filter(
        state=StreamState.WAITING, is_automatic=True, starts__lte=at, on_air_at=None, signal_at__isnull=False
    ):
        streams.start_stream(by=by, stream=stream, at=at)
        count += 1
    return count


def _end_forgotten(by: Actor, at: datetime) -> int:
    count = 0
    for stream in Stream.objects.filter(state__in=RUNNING, on_air_at__isnull=False, signal_at=None):
        last = stream.notes.exclude(note=Note.IN_SERVICE).order_by("-pk").first()
        if last is not None and last.at < at - GONE_AFTER:
            streams.stop_stream(by=by, stream=stream, at=at)
            count += 1
    for stream in Stream.objects.filter(
        state=StreamState.WAITING, opened_at__lt=at - CLOSED_AFTER, on_air_at=None
    ):
        streams.close_stream(by=by, stream=stream, at=at)
        count += 1
    return count


def _is_film_rehearsal(row: Stream) -> bool:
    return row.source == Source.FILM and row.state == StreamState.WAITING and row.is_rehearsal


def _running(stream_id: int) -> Stream | None:
    return Stream.objects.select_for_update().filter(pk=stream_id, state__in=RUNNING).first()
