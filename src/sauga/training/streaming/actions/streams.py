"""What people do with a broadcast: plan it, open it for the speaker's program, put it on the air, end it."""

import secrets
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from sauga.kernel import audit, live, sealed
from sauga.kernel.identity import require
from sauga.kernel.media import MediaFile
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, lock, move
from sauga.training.effects import stream_moved
from sauga.training.permissions import Permission
from sauga.training.states import StreamState
from sauga.training.streaming.models import Source, Stream, StreamNote
from sauga.training.streaming.queries import program
from sauga.training.streaming.queries import secrets as passphrases
from sauga.training.streaming.rules.health import Note
from sauga.training.trail import ZONE, Trail

CHANNEL = "training.streams"
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
EARLIEST, LATEST = timedelta(hours=12), timedelta(days=730)
RECORD, RECORDED_AFTER = "training.record_stream", 8
"""The job, and in how many seconds: the encoder completes its last segment first."""


class StreamRefused(ActionRefused):
    """What cannot be done with a broadcast now."""

    messages = {
        "title": _("Write what the broadcast is called."),
        "starts": _("Choose a time from today on, within two years."),
        "film": _("Choose a film whose file is ready."),
        "program": _(
            "The program ffmpeg is not installed on this server, so nothing can be broadcast. An operator "
            "installs it: %(command)s"
        ),
        "ports": _(
            "Every port for broadcasts is in use. End another broadcast, or ask an operator for more."
        ),
        "room": _("The disk of the server is nearly full. Ask an operator to make room, then try again."),
        "signal": _(
            "No picture comes yet. Start the speaker’s program, look at the preview, then go on air."
        ),
        "edited": _("This broadcast has begun or is over; it cannot be changed any more."),
        "running": _("End the broadcast first."),
        "unseen": _("It was never on air, so there is nothing to end. Close it again instead."),
    }
    fields = {"title": "title", "starts": "starts", "film": "film"}


def plan_stream(
    *,
    by: Actor,
    title: str,
    starts: datetime,
    language: str = "lt",
    film: MediaFile | None = None,
    is_automatic: bool = False,
    is_recorded: bool = True,
    at: datetime,
) -> Stream:
    """Plan a broadcast with a passphrase of its own; with a `film` that is played at its time. Raises
    PermissionRefused, StreamRefused."""
    require(by, Permission.BROADCAST)
    stream = Stream(preview_token=secrets.token_hex(12))
    _fill(stream, title, starts, language, film, is_automatic=is_automatic, is_recorded=is_recorded, at=at)
    with transaction.atomic():
        stream.save()
        _give_passphrase(stream)
        audit.record(by, Trail.STREAM_PLANNED, stream, zone=ZONE, at=at)
        _tell(stream)
    return stream


def edit_stream(
    *,
    by: Actor,
    stream: Stream,
    title: str,
    starts: datetime,
    language: str,
    film: MediaFile | None,
    is_automatic: bool,
    is_recorded: bool,
    at: datetime,
) -> Stream:
    """Change a broadcast that has not begun. Raises PermissionRefused, StreamRefused."""
    require(by, Permission.BROADCAST, stream)
    with transaction.atomic():
        row = lock(stream)
        if row.state != StreamState.PLANNED:
            raise StreamRefused("edited")
        _fill(row, title, starts, language, film, is_automatic=is_automatic, is_recorded=is_recorded, at=at)
        row.save()
        audit.record(by, Trail.STREAM_EDITED, row, zone=ZONE, at=at)
        _tell(row)
    return row


def discard_stream(*, by: Actor, stream: Stream, at: datetime) -> None:
    """Delete a broadcast that has not begun. Raises PermissionRefused, StreamRefused."""
    require(by, Permission.BROADCAST, stream)
    with transaction.atomic():
        row = lock(stream)
        if row.state != StreamState.PLANNED or row.on_air_at is not None:
            raise StreamRefused("edited")
        audit.record(by, Trail.STREAM_DISCARDED, row, zone=ZONE, at=at)
        _tell(row)
        sealed.destroy_keys([row.holder])
        row.delete()


