"""Events as staff and visitors see them: lists of the desk, one event, the public list, months, archive."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from sauga.events.permissions import Permission
from sauga.events.programme.models import Event, EventSet, Series, Session
from sauga.events.programme.rules.local_times import LONGEST
from sauga.events.programme.rules.months import Month
from sauga.events.states import PUBLIC, EventState
from sauga.kernel import statements
from sauga.kernel.i18n import languages
from sauga.kernel.identity import PersonActor
from sauga.kernel.organisations.models import Organisation

COMING, DRAFTS, OVER, CANCELLED = "coming", "drafts", "over", "cancelled"
VIEWS = (COMING, DRAFTS, OVER, CANCELLED)
FILTERS = {
    "for": "audiences",
    "topic": "topics",
    "where": "municipality",
    "how": "format",
    "lang": "languages",
}
"""The filters of the public list, by their name in the address, with the column each reads."""
ARRAYS = {"audiences", "topics", "languages"}
PAGE = 40
"""Events on one page of the list."""
MOST_PAGES = 500
MOST_WORDS = 6
CALENDAR_BACK = timedelta(days=92)
WITH = ("venue", "series", "organiser")


@dataclass(frozen=True)
class Wanted:
    """What a visitor asked for: filters, a month or the archive, a page."""

    chosen: Mapping[str, str] = field(default_factory=dict)
    month: Month | None = None
    archive: bool = False
    page: int = 1


@dataclass(frozen=True)
class Found:
    """One page of events; `more` says whether another follows."""

    rows: list[Event]
    more: bool


def desk_events(
    by: PersonActor, view: str, at: datetime, *, words: str = "", kind: str = ""
) -> QuerySet[Event]:
    """The events of a view of the desk that a person may see: with all of these words in a title, of this
    kind."""
    rows = Event.objects.visible_to(by).select_related("venue", "series")
    for word in words.split()[:MOST_WORDS]:
        titles = [Q(**{f"title__{row.code}__icontains": word}) for row in languages.for_editors()]
        rows = rows.filter(reduce(or_, titles))
    if kind:
        rows = rows.filter(kind=kind)
    match view:
        case "drafts":
            return rows.filter(state=EventState.DRAFT).order_by("starts", "pk")
        case "over":
            return rows.filter(state__in=(EventState.OVER, EventState.PUBLISHED), ends__lte=at).order_by(
                "-starts", "-pk"
            )
        case "cancelled":
            return rows.filter(state=EventState.CANCELLED).order_by("-starts", "-pk")
    return rows.filter(state=EventState.PUBLISHED, ends__gt=at).order_by("starts", "pk")


def desk_counts(by: PersonActor, at: datetime) -> dict[str, int]:
    """How many there are in each view."""
    return {view: desk_events(by, view, at).count() for view in VIEWS}


def desk_month(by: PersonActor, month: Month) -> list[Event]:
    """The events that touch a month and that a person may see, drafts and cancelled ones too."""
    first, last = month.span
    rows = Event.objects.visible_to(by).filter(starts__gt=first - LONGEST, starts__lt=last, ends__gt=first)
    return list(rows.order_by("starts", "pk")[:500])


def event_for(by: PersonActor, ref: str, permission: Permission = Permission.SEE) -> Event:
    """One event at the desk. Raises Http404 where there is none or the actor may not do this there."""
    found = Event.objects.visible_to(by, permission).select_related(*WITH).filter(ref=ref).first()
    if found is None:
        raise Http404
    return found


def listed(wanted: Wanted, at: datetime) -> Found:
    """One page of the public list: what comes, a month, or the archive with the latest first."""
    rows = narrowed(Event.objects.public(), wanted.chosen)
    if wanted.month is not None:
        first, last = wanted.month.span
        rows = rows.filter(starts__gte=first, starts__lt=last).order_by("starts", "pk")
    elif wanted.archive:
        rows = rows.filter(starts__lt=at, ends__lte=at).order_by("-starts", "-pk")
    else:
        rows = rows.upcoming(at).order_by("starts", "pk")
    begin = (wanted.page - 1) * PAGE
    found = list(rows.select_related("venue")[begin : begin + PAGE + 1])
    return Found(found[:PAGE], len(found) > PAGE)


class MonthEvent(NamedTuple):
    """What the calendar shows of an event."""

    slug: str
    title: Mapping[str, str]
    starts: datetime
    ends: datetime
    state: str
    kind: str


def in_month(month: Month, chosen: Mapping[str, str]) -> list[MonthEvent]:
    """The public events that begin in a month and fit the filters, for the calendar; at most 300."""
    first, last = month.span
    rows = narrowed(Event.objects.public().filter(starts__gte=first, starts__lt=last), chosen)
    shown = rows.order_by("starts", "pk").values_list(*MonthEvent._fields)
    return [MonthEvent(*row) for row in shown[:300]]


def narrowed(rows: EventSet, chosen: Mapping[str, str]) -> EventSet:
    """The events that fit the filters."""
    for name, code in chosen.items():
        column = FILTERS[name]
        rows = rows.filter(**{f"{column}__contains": [code]} if column in ARRAYS else {column: code})
    return rows


def public_event(slug: str) -> Event:
    """One event for visitors. Raises Http404."""
    found = Event.objects.public().select_related(*WITH).filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def sessions(event: Event) -> list[Session]:
    """The scheduled sessions of an event in order, with their places, tracks and speakers, in three
    statements."""
    rows = event.sessions.scheduled().select_related("room", "stream", "track").order_by("starts", "pk")
    return list(rows.prefetch_related("speaking__speaker"))


def unscheduled(event: Event) -> list[Session]:
    """The sessions of an event that have no time yet, for the desk only."""
    rows = event.sessions.filter(starts__isnull=True).select_related("track").order_by("pk")
    return list(rows.prefetch_related("speaking__speaker"))


def series_of(slug: str) -> Series:
    """A series with at least one public event. Raises Http404."""
    found = Series.objects.filter(slug=slug).first()
    if found is None or not found.events.filter(state__in=PUBLIC).exists():
        raise Http404
    return found


def series_events(series: Series) -> list[Event]:
    """The public events of a series, in order."""
    return list(Event.objects.public().filter(series=series).select_related("venue").order_by("starts", "pk"))


def all_series() -> QuerySet[Series]:
    """Every series with the number of its events."""
    return Series.objects.annotate(number=Count("events")).order_by("slug")


def series_for(by: PersonActor, ref: str) -> Series:
    """One series at the desk. Raises Http404."""
    found = Series.objects.filter(ref=ref).first() if by.can(Permission.SEE) else None
    if found is None:
        raise Http404
    return found


def calendar_events(at: datetime) -> list[Event]:
    """What a subscriber's calendar holds: what comes, and what began in the past three months."""
    rows = Event.objects.public().filter(starts__gt=at - CALENDAR_BACK).select_related("venue")
    return list(rows.order_by("starts", "pk")[:500])


