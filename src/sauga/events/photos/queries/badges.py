"""Badge numbers of an event and who must not be photographed: no name, no address, no need."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import Http404

from sauga.events.permissions import Permission
from sauga.events.photos.rules import Badge, Colour, class_badges, in_short, person_badge
from sauga.events.programme.models import Event, Session
from sauga.events.programme.queries import events as event_queries
from sauga.events.programme.rules.local_times import LONGEST, day_start
from sauga.events.registration.models import Registration
from sauga.events.registration.rules import children_of
from sauga.events.states import EXPECTED, EventState
from sauga.kernel.clock import VILNIUS
from sauga.kernel.identity import PersonActor, allowed

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Line:
    """One line of the photographer's list: a badge or a row of them, in one colour, for so many heads."""

    numbers: str
    colour: Colour
    heads: int
    is_class: bool


@dataclass(frozen=True)
class PhotoList:
    """Who must not be photographed at an event, who only unrecognisably, and which sessions of a day must not
    be recorded; `free` is how many may be photographed."""

    event: Event
    lines: list[Line]
    free: int
    unrecorded: list[Session]

    def of(self, colour: str) -> list[Line]:
        """The lines of one colour."""
        return [one for one in self.lines if one.colour == colour]

    @property
    def red(self) -> list[Line]:
        """Not to be photographed at all."""
        return self.of(Colour.RED)

    @property
    def amber(self) -> list[Line]:
        """Only if they cannot be recognised."""
        return self.of(Colour.AMBER)


def numbers_of(event: Event) -> dict[int, int]:
    """The number of each registration of an event, by primary key: the order in which they came, which no
    later move changes."""
    keys = Registration.objects.filter(event=event).order_by("pk").values_list("pk", flat=True)
    return {pk: number for number, pk in enumerate(keys, 1)}


def number_of(row: Registration) -> int:
    """The number of one registration."""
    return Registration.objects.filter(event=row.event_id, pk__lte=row.pk).count()


def badges_of(row: Registration, number: int) -> list[Badge]:
    """The badges of a registration: one of a person, one for each child of a class."""
    if row.groups:
        return class_badges(number, children_of(row.groups), row.photo_children)
    return [person_badge(number, row.photo)]


def photo_list(event: Event, at: datetime) -> PhotoList:
    """The list of an event, for the day of `at`."""
    numbers = numbers_of(event)
    rows = Registration.objects.filter(event=event, state__in=EXPECTED).order_by("pk")
    held = [(row, badges_of(row, numbers[row.pk])) for row in rows]
    lines = [line for row, badges in held for line in _lines(row, badges)]
    day = at.astimezone(VILNIUS).date()
    return PhotoList(
        event=event,
        lines=[one for one in lines if one.colour != Colour.GREEN],
        free=sum(one.heads for one in lines if one.colour == Colour.GREEN),
        unrecorded=[
            one
            for one in event_queries.sessions(event)
            if not one.may_be_recorded
            and one.kind != "break"
            and one.starts.astimezone(VILNIUS).date() == day
        ],
    )


def events_of_day(by: PersonActor, at: datetime) -> list[Event]:
    """The published events that touch the day of `at`, whose list this person may see."""
    begin = day_start(at.astimezone(VILNIUS).date())
    rows = Event.objects.visible_to(by, Permission.SEE_PHOTO_LIST).filter(
        state__in=(EventState.PUBLISHED, EventState.OVER)
    )
    rows = rows.filter(starts__gt=begin - LONGEST, starts__lt=begin + DAY, ends__gt=begin)
    return list(rows.select_related("venue").order_by("starts", "pk"))


def list_event_for(by: PersonActor, ref: str, at: datetime) -> Event:
    """An event whose list this person may see: organisers any, photographers from the day before until the
    day after. Raises Http404."""
    rows = Event.objects.visible_to(by, Permission.SEE_PHOTO_LIST)
    event = rows.filter(ref=ref, state__in=(EventState.PUBLISHED, EventState.OVER)).first()
    if event is None:
        raise Http404
    if not is_near(event, at) and not allowed(by, Permission.SEE_REGISTRATIONS, event):
        raise Http404
    return event


def is_near(event: Event, at: datetime) -> bool:
    """Whether a published event is on, or was or will be within a day."""
    is_public = event.state in (EventState.PUBLISHED, EventState.OVER)
    return is_public and event.starts - DAY <= at < event.ends + DAY


def _lines(row: Registration, badges: Iterable[Badge]) -> list[Line]:
    found: list[Line] = []
    held = list(badges)
    for colour in Colour:
        same = [one for one in held if one.colour == colour]
        if same:
            found.append(Line(in_short(same), colour, len(same), bool(row.groups)))
    return found
