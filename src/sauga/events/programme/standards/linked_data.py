"""Events as schema.org Event: facts about the event only, nothing about its readers."""

from collections.abc import Sequence
from typing import Any, Protocol

from django.urls import reverse

from sauga.events.programme.models import Event, EventFormat, said
from sauga.events.states import EventState
from sauga.kernel.i18n.languages import active
from sauga.kernel.organisations.places import HOME, municipality_name
from sauga.kernel.ui.public_frame.language import whole

MODES = {
    EventFormat.ONSITE: "OfflineEventAttendanceMode",
    EventFormat.ONLINE: "OnlineEventAttendanceMode",
    EventFormat.HYBRID: "MixedEventAttendanceMode",
}
SCHEMA = "https://schema.org/"


class Named(Protocol):
    """A speaker whose consent lasts."""

    @property
    def name(self) -> str: ...


def event_jsonld(event: Event, speakers: Sequence[Named]) -> dict[str, Any]:
    """One event in the language of the page."""
    address = whole(reverse("events-event", args=[event.slug]))
    state = "EventCancelled" if event.state == EventState.CANCELLED else "EventScheduled"
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": address,
        "url": address,
        "name": str(said(event.title)),
        "description": str(said(event.summary)),
        "startDate": event.starts.isoformat(),
        "endDate": event.ends.isoformat(),
        "eventStatus": SCHEMA + state,
        "eventAttendanceMode": SCHEMA + MODES[EventFormat(event.format)],
        "inLanguage": event.languages or [active().code],
        "isAccessibleForFree": True,
        "organizer": {"@type": "Organization", "name": event.organiser.name_at(event.starts)},
        "location": _locations(event, address),
    }
    if speakers:
        found["performer"] = [{"@type": "Person", "name": one.name} for one in speakers]
    if event.series is not None:
        found["superEvent"] = {"@type": "EventSeries", "name": str(said(event.series.title))}
    return found


def _locations(event: Event, address: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    if event.format != EventFormat.ONLINE and event.venue is not None:
        place = {
            "@type": "PostalAddress",
            "streetAddress": event.venue.address,
            "addressRegion": municipality_name(event.municipality),
            "addressCountry": HOME,
        }
        found.append({"@type": "Place", "name": str(said(event.venue.name)), "address": place})
    if event.format != EventFormat.ONSITE:
        found.append({"@type": "VirtualLocation", "url": address})
    return found
