"""The demo's events: last year's conference, evenings for parents, Safer Internet Day 2027, lessons for
classes, an event that was cancelled and a draft. All by the same actions as at the desk; people are invented.
"""

import json
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from importlib.resources import files
from typing import Any

from procrastinate.contrib.django import app
from procrastinate.testing import InMemoryConnector

from sauga.events.activities import demo as activities
from sauga.events.checkin import demo as checkin
from sauga.events.followup import demo as followup
from sauga.events.photos import demo as photos
from sauga.events.planning import demo as planning
from sauga.events.programme.actions import publication, series, speakers, venues
from sauga.events.programme.actions.events import WORDS, EventGiven, EventWords, create_event
from sauga.events.programme.actions.parts import save_stream, save_track
from sauga.events.programme.actions.sessions import SessionGiven, add_session
from sauga.events.programme.models import Event, Room, Series, Speaker, Track, Venue
from sauga.events.programme.queries.events import own_organisation
from sauga.events.programme.rules.local_times import LocalTime
from sauga.events.proposals import demo as proposals
from sauga.events.recordings import demo as recordings
from sauga.events.registration import demo as registration
from sauga.events.speakers import demo as speaking
from sauga.kernel import clock
from sauga.kernel.clock import VILNIUS, is_holiday
from sauga.kernel.identity import PersonActor
from sauga.kernel.kit.demo import Cast, Staff, seeds
from sauga.kernel.states import SystemActor

FIRST_YEAR = 2027
"""The Safer Internet Day that the demo plans, until it is past."""
AFTER = ("repository",)
"""Recordings are handed on to it."""
CONFERENCE_AGO = timedelta(days=347)
LATER = {"lt": "Diskusija: ko prašo mokiniai", "en": "Discussion: what pupils ask for"}
"""A session that has no time yet."""


@seeds(unless=Event.objects.exists)
def seed(at: datetime, staff: Staff) -> None:
    """The events up to `at`, and those that are planned."""
    with app.replace_connector(InMemoryConnector()):
        story = _Story(Cast(staff), at)
        story.places()
        conference = story.conference()
        story.events()
        checkin.play(story.by, conference)
        registration.play(story.by(at), at)
        proposals.play(story.cast, at)
        publication.close_events(by=SystemActor("events"), at=at)
        checkin.settle(conference, at)
        followup.play(story.by, conference)
        recordings.play(story.cast, conference, at)
        activities.seed(at, Cast(staff))
        planning.play(story.by(at), at)


def safer_internet_day(today: date) -> date:
    """Safer Internet Day of 2027, or once that is past, of the next year."""
    years = range(FIRST_YEAR, max(FIRST_YEAR, today.year + 1) + 1)
    return next(day for year in years if (day := clock.safer_internet_day(year)) > today)


