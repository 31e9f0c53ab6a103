"""What holds for a webinar: where its picture comes from, its phases by the clock, and how long a participant
at home was present. Pure.

Presence is minutes, not a click: each page that is open tells every 20 seconds that it is there. Two devices
of one person, or two tabs, count once: the union of all intervals within the webinar. From three quarters of
its length on the hours count.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

BEAT = timedelta(seconds=20)
"""How often an open page says that it is there."""
GAP = timedelta(seconds=70)
"""So long a page may be silent before its interval ends: three beats may be lost on the way."""
ENOUGH_PERCENT = 75
DOORS = timedelta(minutes=30)
"""So long before the start the pages of the day show that it is about to begin."""
LONGEST_QUESTION = 500
LONGEST_SCRIPT = 12_000
LONGEST_URL = 500
MOST_QUESTIONS_AN_HOUR = 20
"""From one page; the count is in memory only, under a key that changes every day."""

type Span = tuple[datetime, datetime]


class Source(TextChoices):
    """Where the picture of a webinar comes from."""

    STREAM = "STREAM", _("our own broadcast")
    RECORDING = "RECORDING", _("a recording, shown as if live")
    ROOM = "ROOM", _("a meeting room of another system")


class Room(TextChoices):
    """Systems whose rooms a webinar can link to."""

    BIG_BLUE_BUTTON = "BIG_BLUE_BUTTON", "BigBlueButton"
    JITSI = "JITSI", "Jitsi Meet"
    TEAMS = "TEAMS", "Microsoft Teams"
    OTHER = "OTHER", pgettext_lazy("online room", "another system")


class Phase(StrEnum):
    """Where a webinar stands by the clock."""

    AHEAD = "AHEAD"
    DOORS = "DOORS"
    LIVE = "LIVE"
    OVER = "OVER"


@dataclass(frozen=True)
class Times:
    """When a webinar begins and ends; `ended_at` where the organisers ended it before its time."""

    starts: datetime
    ends: datetime
    ended_at: datetime | None = None

    @property
    def over_at(self) -> datetime:
        """When it is over."""
        return min(self.ends, self.ended_at) if self.ended_at else self.ends

    def phase(self, at: datetime) -> Phase:
        """Where it stands."""
        if at >= self.over_at:
            return Phase.OVER
        if at >= self.starts:
            return Phase.LIVE
        return Phase.DOORS if at >= self.starts - DOORS else Phase.AHEAD


@dataclass(frozen=True)
class RoomAdapter:
    """What we know of another system: how its addresses begin, and whether it runs in a browser alone.

    Sauga only links to a room. Who was there is recorded by the learner's own page here, never by a name that
    a person types in the other system.
    """

    code: str
    name: str
    hosts: tuple[str, ...] = ()
    needs_program: bool = False

    def fits(self, address: str) -> bool:
        """Whether the address can be one of its rooms: https, a host, and where the system is run by one
        company only, that company's host."""
        if len(address) > LONGEST_URL:
            return False
        try:
            parts = urlsplit(address)
            host = parts.hostname or ""
        except ValueError:
            return False
        if parts.scheme != "https" or "." not in host or parts.username or parts.password:
            return False
        return not self.hosts or any(host == one or host.endswith(f".{one}") for one in self.hosts)


ADAPTERS: dict[str, RoomAdapter] = {
    one.code: one
    for one in (
        RoomAdapter(Room.BIG_BLUE_BUTTON, "BigBlueButton"),
        RoomAdapter(Room.JITSI, "Jitsi Meet"),
        RoomAdapter(Room.TEAMS, "Microsoft Teams", hosts=("teams.microsoft.com", "teams.live.com")),
        RoomAdapter(Room.OTHER, ""),
    )
}


def continues(left: datetime, at: datetime) -> bool:
    """Whether a beat continues an interval that was last heard of at `left`."""
    return left <= at <= left + GAP


def minutes_present(spans: Iterable[Span], whole: Span) -> float:
    """Minutes of the union of these intervals within the webinar: what overlaps counts once."""
    starts, ends = whole
    total, reached = timedelta(), starts
    for begun, ended in sorted(spans):
        first, last = max(begun, reached), min(ended, ends)
        if last > first:
            total += last - first
            reached = last
    return total.total_seconds() / 60


def was_present(spans: Iterable[Span], whole: Span) -> bool:
    """Whether that is at least three quarters of the webinar. A webinar without length has no one present."""
    starts, ends = whole
    length = (ends - starts).total_seconds() / 60
    return length > 0 and minutes_present(spans, whole) * 100 >= length * ENOUGH_PERCENT
