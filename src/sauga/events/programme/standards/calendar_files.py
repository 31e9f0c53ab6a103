"""Events as calendar entries (iCalendar): a series is many entries, each an instant of its own, so that no
change of clocks moves one.
"""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from sauga.events.programme.models import Event, EventFormat, said
from sauga.events.states import EventState
from sauga.kernel.ui.formats import calendars
from sauga.kernel.ui.public_frame.language import whole

PRODUCT = "Events"


def entry(event: Event) -> calendars.Event:
    """One event. Its name in calendars never changes; its number grows with every change."""
    return calendars.Event(
        uid=f"{event.ref}@{_host()}",
        begins=event.starts,
        ends=event.ends,
        title=str(said(event.title)),
        text=str(said(event.summary)),
        number=event.sequence,
        is_cancelled=event.state == EventState.CANCELLED,
        is_private=False,
        place=_place(event),
        address=whole(reverse("events-event", args=[event.slug])),
        changed_at=event.changed_at,
    )


def calendar_file(name: str, events: Iterable[Event], at: datetime) -> str:
    """A calendar of events."""
    return calendars.calendar(name, [entry(one) for one in events], at, PRODUCT)


def _place(event: Event) -> str:
    if event.venue is None or event.format == EventFormat.ONLINE:
        return ""
    return f"{said(event.venue.name)!s}, {event.venue.address}"


def _host() -> str:
    return settings.ENV.base_url.partition("://")[2].partition("/")[0].partition(":")[0] or "sauga"