class _Story:
    """What happened, in order."""

    def __init__(self, cast: Cast, at: datetime) -> None:
        self.cast, self.at = cast, at
        self.today = at.astimezone(VILNIUS).date()
        self.venues: dict[str, Venue] = {}
        self.rooms: dict[str, Room] = {}
        self.series: dict[str, Series] = {}
        self.held = _read("events.json")

    def by(self, at: datetime, role: str = "ORGANISER") -> PersonActor:
        """Who acts."""
        return self.cast.actor(role, at)

    def places(self) -> None:
        """Venues with rooms, and the series."""
        at = self.at - timedelta(days=398)
        for code, venue in self.held["venues"].items():
            row = venues.save_venue(by=self.by(at), venue=None, at=at, **venue["given"])
            self.venues[code] = row
            for name, (words, seats) in venue["rooms"].items():
                self.rooms[name] = venues.save_room(
                    by=self.by(at), venue=row, room=None, name=words, seats=seats, at=at
                )
        for code, given in self.held["series"].items():
            self.series[code] = series.save_series(by=self.by(at), series=None, at=at, **given)

    def conference(self) -> Event:
        """Two days in three rooms, a year ago, from a Wednesday on."""
        held = _read("conference.json")
        about = self.today - CONFERENCE_AGO
        first = about + timedelta(days=2 - about.weekday())
        at = datetime.combine(first, time(9), VILNIUS) - timedelta(days=40)
        event = self.event(held["event"], first, at)
        tracks: dict[str, Track] = {
            code: save_track(by=self.by(at), event=event, track=None, title=title, colour=colour, at=at)
            for code, (title, colour) in held["tracks"].items()
        }
        people: dict[str, Speaker] = {}
        for code, (name, role, words) in held["speakers"].items():
            row = speakers.save_speaker(
                by=self.by(at), event=event, speaker=None, name=name, role=role, biography=words, at=at
            )
            people[code] = speakers.record_consent(by=self.by(at), speaker=row, at=at)
        for day, begins, ends, title, more in held["sessions"]:
            given = SessionGiven(
                title=title,
                starts=_local(first + timedelta(days=day), begins),
                ends=_local(first + timedelta(days=day), ends),
                kind=more.get("kind", "talk"),
                abstract=more.get("abstract", {}),
                room=self.rooms.get(more.get("room", "")),
                track=tracks.get(more.get("track", "")),
                language=more.get("language", ""),
                access=more.get("access", ()),
                do_not_record=more.get("unrecorded", False),
                speakers=[people[code] for code in more.get("speakers", ())],
            )
            made = add_session(by=self.by(at, "PROGRAMME_COMMITTEE"), event=event, given=given, at=at)
            for one in () if made.do_not_record else made.speaking.all():
                speakers.set_recording(by=self.by(at), speaking=one, agrees=True, at=at)
        event = publication.publish_event(by=self.by(at), event=event, at=at)
        speaking.seed(self.by(at), event, event.ends)
        photos.register(self.by(at), event, at + timedelta(days=1))
        photos.publish(self.by(at), event, event.ends + timedelta(days=1))
        photos.withdraw(event, self.at - timedelta(days=1))
        return event

    def events(self) -> None:
        """Evenings, Safer Internet Day, lessons, a cancelled meeting and a draft."""
        for given in self.held["events"]:
            day = self.day(given["day"])
            month_before = datetime.combine(day, time(9), VILNIUS) - timedelta(days=30)
            at = min(self.at, month_before) - timedelta(hours=2)
            event = self.event(given, day, at)
            for begins, ends, title in given.get("plan", ()):
                session = SessionGiven(
                    title=title, starts=_local(day, begins), ends=_local(day, ends), kind="lesson"
                )
                add_session(by=self.by(at), event=event, given=session, at=at)
            if name := given.get("stream"):
                save_stream(by=self.by(at), event=event, stream=None, name=name, at=at)
            if given.get("is_draft"):
                later = SessionGiven(title=LATER, kind="panel", minutes=45)
                add_session(by=self.by(at), event=event, given=later, at=at)
                continue
            publication.publish_event(by=self.by(at), event=event, at=at)
            if cancelled := given.get("cancelled"):
                reason, note = cancelled
                when = self.at - timedelta(hours=1)
                publication.cancel_event(by=self.by(when), event=event, reason=reason, note=note, at=when)

    def day(self, code: str) -> date:
        """A day by its code: Safer Internet Day, the week before it, or a weekday so many weeks ahead."""
        match code:
            case "safer_internet_day":
                return safer_internet_day(self.today)
            case "week_before":
                return safer_internet_day(self.today) - timedelta(days=7)
        weekday, weeks = map(int, code.split(","))
        day = self.today + timedelta(days=weekday - self.today.weekday(), weeks=weeks)
        return day + timedelta(weeks=1) if is_holiday(day) else day

    def event(self, given: Mapping[str, Any], day: date, at: datetime) -> Event:
        """A draft."""
        by = self.by(at)
        organiser = own_organisation(by)
        if organiser is None:
            raise LookupError("the organiser of the demo works nowhere")
        last = day + timedelta(days=given.get("days", 1) - 1)
        held = EventGiven(
            words=EventWords(**{name: given[name] for name in WORDS if name in given}),
            kind=given["kind"],
            format=given["format"],
            starts=_local(day, given["starts"]),
            ends=_local(last, given["ends"]),
            organiser=organiser,
            venue=self.venues.get(given.get("venue", "")),
            series=self.series.get(given.get("series", "")),
            audiences=given["audiences"],
            topics=given["topics"],
            languages=given.get("languages", ("lt",)),
            access=given.get("access", ()),
            photo_policy=given.get("photo_policy", "none"),
        )
        made = create_event(by=by, given=held, at=at)
        planning.put_team(by, made, self.cast.staff, at)
        return made


def _read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))
    return found


def _local(day: date, hour: str) -> LocalTime:
    return LocalTime(datetime.combine(day, time.fromisoformat(hour)))
