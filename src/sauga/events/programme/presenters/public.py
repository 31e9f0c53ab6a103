"""Events as visitors see them: cards of the list, the month, the page of one event, its programme."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Protocol

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from sauga.events.effects import card_facts
from sauga.events.programme.models import Event, EventFormat, Session, said
from sauga.events.programme.queries import events as queries
from sauga.events.programme.rules.local_times import days_of
from sauga.events.programme.rules.months import Month
from sauga.events.programme.rules.schedule import EVERYWHERE, Slot
from sauga.events.programme.rules.schedule import days as schedule_days
from sauga.events.states import EventState
from sauga.kernel import organisations, vocab
from sauga.kernel.clock import VILNIUS
from sauga.kernel.i18n import date_range, datetime_range, languages
from sauga.kernel.organisations.places import is_municipality
from sauga.kernel.ui.hrefs import public_address
from sauga.repository.catalogue.queries.catalogue import about_topics
from sauga.repository.catalogue.topic_pages import topic_pages

TIME = "%H:%M"
WEEKDAYS = (
    pgettext_lazy("weekday", "Mo"),
    pgettext_lazy("weekday", "Tu"),
    pgettext_lazy("weekday", "We"),
    pgettext_lazy("weekday", "Th"),
    pgettext_lazy("weekday", "Fr"),
    pgettext_lazy("weekday", "Sa"),
    pgettext_lazy("weekday", "Su"),
)
MOST_MATERIALS = 4
FILTER_LISTS = {"for": "audiences", "topic": "topics", "lang": "languages"}
BIG = {"conference", "safer_internet_day", "safer_internet_week", "camp"}
"""Kinds that the month shows with more weight."""


@dataclass(frozen=True)
class Card:
    """An event in a list."""

    href: str
    title: str
    first: date
    is_long: bool
    """Over several days, which the first of the facts names."""
    starts: datetime
    facts: list[str]
    is_cancelled: bool
    is_over: bool
    anchor: str = ""
    """The day, where it is the first event of that day: the month leads here."""


@dataclass(frozen=True)
class SpeakerShown:
    """A speaker's entry in the language of the page."""

    ref: str
    name: str
    said_role: str
    said_biography: str


class Timed(Protocol):
    """What a month puts on its days."""

    @property
    def starts(self) -> datetime: ...
    @property
    def ends(self) -> datetime: ...


@dataclass(frozen=True)
class DayEvent:
    """An event on the days of the month that visitors see."""

    href: str
    title: str
    starts: datetime
    ends: datetime
    is_big: bool
    is_cancelled: bool


@dataclass(frozen=True)
class CalendarDay:
    """One day of the month."""

    day: date
    events: list[Timed]
    in_month: bool
    is_today: bool


@dataclass(frozen=True)
class Shown:
    """A session as the programme shows it; the numbers are its place in the grid."""

    ref: str
    title: str
    abstract: str
    starts: datetime
    ends: datetime
    kind: str
    place: str
    track: str
    colour: int
    speakers: list[Any]
    language: str
    access: list[str]
    do_not_record: bool
    is_break: bool
    column: int
    row: int
    rows: int

    @property
    def has_facts(self) -> bool:
        """Whether anything is said beside title, hours and speakers."""
        return bool(self.place or self.track or self.language or self.access or self.do_not_record)


@dataclass(frozen=True)
class ShownDay:
    """A day of the programme: the names of its places, the hours at which something begins, its sessions in
    order."""

    day: date
    places: list[tuple[str, list[str]]]
    hours: list[tuple[int, datetime]]
    sessions: list[Shown]
    has_grid: bool
    tracks: list[tuple[str, int]] = field(default_factory=list)


def here(at: datetime) -> datetime:
    """An instant as the clock in Vilnius shows it."""
    return at.astimezone(VILNIUS)


def when(event: Event) -> str:
    """The days, with the hours of a day, or of several days the first and the last."""
    return datetime_range(event.starts, event.ends)


def hours_of_days(days: Sequence[ShownDay]) -> list[tuple[date, str]]:
    """Of an event of several days, from when to when each of them has something in its programme."""
    if len(days) < 2:
        return []
    return [
        (
            one.day,
            f"{min(held.starts for held in one.sessions).strftime(TIME)}–"
            f"{max(held.ends for held in one.sessions).strftime(TIME)}",
        )
        for one in days
        if one.sessions
    ]


def where(event: Event) -> str:
    """The venue, or the municipality, and whether it is also online."""
    online = vocab.label("event_formats", EventFormat.ONLINE)
    if event.format == EventFormat.ONLINE:
        return online.capitalize()
    place = str(event.venue) if event.venue else _municipality(event)
    return (
        _("%(place)s and online") % {"place": place}
        if event.format == EventFormat.HYBRID and place
        else place
    )