def open_stream(*, by: Actor, stream: Stream, at: datetime) -> Stream:
    """Let the speaker's program connect, or the film begin: until it is put on the air the picture is seen at
    the desk only. Before its time that is a rehearsal, which uses nothing up. Raises PermissionRefused,
    StreamRefused, MoveNotAllowed."""
    require(by, Permission.BROADCAST, stream)
    if not program.ffmpeg():
        raise StreamRefused("program", command=program.INSTALL)
    if not program.room().is_enough:
        raise StreamRefused("room")
    with transaction.atomic():
        row = lock(stream)
        move_stream(row, StreamState.WAITING, by=by, at=at)
        row.opened_at, row.fault = at, ""
        row.preview_token = secrets.token_hex(12)
        if row.source == Source.PROGRAM:
            _give_port(row)
        row.save()
        note(row, Note.OPENED, at)
    return row


def close_stream(*, by: Actor, stream: Stream, at: datetime) -> Stream:
    """Take back the opening: no encoder can connect any more, nothing was on the air. Raises
    PermissionRefused, MoveNotAllowed."""
    require(by, Permission.BROADCAST, stream)
    with transaction.atomic():
        row = lock(stream)
        if row.on_air_at is not None:
            raise StreamRefused("running")
        close(row, by=by, at=at)
    return row


def start_stream(*, by: Actor, stream: Stream, at: datetime) -> Stream:
    """Put the picture that comes on the air. Raises PermissionRefused, StreamRefused, MoveNotAllowed."""
    require(by, Permission.BROADCAST, stream)
    with transaction.atomic():
        row = lock(stream)
        if row.signal_at is None:
            raise StreamRefused("signal")
        put_on_air(row, by=by, at=at)
    return row


def pause_stream(*, by: Actor, stream: Stream, at: datetime) -> Stream:
    """Take the picture off the air for a while; the program stays connected. Raises PermissionRefused,
    MoveNotAllowed."""
    require(by, Permission.BROADCAST, stream)
    with transaction.atomic():
        row = lock(stream)
        move_stream(row, StreamState.WAITING, by=by, at=at)
        _tell(row)
    return row


def stop_stream(*, by: Actor, stream: Stream, at: datetime) -> Stream:
    """End a broadcast that was on the air for good, also while it is off the air; its recording is made
    afterwards. Raises PermissionRefused, StreamRefused, MoveNotAllowed."""
    require(by, Permission.BROADCAST, stream)
    with transaction.atomic():
        row = lock(stream)
        if row.state == StreamState.WAITING and row.on_air_at is None:
            raise StreamRefused("unseen")
        end(row, by=by, at=at)
    return row


def renew_passphrase(*, by: Actor, stream: Stream, at: datetime) -> Stream:
    """Another passphrase: who is connected stays, the former one no longer connects. Raises
    PermissionRefused, StreamRefused."""
    require(by, Permission.BROADCAST, stream)
    with transaction.atomic():
        row = lock(stream)
        if row.state == StreamState.ENDED or row.source != Source.PROGRAM:
            raise StreamRefused("edited")
        sealed.destroy_keys([row.holder])
        _give_passphrase(row)
        audit.record(by, Trail.STREAM_PASSPHRASE_RENEWED, row, zone=ZONE, at=at)
        _tell(row)
    return row


def see_passphrase(*, by: Actor, stream: Stream, at: datetime) -> str:
    """The passphrase, for who sets up the speaker's program. Raises PermissionRefused."""
    require(by, Permission.BROADCAST, stream)
    found = passphrases.passphrase_of(stream)
    if found:
        audit.record(by, Trail.STREAM_PASSPHRASE_SEEN, stream, zone=ZONE, at=at)
    return found


# What the worker's actions do too, on a locked row


