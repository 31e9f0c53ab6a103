"""Venues and their rooms: added, changed, closed and opened again."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from sauga.events.permissions import Permission
from sauga.events.programme.actions.refusals import CodeRefused
from sauga.events.programme.models import Event, Room, Session, Venue
from sauga.events.states import EventState
from sauga.events.trail import CHANNEL, ZONE, Trail
from sauga.kernel import audit, live, vocab
from sauga.kernel.i18n import languages
from sauga.kernel.identity import require
from sauga.kernel.organisations.places import is_municipality
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, lock

ACCESSIBILITY = "venue_accessibility"
COMING = (EventState.DRAFT, EventState.PUBLISHED)


class VenueUnfit(ActionRefused):
    """A venue or room without a name, or one that is closed while something is planned there."""

    messages = {
        "name": _("Write the name in the language of the site."),
        "address": _("Write the address: street, number and town."),
        "used": _("Events that have not ended are planned here. Move or cancel them first."),
    }
    fields = {"name": f"name_{languages.DEFAULT}", "address": "address"}


def save_venue(
    *,
    by: Actor,
    venue: Venue | None,
    name: Mapping[str, str],
    address: str,
    municipality: str,
    accessibility: Sequence[str],
    accessibility_note: Mapping[str, str],
    directions: Mapping[str, str],
    at: datetime,
) -> Venue:
    """Add a venue, or change one; its events follow it to another municipality. Raises PermissionRefused,
    VenueUnfit, CodeRefused."""
    require(by, Permission.EDIT)
    known = all(vocab.has_term(ACCESSIBILITY, code) for code in accessibility)
    if not known or (municipality and not is_municipality(municipality)):
        raise CodeRefused
    if not address.strip():
        raise VenueUnfit("address")
    with transaction.atomic():
        held = lock(venue) if venue else Venue()
        held.name, held.address, held.municipality = _named(name), address.strip(), municipality
        held.accessibility = list(accessibility)
        held.accessibility_note = {code: text for code, text in accessibility_note.items() if text.strip()}
        held.directions = {code: text for code, text in directions.items() if text.strip()}
        held.save()
        Event.objects.filter(venue=held).exclude(municipality=municipality).update(municipality=municipality)
        _changed(by, held, "edited" if venue else "added", at)
        return held


def close_venue(*, by: Actor, venue: Venue, at: datetime) -> Venue:
    """Offer a venue no longer; past events keep it. Raises PermissionRefused, VenueUnfit."""
    require(by, Permission.EDIT)
    with transaction.atomic():
        held = lock(venue)
        if Event.objects.filter(venue=held, ends__gt=at, state__in=COMING).exists():
            raise VenueUnfit("used")
        held.closed_at = at
        held.save()
        _changed(by, held, "closed", at)
        return held


def reopen_venue(*, by: Actor, venue: Venue, at: datetime) -> Venue:
    """Offer a venue again. Raises PermissionRefused."""
    require(by, Permission.EDIT)
    with transaction.atomic():
        held = lock(venue)
        held.closed_at = None
        held.save()
        _changed(by, held, "reopened", at)
        return held


def save_room(
    *, by: Actor, venue: Venue, room: Room | None, name: Mapping[str, str], seats: int | None, at: datetime
) -> Room:
    """Add a room, or change one. Raises PermissionRefused, VenueUnfit."""
    require(by, Permission.EDIT)
    with transaction.atomic():
        held_venue = lock(venue)
        last = held_venue.rooms.aggregate(last=Max("place"))["last"]
        held = room or Room(venue=held_venue, place=1 if last is None else last + 1)
        held.name, held.seats = _named(name), seats
        held.save()
        _changed(by, held_venue, "room_edited" if room else "room_added", at)
        return held


def close_room(*, by: Actor, room: Room, at: datetime) -> Room:
    """Offer a room no longer. Raises PermissionRefused, VenueUnfit."""
    require(by, Permission.EDIT)
    with transaction.atomic():
        held = lock(room)
        if Session.objects.filter(room=held, ends__gt=at, event__state__in=COMING).exists():
            raise VenueUnfit("used")
        held.closed_at = at
        held.save()
        _changed(by, held.venue, "room_closed", at)
        return held


def reopen_room(*, by: Actor, room: Room, at: datetime) -> Room:
    """Offer a room again. Raises PermissionRefused."""
    require(by, Permission.EDIT)
    with transaction.atomic():
        held = lock(room)
        held.closed_at = None
        held.save()
        _changed(by, held.venue, "room_reopened", at)
        return held


def _named(name: Mapping[str, str]) -> dict[str, str]:
    kept = {code: text.strip() for code, text in name.items() if text.strip()}
    if not kept.get(languages.DEFAULT):
        raise VenueUnfit("name")
    return kept


def _changed(by: Actor, venue: Venue, what: str, at: datetime) -> None:
    audit.record(by, Trail.VENUE_CHANGED, venue, zone=ZONE, at=at, facts={"what": what})
    live.signal(CHANNEL)
