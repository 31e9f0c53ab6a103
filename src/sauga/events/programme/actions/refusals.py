"""Refusals that several actions of the programme share, and what raises them."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sauga.events.programme.rules.conflicts import Conflict, Found, Placed, Surroundings
from sauga.events.programme.rules.local_times import LocalTime
from sauga.kernel.i18n import short_datetime
from sauga.kernel.refusals import ActionRefused, ChangedMeanwhile


class TimeRefused(ActionRefused):
    """An hour that does not exist or comes twice, or an end that is not after the start."""

    messages = {
        "starts_skipped": _(
            "On that night the clocks go forward and this hour does not exist. Choose another time."
        ),
        "ends_skipped": _(
            "On that night the clocks go forward and this hour does not exist. Choose another time."
        ),
        "starts_doubled": _("On that night the clocks go back and this hour comes twice. Choose which one."),
        "ends_doubled": _("On that night the clocks go back and this hour comes twice. Choose which one."),
        "order": _("The end must come after the start."),
        "long": _("An event lasts at most 31 days. For more, make a series."),
    }
    fields = {
        "starts_skipped": "starts",
        "ends_skipped": "ends",
        "starts_doubled": "starts_which",
        "ends_doubled": "ends_which",
        "order": "ends",
        "long": "ends",
    }


class CodeRefused(ActionRefused):
    """A code that its list does not have."""

    message = _("Choose one of the codes of the list.")


class RoomTaken(ActionRefused):
    """Another session has the room at that time."""

    message = _("%(room)s is booked from %(starts)s to %(ends)s: %(title)s. Choose another room or time.")
    field = "place"


class OutsideEvent(ActionRefused):
    """A session begins before its event or ends after it."""

    message = _("The event is from %(starts)s to %(ends)s; a session lies within it.")
    field = "starts"


class PlaceTaken(ActionRefused):
    """Another session of the same event is at that time in that place, or is for everybody."""

    message = _(
        "At that time there is “%(title)s”, in the same place or for everybody. Choose another time, or a "
        "room for each of the two."
    )
    field = "place"


class SpeakerBusy(ActionRefused):
    """A speaker would be in two sessions at once, or cannot be there at that time."""

    messages = {
        "session": _("%(speaker)s speaks in “%(title)s” at that time. Choose another time."),
        "absent": _("%(speaker)s cannot speak at that time. Choose another time."),
    }
    field = "starts"


class RecordedPlace(ActionRefused):
    """A session that must not be recorded in a stream that is recorded."""

    message = _("Everything in %(place)s is recorded, and this session must not be. Choose another place.")
    field = "place"


class SeatsShort(ActionRefused):
    """More seats are wanted than the room has: said as a warning, never refused."""

    message = _("%(place)s has %(seats)s seats, and %(wanted)s are wanted.")
    field = "place"


def refusal_of(found: Found, wanted: Placed, around: Surroundings) -> ActionRefused:
    """The sentence about a conflict, as the refusal that an action raises."""
    place = around.places.get(wanted.place)
    name = place.name if place else ""
    title = found.other.title if found.other else ""
    other = found.other or wanted
    refusals: dict[Conflict, ActionRefused] = {
        Conflict.OUTSIDE: OutsideEvent(
            starts=lambda: short_datetime(around.starts), ends=lambda: short_datetime(around.ends)
        ),
        Conflict.PLACE: PlaceTaken(title=title),
        Conflict.ROOM: room_taken(name, title, other.starts, other.ends),
        Conflict.SPEAKER: SpeakerBusy("session", speaker=found.speaker, title=title),
        Conflict.ABSENT: SpeakerBusy("absent", speaker=found.speaker),
        Conflict.RECORDED: RecordedPlace(place=name),
        Conflict.SEATS: SeatsShort(place=name, seats=place.seats if place else 0, wanted=wanted.seats),
    }
    return refusals[found.code]


def instant(name: str, given: LocalTime) -> datetime:
    """The instant of an hour of the clock, which the form calls `name`. Raises TimeRefused."""
    held = given.instants
    if len(held) != 1:
        raise TimeRefused(f"{name}_{'doubled' if held else 'skipped'}")
    return held[0]


def instants(starts: LocalTime, ends: LocalTime) -> tuple[datetime, datetime]:
    """The instants of a start and an end. Raises TimeRefused."""
    first, last = instant("starts", starts), instant("ends", ends)
    if last <= first:
        raise TimeRefused("order")
    return first, last


def room_taken(room: str, title: str, starts: datetime, ends: datetime) -> RoomTaken:
    """The refusal that says by what a room is taken."""
    return RoomTaken(
        room=room, title=title, starts=lambda: short_datetime(starts), ends=lambda: short_datetime(ends)
    )


def check_seen(seen: str, changed_at: datetime) -> None:
    """Whether the page that was saved showed the present version. Raises ChangedMeanwhile."""
    if seen and seen != changed_at.isoformat():
        raise ChangedMeanwhile