def move_stream(row: Stream, to: StreamState, *, by: Actor, at: datetime, why: str = "") -> None:
    """Move a broadcast and let others react."""
    move(row, to=to, by=by, at=at, why=why.lower())
    facts: dict[str, str | int | bool] = {"to": str(to), "why": why}
    audit.record(by, Trail.STREAM_MOVED, row, zone=ZONE, at=at, facts=facts)
    stream_moved(by=by, stream=row, at=at)
    _tell(row)


def put_on_air(row: Stream, *, by: Actor, at: datetime) -> None:
    """From the next segment on viewers see it."""
    move_stream(row, StreamState.LIVE, by=by, at=at)
    row.on_air_at = row.on_air_at or at
    row.save(update_fields=["on_air_at"])


def close(row: Stream, *, by: Actor, at: datetime) -> None:
    """Back to what is planned: no encoder can connect, no film is played."""
    move_stream(row, StreamState.PLANNED, by=by, at=at)
    _leave(row)


def end(row: Stream, *, by: Actor, at: datetime) -> None:
    """End a broadcast for good, and have its recording made."""
    move_stream(row, StreamState.ENDED, by=by, at=at)
    row.ended_at = at
    _leave(row)
    sealed.destroy_keys([row.holder])
    row.passphrase = b""
    row.save(update_fields=["ended_at", "passphrase"])
    note(row, Note.FINISHED, at)
    if row.is_recorded and row.on_air_at is not None:
        later = {"seconds": RECORDED_AFTER}
        app.configure_task(RECORD, queue="training", schedule_in=later).defer(stream_id=row.pk)


def note(row: Stream, what: Note, at: datetime, n: int = 0) -> None:
    """Add a line to the log of a broadcast."""
    StreamNote.objects.create(stream=row, at=at, note=what, n=n)
    _tell(row)


def _leave(row: Stream) -> None:
    """Nothing comes any more."""
    row.port, row.signal_at, row.kbps, row.viewers = None, None, 0, 0
    row.save(update_fields=["port", "signal_at", "kbps", "viewers"])


def _fill(
    row: Stream,
    title: str,
    starts: datetime,
    language: str,
    film: MediaFile | None,
    *,
    is_automatic: bool,
    is_recorded: bool,
    at: datetime,
) -> None:
    if not title.strip():
        raise StreamRefused("title")
    if not at - EARLIEST <= starts <= at + LATEST:
        raise StreamRefused("starts")
    if film is not None and not film.is_ready:
        raise StreamRefused("film")
    row.title, row.starts, row.language, row.film = title.strip()[:160], starts, language, film
    row.source = Source.FILM if film is not None else Source.PROGRAM
    row.is_automatic = is_automatic or film is not None
    row.is_recorded = is_recorded and film is None


def _give_passphrase(row: Stream) -> None:
    """Five groups of four letters that can be read over the telephone: 98 bits."""
    words = ("".join(secrets.choice(LETTERS) for _place in range(4)) for _group in range(5))
    prepared = passphrases.prepared_key(row)
    prepared.store()
    row.passphrase = passphrases.sealed_passphrase(row, prepared, "-".join(words))
    row.save(update_fields=["passphrase"])


def _give_port(row: Stream) -> None:
    """A port that no other broadcast has. Each tries its own first: it keeps its address when it is opened
    again, and an encoder that still sends to an ended broadcast does not reach the next. Raises
    StreamRefused."""
    held = set(Stream.objects.exclude(pk=row.pk).exclude(port=None).values_list("port", flat=True))
    ports = program.ports()
    own = row.pk % len(ports)
    for port in (*ports[own:], *ports[:own]):
        if port in held:
            continue
        row.port = port
        try:
            with transaction.atomic():
                row.save(update_fields=["port"])
        except IntegrityError:  # another person has just opened one there
            continue
        return
    raise StreamRefused("ports")


def _tell(row: Stream) -> None:
    live.signal(CHANNEL)
    live.signal(f"{CHANNEL}.{row.ref}")
