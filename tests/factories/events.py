"""Events for tests: an organiser, venues with rooms, drafts and published events."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sauga.events.planning.actions.team import add_member
from sauga.events.programme.actions import events as actions
from sauga.events.programme.actions import publication, sessions, venues
from sauga.events.programme.actions.events import EventGiven, EventWords
from sauga.events.programme.actions.sessions import SessionGiven
from sauga.events.programme.models import Event, Room, Session, Venue
from sauga.events.programme.queries.events import own_organisation
from sauga.events.programme.rules.local_times import LocalTime
from sauga.kernel.clock import VILNIUS
from tests.centre import Centre

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def local(text: str, which: str = "") -> LocalTime:
    """What the clock in Vilnius shows, as `2027-02-09 10:00`."""
    return LocalTime(datetime.fromisoformat(text), which)


def words(lt: str, en: str = "") -> dict[str, str]:
    """A text in Lithuanian and, if given, in English."""
    return {"lt": lt, "en": en} if en else {"lt": lt}


def given(centre: Centre, **more: Any) -> EventGiven:
    """What an organiser enters: complete enough to be published."""
    organiser = own_organisation(centre.actor("ORGANISER"))
    assert organiser is not None
    held = EventGiven(
        words=EventWords(
            title=words("Tėvų vakaras", "Evening for parents"),
            summary=words("Pokalbis.", "A talk."),
            description=words("Pirma pastraipa.\n\nAntra.", "First.\n\nSecond."),
        ),
        kind="seminar",
        format="online",
        starts=local("2027-02-09 10:00"),
        ends=local("2027-02-09 12:00"),
        organiser=organiser,
        audiences=["parents_carers"],
        topics=["gaming"],
        languages=["lt"],
        access=["captions"],
        photo_policy="none",
    )
    return replace(held, **more)


def draft(centre: Centre, **more: Any) -> Event:
    """A draft that could be published."""
    return actions.create_event(by=centre.actor("ORGANISER"), given=given(centre, **more), at=NOW)


def published_event(centre: Centre, **more: Any) -> Event:
    """A published event."""
    return publication.publish_event(by=centre.actor("ORGANISER"), event=draft(centre, **more), at=NOW)


def venue(centre: Centre, accessibility: tuple[str, ...] = ("step_free",)) -> Venue:
    """A venue in Vilnius."""
    return venues.save_venue(
        by=centre.actor("ORGANISER"),
        venue=None,
        name=words("Rūmai", "House"),
        address="Pavyzdžio g. 1, Vilnius",
        municipality="LT-57",
        accessibility=accessibility,
        accessibility_note={},
        directions={},
        at=NOW,
    )


def room(centre: Centre, where: Venue, name: str = "Salė") -> Room:
    """A room of a venue."""
    return venues.save_room(
        by=centre.actor("ORGANISER"), venue=where, room=None, name=words(name), seats=50, at=NOW
    )


def session(centre: Centre, event: Event, starts: str, ends: str, **more: Any) -> Session:
    """A session of an event, on the day of its start where only hours are given."""
    held: dict[str, Any] = {"title": words("Dalis", "Session"), **more}
    entered = SessionGiven(starts=_on(event, starts), ends=_on(event, ends), **held)
    return sessions.add_session(by=centre.actor("ORGANISER"), event=event, given=entered, at=NOW)


def form(values: Mapping[str, Any]) -> dict[str, Any]:
    """What a browser posts for an event."""
    return {
        "title_lt": "Tėvų vakaras",
        "kind": "seminar",
        "format": "online",
        "starts": "2027-02-09T10:00",
        "ends": "2027-02-09T12:00",
        **values,
    }


def _on(event: Event, text: str) -> LocalTime:
    return local(text) if " " in text else local(f"{event.starts.astimezone(VILNIUS).date()} {text}")


def on_team(centre: Centre, event: Event, *roles: str) -> Event:
    """Put the people of these roles on the team of an event: where they do not hold all events, their
    permissions count only there."""
    for role in roles:
        add_member(by=centre.actor("ORGANISER"), event=event, person=centre.people[role], role=role, at=NOW)
    return event
