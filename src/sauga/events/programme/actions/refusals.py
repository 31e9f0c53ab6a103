"""Refusals that several actions of the programme share, and what raises them."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

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


def instants(starts: LocalTime, ends: LocalTime) -> tuple[datetime, datetime]:
    """The instants of a start and an end. Raises TimeRefused."""
    found = {}
    for name, given in (("starts", starts), ("ends", ends)):
        held = given.instants
        if len(held) != 1:
            raise TimeRefused(f"{name}_{'doubled' if held else 'skipped'}")
        found[name] = held[0]
    if found["ends"] <= found["starts"]:
        raise TimeRefused("order")
    return found["starts"], found["ends"]


def room_taken(room: str, title: str, starts: datetime, ends: datetime) -> RoomTaken:
    """The refusal that says by what a room is taken."""
    return RoomTaken(
        room=room, title=title, starts=lambda: short_datetime(starts), ends=lambda: short_datetime(ends)
    )


def check_seen(seen: str, changed_at: datetime) -> None:
    """Whether the page that was saved showed the present version. Raises ChangedMeanwhile."""
    if seen and seen != changed_at.isoformat():
        raise ChangedMeanwhile
