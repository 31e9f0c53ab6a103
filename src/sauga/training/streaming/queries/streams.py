"""Broadcasts at the desk, for the public, and for the worker that runs them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.http import Http404

from sauga.kernel.identity import PersonActor
from sauga.kernel.media import FileState, Kind, MediaFile
from sauga.training.permissions import Permission
from sauga.training.states import StreamState
from sauga.training.streaming.models import (
    FILM_OWNER,
    OWNER,
    CaptionLine,
    Source,
    Stream,
    StreamNote,
)
from sauga.training.streaming.queries.secrets import passphrase_of
from sauga.training.streaming.rules.captions import Line
from sauga.training.streaming.rules.health import Note

COMING, RUNNING, OVER = "coming", "running", "over"
VIEWS = {
    COMING: (StreamState.PLANNED,),
    RUNNING: (StreamState.WAITING, StreamState.LIVE, StreamState.FAILED),
    OVER: (StreamState.ENDED,),
}
MOST_NOTES = 60
MOST_LINES = 12


@dataclass(frozen=True)
class Wanted:
    """A broadcast whose encoder must run, with all that the worker needs of it."""

    pk: int
    ref: str
    state: str
    source: str
    port: int
    passphrase: str
    film: MediaFile | None
    preview_token: str
    opened_at: datetime
    is_recorded: bool
    lines: int


def is_live(stream: Stream) -> bool:
    """Whether the public can watch it now."""
    return stream.state == StreamState.LIVE


def desk_streams(view: str) -> QuerySet[Stream]:
    """The broadcasts of one view of the desk."""
    return Stream.objects.filter(state__in=VIEWS.get(view, VIEWS[COMING]))


def desk_counts() -> dict[str, int]:
    """How many there are in each view."""
    return {view: desk_streams(view).count() for view in VIEWS}


def stream_for(by: PersonActor, ref: str) -> Stream:
    """A broadcast for a person who runs broadcasts. Raises Http404."""
    return _found(by, ref, Permission.BROADCAST)


def stream_to_caption(by: PersonActor, ref: str) -> Stream:
    """A broadcast for a person who types captions. Raises Http404."""
    return _found(by, ref, Permission.CAPTION)


def public_stream(ref: str) -> Stream:
    """A broadcast by its reference. Raises Http404."""
    stream = Stream.objects.filter(ref=ref.upper()).first()
    if stream is None:
        raise Http404
    return stream


def notes_of(stream: Stream) -> list[StreamNote]:
    """The log of a broadcast, the newest first; of the minutes in service the last alone."""
    rows = stream.notes.order_by("-pk")
    last = rows.filter(note=Note.IN_SERVICE).first()
    told = list(rows.exclude(note=Note.IN_SERVICE)[:MOST_NOTES])
    return sorted([*told, *([last] if last else [])], key=lambda row: -row.pk)


def last_lines(stream: Stream) -> list[CaptionLine]:
    """The last lines of live captions, the newest first."""
    return list(stream.lines.order_by("-number")[:MOST_LINES])


def lines_of(stream_id: int, most: int) -> list[Line]:
    """The last lines of a broadcast, in order, for the reader beside the player."""
    rows = CaptionLine.objects.filter(stream_id=stream_id).order_by("-number")[:most]
    return [Line(row.number, row.at, row.text) for row in reversed(rows)]


def films() -> list[MediaFile]:
    """What can be played as if live: uploaded for it, recorded here, or a film of the resources."""
    return list(
        MediaFile.objects.filter(
            kind=Kind.VIDEO, state=FileState.READY, owner__in=(OWNER, FILM_OWNER, "repository.rendition")
        ).order_by("-received_at")[:50]
    )


def wanted() -> list[Wanted]:
    """The broadcasts whose encoder must run now."""
    rows = (
        Stream.objects.filter(state__in=(StreamState.WAITING, StreamState.LIVE))
        .select_related("film")
        .order_by("pk")
    )
    return [
        Wanted(
            pk=row.pk,
            ref=row.ref,
            state=row.state,
            source=row.source,
            port=row.port or 0,
            passphrase=passphrase_of(row) if row.source == Source.PROGRAM else "",
            film=row.film,
            preview_token=row.preview_token,
            opened_at=row.opened_at or row.starts,
            is_recorded=row.is_recorded,
            lines=row.lines.order_by("-number").values_list("number", flat=True).first() or 0,
        )
        for row in rows
    ]


def with_old_segments(before: datetime) -> list[Stream]:
    """Ended broadcasts whose segments are no longer needed: the recording is made, or there is none to
    make."""
    rows = Stream.objects.filter(state=StreamState.ENDED, ended_at__lt=before, segments_deleted_at=None)
    is_due = Q(recording__isnull=False) | Q(is_recorded=False) | Q(ended_at__lt=before - GIVEN_UP)
    return list(rows.filter(is_due))


GIVEN_UP = timedelta(days=14)
"""Segments of which no recording could be made are kept so long, so that somebody can look."""


def _found(by: PersonActor, ref: str, permission: Permission) -> Stream:
    stream = Stream.objects.select_related("recording", "captions", "film").filter(ref=ref).first()
    if stream is None or not by.can(permission):
        raise Http404
    return stream
