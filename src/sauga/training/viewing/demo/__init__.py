"""The demo's webinars: a series for parents in 300 libraries of all municipalities: one that is over and
counted, one that is on, one next month. All by the same actions as at the desk; libraries and people are
invented.
"""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from importlib.resources import files
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from procrastinate.contrib.django import app
from procrastinate.testing import InMemoryConnector

from sauga.events.activities.demo.words import LIBRARIES
from sauga.events.programme.actions import publication, series, speakers
from sauga.events.programme.actions.events import EventGiven, EventWords, create_event
from sauga.events.programme.models import Event, Series
from sauga.events.programme.queries.events import own_organisation
from sauga.events.programme.rules.local_times import local_time
from sauga.events.registration.actions import own, registrations, setup
from sauga.events.registration.actions.registrations import REGISTRANT, RegistrationData
from sauga.events.registration.models import Registration
from sauga.events.registration.queries.details import Details
from sauga.kernel import media, organisations
from sauga.kernel.clock import VILNIUS, add_working_days
from sauga.kernel.identity import PersonActor
from sauga.kernel.kit.demo import Cast
from sauga.kernel.organisations.actions.codes import set_contact
from sauga.kernel.organisations.models import Organisation
from sauga.kernel.organisations.places import municipality_names
from sauga.kernel.organisations.tiles import TILES
from sauga.kernel.states import SystemActor
from sauga.training.states import QuestionState
from sauga.training.viewing.actions import audience_counts, hosts, invitations, messages, reminders
from sauga.training.viewing.demo.words import HOSTS, NEXT, NOTE, PAST, QUESTIONS, SERIES, TODAY, TROUBLE
from sauga.training.viewing.models import ViewingSite
from sauga.training.viewing.queries.hosts import Host
from sauga.training.viewing.rules import Findings, Picture
from sauga.training.webinars.actions import presence, questions, webinars
from sauga.training.webinars.actions.webinars import WebinarGiven
from sauga.training.webinars.models import FALLBACKS, RECORDINGS, Webinar
from sauga.training.webinars.rules import Source

DEMO, HOST, WORKER = SystemActor("demo"), SystemActor("site_host"), SystemActor("training")
VIEWER, CLOSING = SystemActor("webinar_viewer"), SystemActor("events")
NUMBER, EACH = 300, 5
"""So many libraries, five in each of the sixty municipalities."""
HOUR = timedelta(hours=1)
AT_HOME = ("Gintarė Kopaitė", "Marius Pušynas", "Sigita Banguolė", "Andrius Švyturaitis")
GOOD = Findings(picture=True, sound=True, smooth=True, kbit=2100)
PHONE = "+370 600 00000"


def seed(at: datetime, cast: Cast, *, number: int = NUMBER) -> None:
    """The series up to `at`."""
    with app.replace_connector(InMemoryConnector()):
        story = _Story(cast, at)
        libraries = story.libraries(number)
        begun = at - timedelta(days=40)
        held = series.save_series(by=story.organiser(begun), series=None, at=begun, **SERIES)
        past = story.webinar(PAST, (at - timedelta(days=16)).replace(minute=30, second=0), held, begun)
        story.past(past, libraries)
        today = story.webinar(TODAY, (at - timedelta(minutes=20)).replace(second=0), held, begun)
        story.today(today, libraries)
        ahead = story.webinar(NEXT, _evening(at + timedelta(days=30)), held, at - HOUR)
        story.ahead(ahead, libraries)


def _evening(about: datetime) -> datetime:
    """Half past six in Vilnius on the first working day from then on."""
    day = add_working_days(about.astimezone(VILNIUS).date() - timedelta(days=1), 1)
    return datetime.combine(day, time(18, 30), VILNIUS)


