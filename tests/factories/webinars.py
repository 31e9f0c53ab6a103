"""Webinars and their viewing sites for tests, made by the same actions as real ones."""

from datetime import UTC, datetime, timedelta
from typing import Any

from factories import events
from factories.events import local, words
from sauga.events.programme.actions import publication, speakers
from sauga.events.programme.models import Event, Speaker
from sauga.kernel.organisations import create_organisation
from sauga.kernel.organisations.actions.codes import set_contact
from sauga.kernel.organisations.models import Organisation
from sauga.kernel.states import SystemActor
from sauga.training.viewing.actions import hosts, invitations
from sauga.training.viewing.actions.hosts import Enrolment
from sauga.training.viewing.models import ViewingSite
from sauga.training.viewing.queries.hosts import Host
from sauga.training.viewing.rules import Findings
from sauga.training.webinars.actions import webinars as actions
from sauga.training.webinars.actions.webinars import WebinarGiven
from sauga.training.webinars.models import Webinar
from sauga.training.webinars.rules import Source
from tests.centre import Centre

SETUP, HOST, WORKER = SystemActor("setup"), SystemActor("site_host"), SystemActor("training")
VIEWER, SPEAKER = SystemActor("webinar_viewer"), SystemActor("webinar_speaker")
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
STARTS = datetime(2027, 1, 21, 15, 30, tzinfo=UTC)
ENDS = datetime(2027, 1, 21, 16, 30, tzinfo=UTC)
DURING = STARTS + timedelta(minutes=20)
AFTER = ENDS + timedelta(minutes=5)
GOOD = Findings(picture=True, sound=True, smooth=True, kbit=1900)
ROOM = {"source": Source.ROOM, "room_system": "JITSI", "room_address": "https://meet.example/vakaras"}


def webinar_event(centre: Centre, *, is_published: bool = True, **more: Any) -> Event:
    """An event of the kind webinar, one hour on a Thursday in January."""
    held = {
        "kind": "webinar",
        "starts": local("2027-01-21 17:30"),
        "ends": local("2027-01-21 18:30"),
        **more,
    }
    row = events.draft(centre, **held)
    return publication.publish_event(by=centre.actor("ORGANISER"), event=row, at=NOW) if is_published else row


def a_webinar(centre: Centre, event: Event | None = None, **more: Any) -> Webinar:
    """A webinar whose picture comes from a broadcast that is not chosen yet."""
    given = {
        "source": Source.STREAM,
        "phone": "+370 600 00000",
        "script": {"lt": "# Pradžia\nPasveikinkite.\n# Pabaiga\nPadėkokite."},
        **more,
    }
    return actions.prepare_webinar(
        by=centre.actor("WEBINAR_HOST"),
        event=event or webinar_event(centre),
        given=WebinarGiven(**given),
        at=NOW,
    )


def a_speaker(centre: Centre, webinar: Webinar, name: str = "Rūta Pavyzdė") -> Speaker:
    """Who speaks at it."""
    return speakers.save_speaker(
        by=centre.actor("ORGANISER"),
        event=webinar.event,
        speaker=None,
        name=name,
        role=words("psichologė"),
        biography={},
        at=NOW,
    )


def a_library(number: int = 1, municipality: str = "LT-18", *, mailbox: bool = True) -> Organisation:
    """A library of the register."""
    row = create_organisation(
        by=SETUP,
        names={"lt": f"Kėdainių r. Žąsų biblioteka {number}"},
        kinds=["LIBRARY"],
        municipality=municipality,
        at=datetime(2020, 1, 1, tzinfo=UTC),
    )
    if mailbox:
        add_mailbox(row, f"biblioteka{number}@biblioteka.example")
    return row


def add_mailbox(row: Organisation, address: str) -> None:
    """The mailbox of an organisation."""
    set_contact(by=SETUP, organisation=row, purpose="GENERAL", email=address, at=NOW)


def invited(centre: Centre, webinar: Webinar, *libraries: Organisation) -> list[ViewingSite]:
    """Sites of libraries that have an invitation."""
    chosen = list(libraries) or [a_library()]
    by = centre.actor("WEBINAR_HOST")
    return list(invitations.invite(by=by, webinar=webinar, organisations=chosen, language="lt", at=NOW))


def enrolment(seats: int = 40, **more: Any) -> Enrolment:
    """What a library says when it takes part."""
    host = Host("Daiva Girdenytė", "+370 611 11111", more.pop("address", ""))
    return Enrolment(seats=seats, host=host, **more)


def enrolled(site: ViewingSite, at: datetime = NOW, **more: Any) -> ViewingSite:
    """The site of a library that takes part."""
    return hosts.enrol(by=HOST, site=site, given=enrolment(**more), at=at)


def ready(site: ViewingSite, at: datetime = NOW) -> ViewingSite:
    """The site of a library that tested and is prepared."""
    row = enrolled(site, at)
    hosts.store_test(by=HOST, site=row, found=GOOD, at=at)
    return hosts.say_ready(by=HOST, site=row, at=at)


def live(site: ViewingSite, at: datetime = DURING) -> ViewingSite:
    """The site of a library that shows the webinar."""
    return hosts.show(by=HOST, site=ready(site), picture="OK", at=at)