def card(event: Event, at: datetime, more: Sequence[str] = ()) -> Card:
    """An event in a list; `more` are facts of other subdomains."""
    days = days_of(event.starts, event.ends)
    hours = f"{here(event.starts).strftime(TIME)}–{here(event.ends).strftime(TIME)}"
    if len(days) > 1:
        hours = date_range(days[0], days[-1])
    facts = [hours, vocab.label("event_kinds", event.kind), where(event)]
    facts += [*(vocab.label("audiences", code) for code in event.audiences[:2]), *more]
    return Card(
        href=public_address("events-event", event.slug),
        title=said(event.title),
        first=days[0],
        is_long=len(days) > 1,
        starts=here(event.starts),
        facts=[one for one in facts if one],
        is_cancelled=event.state == EventState.CANCELLED,
        is_over=event.ends <= at,
    )


def cards(rows: Iterable[Event], at: datetime) -> list[tuple[date, list[Card]]]:
    """Events grouped by the month in which they begin, in the order in which they come. Of those that are
    over it is said what there is of them, such as recordings."""
    found: dict[date, list[Card]] = {}
    seen: set[date] = set()
    rows = list(rows)
    over = [row for row in rows if row.ends <= at]
    more = card_facts.of(over) if over else {}
    for row in rows:
        one = card(row, at, more.get(row.pk, ()))
        if one.first not in seen:
            seen.add(one.first)
            one = replace(one, anchor=one.first.isoformat())
        found.setdefault(one.first.replace(day=1), []).append(one)
    return list(found.items())


def day_events(rows: Iterable[queries.MonthEvent]) -> list[DayEvent]:
    """Public events for `month`."""
    return [
        DayEvent(
            href=public_address("events-event", row.slug),
            title=said(row.title),
            starts=row.starts,
            ends=row.ends,
            is_big=row.kind in BIG,
            is_cancelled=row.state == EventState.CANCELLED,
        )
        for row in rows
    ]


def month(shown: Month, rows: Sequence[Timed], today: date) -> dict[str, Any]:
    """A month as weeks of days with their events. An event of several days stands on each."""
    by_day: dict[date, list[Timed]] = {}
    for row in rows:
        for day in days_of(row.starts, row.ends):
            by_day.setdefault(day, []).append(row)
    weeks = [
        [CalendarDay(day, by_day.get(day, []), day.month == shown.month, day == today) for day in week]
        for week in shown.weeks
    ]
    return {
        "first": shown.first,
        "weeks": weeks,
        "previous": shown.previous if shown.previous.is_possible else None,
        "next": shown.next if shown.next.is_possible else None,
        "weekdays": WEEKDAYS,
    }


def filters(chosen: Mapping[str, str]) -> list[dict[str, Any]]:
    """The filters of the list with their options."""
    formats = [(code, vocab.label("event_formats", code)) for code in EventFormat.values]
    names: dict[str, tuple[str, list[tuple[str, str]]]] = {
        "for": (pgettext("audience", "For"), vocab.choices("audiences")),
        "topic": (_("Topic"), vocab.choices("topics")),
        "how": (_("Format"), formats),
        "where": (_("Municipality"), organisations.municipalities()),
        "lang": (_("Language"), vocab.choices("languages")),
    }
    return [
        {"name": name, "label": label, "options": options, "chosen": chosen.get(name, "")}
        for name, (label, options) in names.items()
    ]


def is_known(name: str, code: str) -> bool:
    """Whether a filter of the address has this code."""
    match name:
        case "how":
            return code in EventFormat.values
        case "where":
            return is_municipality(code)
    return vocab.has_term(FILTER_LISTS[name], code)


