"""Presence at home: intervals of a registration, and who was there long enough."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sauga.events.programme.models import Event
from sauga.events.registration.models import Registration
from sauga.events.states import RegistrationState
from sauga.training.webinars.models import Presence, Webinar
from sauga.training.webinars.rules import ENOUGH_PERCENT, Span, minutes_present, was_present

SEATED = (RegistrationState.CONFIRMED, RegistrationState.CHECKED_IN)
CONFIRMED = (RegistrationState.ATTENDED,)


def spans_of(registration: Registration) -> list[Span]:
    """The intervals in which a page of this registration was open."""
    rows = Presence.objects.filter(registration=registration)
    return [(row.joined_at, row.left_at) for row in rows]


def percent_of(webinar: Webinar, registration: Registration) -> int:
    """How much of the webinar a participant was present, in percent, rounded down."""
    whole = whole_of(webinar)
    length = (whole[1] - whole[0]).total_seconds() / 60
    return int(minutes_present(spans_of(registration), whole) * 100 / length) if length > 0 else 0


def whole_of(webinar: Webinar) -> Span:
    """From the start to the end as it was."""
    times = webinar.times
    return times.starts, max(times.starts, times.over_at)


def is_enough(percent: int) -> bool:
    """Whether that is enough for a confirmation."""
    return percent >= ENOUGH_PERCENT


def present_at(webinar: Webinar) -> Sequence[Registration]:
    """Those with a seat who were there for three quarters of the webinar."""
    held: dict[int, list[Span]] = defaultdict(list)
    for row in Presence.objects.filter(webinar=webinar).iterator(chunk_size=2000):
        held[row.registration_id].append((row.joined_at, row.left_at))
    whole = whole_of(webinar)
    enough = [key for key, spans in held.items() if was_present(spans, whole)]
    return list(Registration.objects.filter(pk__in=enough, state__in=SEATED).order_by("pk"))


def confirmed_between(start: date, end: date) -> int:
    """How many people at home attended webinars of a period, as their pages recorded."""
    events = Event.objects.filter(webinar__isnull=False, starts__date__gte=start, starts__date__lt=end)
    rows = Registration.objects.filter(event__in=events, state__in=CONFIRMED, presences__isnull=False)
    return rows.distinct().count()
