"""Parts of the programme at the desk: venues and rooms; sessions, tracks, streams, speakers of one event."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from sauga.events.permissions import Permission
from sauga.events.programme.models import Event, Room, Series, Speaker, Stream, Track, Venue
from sauga.events.states import PUBLIC
from sauga.kernel.identity import PersonActor


def venues() -> QuerySet[Venue]:
    """All venues with the numbers of their open rooms and of their published events."""
    return Venue.objects.annotate(
        open_rooms=Count("rooms", filter=Q(rooms__closed_at__isnull=True), distinct=True),
        held=Count("events", filter=Q(events__state__in=PUBLIC), distinct=True),
    ).order_by("closed_at", "pk")


def open_venues() -> list[tuple[str, str]]:
    """Reference and name of each venue that is offered."""
    return [(row.ref, str(row)) for row in Venue.objects.filter(closed_at__isnull=True).order_by("pk")]


def series_choices() -> list[tuple[str, str]]:
    """Reference and title of each series."""
    return [(row.ref, str(row)) for row in Series.objects.order_by("slug")]


def venue_for(by: PersonActor, ref: str) -> Venue:
    """One venue. Raises Http404."""
    found: Venue = _one(by, Venue.objects.filter(ref=ref))
    return found


def venue_named(ref: str) -> Venue | None:
    """The open venue that a form names."""
    return Venue.objects.filter(ref=ref, closed_at__isnull=True).first() if ref else None


def series_named(ref: str) -> Series | None:
    """The series that a form names."""
    return Series.objects.filter(ref=ref).first() if ref else None


def rooms(venue: Venue) -> list[Room]:
    """The rooms of a venue, the closed ones last."""
    return sorted(venue.rooms.all(), key=lambda row: (row.closed_at is not None, row.place, row.pk))


def room_for(by: PersonActor, venue: Venue, ref: str) -> Room:
    """One room of a venue. Raises Http404."""
    found: Room = _one(by, venue.rooms.filter(ref=ref))
    return found


def places(event: Event) -> list[tuple[str, str]]:
    """Reference and name of each place that a session of an event may have."""
    open_rooms = event.venue.rooms.filter(closed_at__isnull=True) if event.venue else ()
    return [(row.ref, str(row)) for row in (*open_rooms, *event.streams.all())]


def place_named(event: Event, ref: str) -> tuple[Room | None, Stream | None]:
    """The room or stream that a form names."""
    room = event.venue.rooms.filter(ref=ref).first() if event.venue and ref else None
    return room, event.streams.filter(ref=ref).first() if ref and room is None else None


def track_named(event: Event, ref: str) -> Track | None:
    """The track that a form names."""
    found: Track | None = event.tracks.filter(ref=ref).first() if ref else None
    return found


def speakers_named(event: Event, refs: Sequence[str]) -> list[Speaker]:
    """The speakers that a form names, in the order of the event."""
    return list(event.speakers.filter(ref__in=list(refs)))


def part_of(by: PersonActor, event: Event, kind: str, ref: str) -> Any:
    """A session, track, stream or speaker of an event: `kind` is its name there. Raises Http404."""
    return _one(by, getattr(event, kind).filter(ref=ref))


def _one(by: PersonActor, rows: Any) -> Any:
    found = rows.first() if by.can(Permission.SEE) else None
    if found is None:
        raise Http404
    return found