def event_context(event: Event, at: datetime) -> dict[str, Any]:
    """What the pages of an event show."""
    sessions = queries.sessions(event)
    shown = programme(sessions)
    first = here(event.starts)
    title, summary = said(event.title), said(event.summary)
    venue = event.venue
    labels = {
        "audiences": "audiences",
        "languages": "languages",
        "access": "event_access",
    }
    return {
        "event": event,
        "title": title,
        "summary": summary,
        "plain_title": str(title),
        "plain_summary": str(summary),
        "needs": said(event.needs),
        "cancel_note": said(event.cancel_note),
        "series_title": said(event.series.title) if event.series else "",
        "paragraphs": [part for part in said(event.description).split("\n\n") if part.strip()],
        "text_language": getattr(said(event.description), "language", ""),
        "when": when(event),
        "hours_of_days": hours_of_days(shown),
        "where": where(event),
        "first": first,
        "kind": vocab.label("event_kinds", event.kind),
        "labels": {
            name: [vocab.label(vocabulary, code) for code in getattr(event, name)]
            for name, vocabulary in labels.items()
        },
        "topics": [(code, vocab.label("topics", code)) for code in event.topics],
        "venue_access": [(code, vocab.label("venue_accessibility", code)) for code in venue.accessibility]
        if venue
        else [],
        "venue_note": said(venue.accessibility_note) if venue else "",
        "directions": said(venue.directions) if venue else "",
        "photo_policy": vocab.label("photo_policies", event.photo_policy) if event.photo_policy else "",
        "organiser": event.organiser.name_at(event.starts),
        "municipality": _municipality(event),
        "days": shown,
        "is_short": len(shown) == 1 and not shown[0].has_grid,
        "speakers": speakers(event),
        "is_cancelled": event.state == EventState.CANCELLED,
        "reason": vocab.label("event_cancel_reasons", event.cancel_reason) if event.cancel_reason else "",
        "is_over": event.ends <= at,
        "materials": _materials(event),
        "topic_pages": topic_pages(event.topics, languages.active().code, event.audiences)
        if event.topics
        else [],
    }


def _materials(event: Event) -> list[dict[str, str]]:
    """A few resources about the topics of an event: for a lesson before it, or after."""
    if not event.topics:
        return []
    language = languages.active().code
    return [
        {
            "title": str(row.words("title", language)),
            "kind": vocab.label("resource_types", row.type),
            "href": reverse("repository-resource", args=[row.slug(language)]),
        }
        for row in about_topics(event.topics)[:MOST_MATERIALS]
    ]


def speakers(event: Event) -> list[SpeakerShown]:
    """The speakers whose consent lasts."""
    return [
        SpeakerShown(one.ref, one.name, said(one.role), said(one.biography))
        for one in event.speakers.all()
        if one.is_shown
    ]


def programme(sessions: Sequence[Session]) -> list[ShownDay]:
    """The programme by days: one sequence of sessions, each with its place in the grid."""
    places: dict[str, Any] = {}
    for session in sessions:
        place = session.room or session.stream
        if place is not None:
            places[place.ref] = place
    order = sorted(
        places, key=lambda ref: (hasattr(places[ref], "event_id"), places[ref].place, places[ref].pk)
    )
    pairs = [(session, _place(session)) for session in sessions]
    return [
        ShownDay(
            day=one.day,
            places=[(str(places[ref]), _shared(sessions, ref, one.day)) for ref in one.places],
            hours=[(row, here(one.times[row - 1])) for row in sorted({slot.row for slot in one.slots})],
            sessions=[_shown(slot) for slot in one.slots],
            has_grid=one.has_grid,
            tracks=_tracks(one.slots),
        )
        for one in schedule_days(pairs, order)
    ]


def _place(session: Session) -> str:
    place = session.room or session.stream
    return place.ref if place else EVERYWHERE


def _shared(sessions: Sequence[Session], ref: str, day: date) -> list[str]:
    """What all sessions in a place on a day have in common: live stream, sign language, no recording."""
    there = [one for one in sessions if _place(one) == ref and here(one.starts).date() == day]
    common = set.intersection(*(set(one.access) for one in there))
    found = [vocab.label("event_access", code) for code in there[0].access if code in common]
    return [*found, _("not recorded")] if not any(one.may_be_recorded for one in there) else found


def _shown(slot: Slot) -> Shown:
    session: Any = slot.session
    place = session.room or session.stream
    return Shown(
        ref=session.ref,
        title=said(session.title),
        abstract=said(session.abstract),
        starts=here(session.starts),
        ends=here(session.ends),
        kind=vocab.label("session_kinds", session.kind),
        place=str(place) if place else "",
        track=said(session.track.title) if session.track else "",
        colour=session.track.colour if session.track else 0,
        speakers=[one.speaker for one in session.speaking.all() if one.speaker.is_shown],
        language=vocab.label("languages", session.language) if session.language else "",
        access=[vocab.label("event_access", code) for code in session.access],
        do_not_record=not session.may_be_recorded and session.kind != "break",
        is_break=session.kind == "break",
        column=slot.place,
        row=slot.row,
        rows=slot.rows,
    )


def _tracks(slots: Sequence[Slot]) -> list[tuple[str, int]]:
    found: dict[int, tuple[str, int]] = {}
    for slot in slots:
        session: Any = slot.session
        if session.track is not None:
            found[session.track.pk] = (said(session.track.title), session.track.colour)
    return list(found.values())


def _municipality(event: Event) -> str:
    return organisations.municipality_name(event.municipality) if event.municipality else ""
