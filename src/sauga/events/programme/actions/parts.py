"""Tracks and streams of an event."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from sauga.events.permissions import Permission
from sauga.events.programme.actions.events import lock_open
from sauga.events.programme.models import Event, Stream, Track
from sauga.events.trail import CHANNEL, ZONE, Trail
from sauga.kernel import audit, live
from sauga.kernel.i18n import languages
from sauga.kernel.identity import require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor

COLOURS = 8


class PartUnfit(ActionRefused):
    """A track or stream without a name, or a stream that is in use."""

    messages = {
        "title": _("Write the name in the language of the site."),
        "used": _("Sessions are in this stream. Move them first."),
        "unrecorded": _("A session in this stream must not be recorded. Move it first."),
    }
    fields = {"title": f"title_{languages.DEFAULT}", "unrecorded": "is_recorded"}


def save_track(
    *, by: Actor, event: Event, track: Track | None, title: Mapping[str, str], colour: int, at: datetime
) -> Track:
    """Add a track, or change one. Raises PermissionRefused, MoveNotAllowed, PartUnfit."""
    require(by, Permission.EDIT_PROGRAMME, event)
    with transaction.atomic():
        row = lock_open(event)
        held = track or Track(event=row, place=_next(row.tracks))
        held.title, held.colour = _named(title), max(1, min(colour, COLOURS))
        held.save()
        _changed(by, row, Trail.TRACK_CHANGED, "edited" if track else "added", at)
        return held


def remove_track(*, by: Actor, track: Track, at: datetime) -> None:
    """Take a track out; its sessions stay. Raises PermissionRefused, MoveNotAllowed."""
    require(by, Permission.EDIT_PROGRAMME, track)
    with transaction.atomic():
        row = lock_open(track.event)
        track.delete()
        _changed(by, row, Trail.TRACK_CHANGED, "removed", at)


def save_stream(
    *,
    by: Actor,
    event: Event,
    stream: Stream | None,
    name: Mapping[str, str],
    is_recorded: bool = False,
    at: datetime,
) -> Stream:
    """Add a stream, or change one. A stream with a session that must not be recorded is not recorded. Raises
    PermissionRefused, MoveNotAllowed, PartUnfit."""
    require(by, Permission.EDIT_PROGRAMME, event)
    with transaction.atomic():
        row = lock_open(event)
        held = stream or Stream(event=row, place=_next(row.streams))
        held.name, held.is_recorded = _named(name), is_recorded
        if is_recorded and held.pk and any(not one.may_be_recorded for one in held.sessions.all()):
            raise PartUnfit("unrecorded")
        held.save()
        _changed(by, row, Trail.TRACK_CHANGED, "stream_edited" if stream else "stream_added", at)
        return held


def remove_stream(*, by: Actor, stream: Stream, at: datetime) -> None:
    """Take an empty stream out. Raises PermissionRefused, MoveNotAllowed, PartUnfit."""
    require(by, Permission.EDIT_PROGRAMME, stream)
    with transaction.atomic():
        row = lock_open(stream.event)
        if stream.sessions.exists():
            raise PartUnfit("used")
        stream.delete()
        _changed(by, row, Trail.TRACK_CHANGED, "stream_removed", at)


def _next(rows: object) -> int:
    last = rows.aggregate(last=Max("place"))["last"]  # type: ignore[attr-defined]  # a related manager
    return 1 if last is None else last + 1


def _named(title: Mapping[str, str]) -> dict[str, str]:
    kept = {code: text.strip() for code, text in title.items() if text.strip()}
    if not kept.get(languages.DEFAULT):
        raise PartUnfit("title")
    return kept


def _changed(by: Actor, event: Event, name: Trail, what: str, at: datetime) -> None:
    event.changed_at = at
    event.save(update_fields=["changed_at"])
    audit.record(by, name, event, zone=ZONE, at=at, facts={"what": what})
    live.signal(CHANNEL)