def latest(number: int) -> list[Event]:
    """The events published last, for the feed."""
    rows = Event.objects.public().filter(published_at__isnull=False).select_related("venue")
    return list(rows.order_by("-published_at", "-pk")[:number])


def related(
    topics: Sequence[str], audiences: Sequence[str], at: datetime, most: int, *, kinds: Sequence[str] = ()
) -> list[Event]:
    """The next published events about one of these topics, for one of these audiences, or of these kinds."""
    if not (topics or audiences or kinds):
        return []
    shape = (bool(topics), bool(audiences), bool(kinds), most)
    return _related(
        shape=shape, topics=[*topics], audiences=[*audiences], kinds=[*kinds], at=at, since=at - LONGEST
    )


@statements.fetched
def _related(
    *,
    shape: tuple[bool, bool, bool, int],
    topics: list[str],
    audiences: list[str],
    kinds: list[str],
    at: datetime,
    since: datetime,
) -> QuerySet[Event]:
    has_topics, has_audiences, has_kinds, most = shape
    rows = Event.objects.filter(state=EventState.PUBLISHED, starts__gt=since, ends__gt=at)
    if has_topics:
        rows = rows.filter(topics__overlap=statements.codes(topics))
    if has_audiences:
        rows = rows.filter(audiences__overlap=statements.codes(audiences))
    if has_kinds:
        rows = rows.filter(kind__any_of=kinds)
    return rows.select_related("venue").order_by("starts", "pk")[:most]


def own_organisation(by: PersonActor) -> Organisation | None:
    """The organisation for which a person edits events."""
    keys = sorted(by.organisations_for(Permission.EDIT))
    return Organisation.objects.prefetch_related("names").filter(pk__in=keys).order_by("pk").first()