class _Story:
    """What happened, in order."""

    def __init__(self, cast: Cast, at: datetime) -> None:
        self.cast, self.at = cast, at

    def organiser(self, at: datetime) -> PersonActor:
        """Who creates events."""
        return self.cast.actor("ORGANISER", at)

    def host(self, at: datetime) -> PersonActor:
        """Who coordinates webinars."""
        return self.cast.actor("WEBINAR_HOST", at)

    def libraries(self, number: int) -> list[Organisation]:
        """The libraries of the register that the demo has, and more, up to `number` in all municipalities."""
        begun = self.at - timedelta(days=900)
        names = {code: name for code, name in municipality_names() if name.endswith("savivaldybė")}
        found: list[Organisation] = []
        for place, code in enumerate(TILES):
            rows = Organisation.objects.filter(kinds__contains=["LIBRARY"], municipality=code)
            held = list(rows.prefetch_related("names").order_by("pk")[:EACH])
            where = (
                names[code].removesuffix(" savivaldybė").replace(" rajono", " r.").replace(" miesto", " m.")
            )
            for extra in range(len(held), EACH):
                name = f"{where} {LIBRARIES[(place + extra + 1) % len(LIBRARIES)]} {extra + 1} (pavyzdys)"
                held.append(
                    organisations.create_organisation(
                        by=DEMO, names={"lt": name}, kinds=["LIBRARY"], municipality=code, at=begun
                    )
                )
            found += held
        for order, row in enumerate(found[:number]):
            if order % 25 != 24:  # some have no mailbox in the register
                address = f"biblioteka-{order + 1}@biblioteka.example"
                set_contact(by=DEMO, organisation=row, purpose="GENERAL", email=address, at=begun)
        return found[:number]

    def webinar(self, told: dict[str, Any], starts: datetime, of: Series, at: datetime) -> Webinar:
        """An event of the series with its speaker, its tickets and its broadcast."""
        by = self.organiser(at)
        organiser = own_organisation(by)
        if organiser is None:
            raise LookupError("the organiser of the demo works nowhere")
        given = EventGiven(
            words=EventWords(title=told["title"], summary=told["summary"], description=told["description"]),
            kind="webinar",
            format="online",
            starts=local_time(starts),
            ends=local_time(starts + HOUR * told["hours"]),
            organiser=organiser,
            series=of,
            audiences=["parents_carers"],
            topics=told["topics"],
            languages=("lt",),
            access=("captions",),
            photo_policy="none",
        )
        event = create_event(by=by, given=given, at=at)
        name, role = told["speaker"]
        who = speakers.save_speaker(
            by=by, event=event, speaker=None, name=name, role=role, biography={}, at=at
        )
        speakers.record_consent(by=by, speaker=who, at=at)
        self._ticket(event, at)
        publication.publish_event(by=by, event=event, at=at)
        return webinars.prepare_webinar(by=self.host(at), event=event, given=self._given(told), at=at)

    def _given(self, told: dict[str, Any]) -> WebinarGiven:
        return WebinarGiven(
            source=Source.RECORDING,
            phone=PHONE,
            script=told["script"],
            recording=media.check_upload(_film("vebinaras.mp4"), kinds=RECORDINGS.kinds, by=DEMO),
            fallback=media.check_upload(_film("atsarginis-irasas.mp4"), kinds=FALLBACKS.kinds, by=DEMO),
        )

    def _ticket(self, event: Event, at: datetime) -> None:
        by = self.organiser(at)
        name = {"lt": "Noriu pažymos", "en": "I want a confirmation"}
        quota = setup.add_quota(by=by, event=event, name=name, size=500, at=at)
        given = {
            "name": name,
            "quotas": [quota],
            "is_for_classes": False,
            "wants_approval": False,
            "opens_at": at - HOUR,
            "closes_at": event.starts,
        }
        setup.put_ticket(by=by, event=event, given=given, at=at)

    def sites(self, webinar: Webinar, libraries: Sequence[Organisation], at: datetime) -> list[ViewingSite]:
        """All of them are invited."""
        by = self.host(at)
        rows = invitations.invite(by=by, webinar=webinar, organisations=libraries, language="lt", at=at)
        return list(rows)

    def _enrolled(self, site: ViewingSite, number: int, at: datetime) -> ViewingSite:
        host = Host(HOSTS[number % len(HOSTS)], f"+370 611 {number:05}")
        given = hosts.Enrolment(seats=20 + number * 7 % 41, host=host, is_public=number % 9 != 8)
        return hosts.enrol(by=HOST, site=site, given=given, at=at)

    def past(self, webinar: Webinar, libraries: Sequence[Organisation]) -> None:
        """Over and counted: most libraries showed it, a few did not, some counts never came."""
        starts, ends = webinar.event.starts, webinar.event.ends
        for number, site in enumerate(self.sites(webinar, libraries, starts - timedelta(days=14))):
            self._held(site, number, starts, ends)
        self.at_home(webinar)
        publication.close_events(by=CLOSING, at=ends + HOUR)
        webinar.event.refresh_from_db()
        presence.confirm_presence(by=WORKER, webinar=webinar, at=ends + HOUR)
        for days in (2, 4, 15):
            reminders.advance_sites(by=WORKER, at=min(ends + timedelta(days=days), self.at))

    def _held(self, site: ViewingSite, number: int, starts: datetime, ends: datetime) -> None:
        if number % 15 == 14:
            return
        row = self._enrolled(site, number, starts - timedelta(days=9))
        hosts.store_test(by=HOST, site=row, found=GOOD, at=starts - timedelta(days=4))
        if number % 25 == 11:
            return
        hosts.say_ready(by=HOST, site=row, at=starts - timedelta(hours=3))
        hosts.show(by=HOST, site=row, picture=Picture.OK, at=starts)
        if number % 40 == 17:
            return
        heads = {"parents": 8 + number * 5 % 24, "seniors": number % 4, "librarians": 1}
        note = NOTE if sum(heads.values()) > 2 * (row.seats or 0) else ""
        at = ends + HOUR * (1 + number % 40)
        audience_counts.count(by=HOST, site=row, heads=heads, note=note, is_sure=True, at=at)

    def at_home(self, webinar: Webinar) -> None:
        """A few people registered because they wanted a confirmation; two stayed long enough."""
        event = webinar.event
        ticket = event.tickets.get()
        for number, name in enumerate(AT_HOME):
            details = Details(name, f"namuose-{number}@asmuo.example")
            data = RegistrationData(details=details, language="lt", sending=f"{number:032}", groups={})
            when = event.starts - timedelta(days=2)
            row = registrations.register(by=REGISTRANT, ticket=ticket, data=data, at=when)
            row = own.confirm(by=REGISTRANT, registration=row, at=when)
            self._present(webinar, row, minutes=60 if number % 2 else 20)

    def _present(self, webinar: Webinar, row: Registration, minutes: int) -> None:
        for minute in range(minutes):
            presence.be_present(
                by=VIEWER,
                webinar=webinar,
                registration=row,
                device="namai",
                at=webinar.event.starts + timedelta(minutes=minute),
            )

    def today(self, webinar: Webinar, libraries: Sequence[Organisation]) -> None:
        """On now: most libraries show it; some have trouble, some are late, some never answered."""
        starts = webinar.event.starts
        for number, site in enumerate(self.sites(webinar, libraries, starts - timedelta(days=20))):
            self._on_the_day(site, number, starts)
        by = self.host(self.at)
        for number, text in enumerate(QUESTIONS):
            row = questions.ask(
                by=VIEWER, webinar=webinar, text=text, page="", at=starts + timedelta(minutes=3 * number)
            )
            if number % 3 == 0:
                questions.decide(by=by, question=row, to=QuestionState.PASSED, at=self.at)

    def _on_the_day(self, site: ViewingSite, number: int, starts: datetime) -> None:
        if number % 50 == 7:
            return
        site = self._enrolled(site, number, starts - timedelta(days=12))
        if number % 40 == 11:
            return
        kbit = 700 + number * 37 % 2600
        found = Findings(picture=True, sound=True, smooth=True, kbit=kbit)
        hosts.store_test(by=HOST, site=site, found=found, at=starts - timedelta(days=3))
        if number % 30 == 13:
            return
        hosts.say_ready(by=HOST, site=site, at=starts - timedelta(hours=2))
        if number % 20 == 17:
            return
        seen = Picture.OK
        seen = Picture.STALLED if number % 70 == 5 else seen
        seen = Picture.SOUND if number % 90 == 33 else seen
        seen = Picture.FALLBACK if number % 110 == 41 else seen
        hosts.show(by=HOST, site=site, picture=seen, at=starts + timedelta(minutes=number % 9))
        if seen != Picture.OK and number % 2:
            messages.write(by=HOST, site=site, text=TROUBLE, at=self.at - timedelta(minutes=4))

    def ahead(self, webinar: Webinar, libraries: Sequence[Organisation]) -> None:
        """Next month: invited an hour ago; the first have answered."""
        for number, site in enumerate(self.sites(webinar, libraries, self.at - HOUR)):
            if number % 8 == 3:
                self._enrolled(site, number, self.at - HOUR / 2)
            elif number % 40 == 9:
                hosts.decline(by=HOST, site=site, at=self.at - HOUR / 2)


def _film(name: str) -> SimpleUploadedFile:
    content = files("sauga.training").joinpath("static/training/viewing/test.mp4").read_bytes()
    return SimpleUploadedFile(name, content, "video/mp4")
