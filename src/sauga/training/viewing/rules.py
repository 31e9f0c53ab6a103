"""What holds for a viewing site: its states, what its equipment test says, when it may be live and counted,
and what has to happen by itself. Pure.

A viewing site is a library that shows one webinar to people in its hall. One stream is one library, never one
viewer: how many people sat there is what the library counts and reports.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from sauga.training.states import BEFORE_SHOWING as BEFORE
from sauga.training.states import SiteState

COUNT_WITHIN = timedelta(hours=72)
REMINDED_AFTER = timedelta(hours=48)
NO_SHOW_AFTER = timedelta(hours=24)
"""So long after the end a library that was not seen live may still say that it showed the webinar, for
instance the recording from its own disk; then it is a no-show."""
LIVE_BEFORE = timedelta(minutes=15)
MATERIALS_BEFORE = timedelta(hours=30)
"""From then on the evening's papers and the recording go out: on the day before, at the latest."""
TEST_REMINDER_BEFORE = timedelta(days=3)
ENROL_REMINDER_BEFORE = timedelta(days=7)
ENROL_REMINDER_AFTER = timedelta(days=3)
CLOSES_AFTER = timedelta(days=14)
SILENT = timedelta(seconds=75)
"""After so long without a beat the picture counts as lost."""
MOST_SEATS = 1000
MOST_HEADS = 2000
LONGEST_NAME = 80
LONGEST_PHONE = 30
LONGEST_NOTE = 300
LONGEST_MESSAGE = 1000
ENOUGH_KBIT = 600
"""The small picture (360p) with sound needs 500 kbit/s; some more keeps it from stopping."""
GOOD_KBIT = 1800
"""The large picture (720p) with sound needs 1,300 kbit/s."""


class Picture(TextChoices):
    """What a library sees, as its page reports or its host says."""

    UNKNOWN = "", ""
    OK = "OK", _("picture and sound")
    SOUND = "SOUND", _("sound only")
    FALLBACK = "FALLBACK", _("the recording from the library's own disk")
    STALLED = "STALLED", _("the picture has stopped")
    LOST = "LOST", _("nothing heard from the page")


TROUBLED = (Picture.SOUND, Picture.FALLBACK, Picture.STALLED, Picture.LOST)


class Advice(StrEnum):
    """What a test found wrong, and so what to do."""

    PICTURE = "PICTURE"
    SOUND = "SOUND"
    SLOW = "SLOW"
    SMALL = "SMALL"
    FALLBACK = "FALLBACK"


@dataclass(frozen=True)
class Findings:
    """What a test found: the moving picture, the sound in the hall, whether the film ran without stopping,
    the speed where the browser could measure it, and whether the downloaded recording plays."""

    picture: bool
    sound: bool
    smooth: bool
    kbit: int | None = None
    fallback: bool = False

    @property
    def is_fast(self) -> bool:
        """Whether the connection is fast enough, as measured or, without a measure, as seen."""
        return self.smooth if self.kbit is None else self.kbit >= ENOUGH_KBIT

    @property
    def passed(self) -> bool:
        """Whether the evening can be held: there is sound, and either the stream or the recording plays."""
        return self.sound and ((self.picture and self.is_fast) or self.fallback)

    def advice(self) -> list[Advice]:
        """What to do, the most urgent first."""
        found = []
        if not self.picture:
            found.append(Advice.PICTURE)
        if not self.sound:
            found.append(Advice.SOUND)
        if self.picture and not self.is_fast:
            found.append(Advice.SLOW)
        elif self.picture and self.kbit is not None and self.kbit < GOOD_KBIT:
            found.append(Advice.SMALL)
        if not (self.picture and self.is_fast):
            found.append(Advice.FALLBACK)
        return found


def may_go_live(at: datetime, starts: datetime, over_at: datetime) -> bool:
    """Whether a library can be showing the webinar now, or say that it showed it."""
    return starts - LIVE_BEFORE <= at < over_at + NO_SHOW_AFTER


def wrong_heads(heads: Mapping[str, int], groups: set[str]) -> str:
    """The code of what cannot be about a count; empty where all is well."""
    if heads.keys() - groups or any(n < 0 for n in heads.values()):
        return "negative"
    if any(n > MOST_HEADS for n in heads.values()):
        return "absurd"
    return "" if any(heads.values()) else "none"


def is_beyond_room(total: int, seats: int) -> bool:
    """Whether more people were there than the room seats, as is said: it may be so, and may be a slip."""
    return total > seats


def needs_note(total: int, seats: int) -> bool:
    """Whether so many people need an explanation: more than twice the seats."""
    return total > 2 * seats


class Due(StrEnum):
    """What happens by itself at a viewing site."""

    REMIND_TO_ENROL = "REMIND_TO_ENROL"
    REMIND_TO_TEST = "REMIND_TO_TEST"
    SEND_MATERIALS = "SEND_MATERIALS"
    ASK_FOR_COUNT = "ASK_FOR_COUNT"
    REMIND_TO_COUNT = "REMIND_TO_COUNT"
    OVERDUE = "OVERDUE"
    NO_SHOW = "NO_SHOW"
    CLOSE = "CLOSE"


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What decides about a site: its state, since when, and what it was sent already."""

    state: str
    since: datetime
    invited_at: datetime
    is_declined: bool = False
    sent: frozenset[str] = frozenset()


def due(site: Standing, *, starts: datetime, over_at: datetime, at: datetime) -> Due | None:
    """The next thing to do at a site; None where there is nothing. Nothing is sent twice."""
    state = site.state
    if state == SiteState.INVITED:
        is_time = (
            starts - ENROL_REMINDER_BEFORE <= at < starts and at >= site.invited_at + ENROL_REMINDER_AFTER
        )
        return Due.REMIND_TO_ENROL if is_time and _fresh(site, Due.REMIND_TO_ENROL) else None
    if state in BEFORE:
        return _due_before(site, starts, over_at, at)
    if state == SiteState.LIVE:
        return _due_after(site, over_at, at)
    if state in (SiteState.COUNTED, SiteState.NO_SHOW) and at >= max(site.since, over_at) + CLOSES_AFTER:
        return Due.CLOSE
    return None


def _due_before(site: Standing, starts: datetime, over_at: datetime, at: datetime) -> Due | None:
    if at >= over_at + NO_SHOW_AFTER:
        return Due.NO_SHOW
    if starts - MATERIALS_BEFORE <= at < over_at and _fresh(site, Due.SEND_MATERIALS):
        return Due.SEND_MATERIALS
    is_untested = site.state == SiteState.ENROLLED and starts - TEST_REMINDER_BEFORE <= at < starts
    return Due.REMIND_TO_TEST if is_untested and _fresh(site, Due.REMIND_TO_TEST) else None


def _due_after(site: Standing, over_at: datetime, at: datetime) -> Due | None:
    if at >= over_at + COUNT_WITHIN:
        return Due.OVERDUE
    if at >= over_at + REMINDED_AFTER and _fresh(site, Due.REMIND_TO_COUNT):
        return Due.REMIND_TO_COUNT
    if at >= over_at and _fresh(site, Due.ASK_FOR_COUNT):
        return Due.ASK_FOR_COUNT
    return None


def _fresh(site: Standing, what: Due) -> bool:
    if what == Due.REMIND_TO_ENROL and site.is_declined:
        return False
    return what not in site.sent
