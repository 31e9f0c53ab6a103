"""Webinars for the public and for the desk; which events have none yet."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404

from sauga.events.programme.models import Event, Speaker
from sauga.events.states import EventState
from sauga.kernel.identity import PersonActor, home
from sauga.training.permissions import Permission
from sauga.training.states import QuestionState
from sauga.training.streaming.models import Stream
from sauga.training.webinars.models import Question, Webinar, WebinarSet

KIND = "webinar"
SOON, DONE, ALL = "soon", "done", "all"
QUESTIONS, MESSAGES = "questions", "messages"
VIEWS = (SOON, DONE, ALL, QUESTIONS, MESSAGES)
RECENT = timedelta(days=14)
"""So long after it was written, a message of a library waits to be read."""
WITH = ("event__series", "stream")
MOST_LISTED = 60


def desk_webinars(view: str, at: datetime) -> QuerySet[Webinar]:
    """Webinars of a view of the desk: what comes or is on, what is over, all; those with questions or with
    messages of libraries that are unread."""
    rows = Webinar.objects.select_related(*WITH)
    if view == QUESTIONS:
        asked = Question.objects.filter(webinar=OuterRef("pk"), state=QuestionState.WAITING)
        return rows.filter(Exists(asked), event__ends__gt=at).order_by("event__starts", "pk")
    if view == MESSAGES:
        unread = {"from_host": True, "read_at": None, "at__gt": at - RECENT}
        said = {f"sites__messages__{name}": value for name, value in unread.items()}
        return rows.filter(pk__in=Webinar.objects.filter(**said).values("pk")).order_by("event__starts", "pk")
    if view == SOON:
        return rows.filter(event__ends__gt=at - timedelta(hours=3)).order_by("event__starts", "pk")
    if view == DONE:
        rows = rows.filter(event__ends__lte=at)
    return rows.order_by("-event__starts", "-pk")


def desk_counts(at: datetime) -> dict[str, int]:
    """How many there are in each view."""
    return {view: desk_webinars(view, at).count() for view in VIEWS}


def with_questions(_by: PersonActor, at: datetime) -> int:
    """At how many webinars questions wait to be read."""
    return home.count_of(desk_webinars(QUESTIONS, at))


def with_messages(_by: PersonActor, at: datetime) -> int:
    """Of how many webinars libraries have written messages not yet read."""
    return home.count_of(desk_webinars(MESSAGES, at))


def webinar_for(by: PersonActor, ref: str, permission: Permission = Permission.SEE_WEBINARS) -> Webinar:
    """One webinar at the desk. Raises Http404 where there is none, and where the actor may not do this."""
    found = Webinar.objects.select_related(*WITH).filter(ref=ref).first() if by.can(permission) else None
    if found is None:
        raise Http404
    return found


def events_without(at: datetime) -> QuerySet[Event]:
    """Events of the kind webinar that are not over and have no broadcast yet, the next first."""
    rows = Event.objects.filter(kind=KIND, ends__gt=at, webinar__isnull=True)
    return rows.exclude(state=EventState.CANCELLED).order_by("starts", "pk")


def public_webinar(slug: str) -> Webinar:
    """One webinar for visitors. Raises Http404."""
    found = Webinar.objects.public().select_related(*WITH).filter(event__slug=slug).first()
    if found is None:
        raise Http404
    return found


def upcoming(at: datetime, most: int = MOST_LISTED) -> Sequence[Webinar]:
    """The public webinars that are not over, the next first; cancelled ones not."""
    rows = _listed().filter(event__ends__gt=at).order_by("event__starts", "pk")
    return list(rows[:most])


def past(at: datetime, series: str = "") -> Sequence[Webinar]:
    """Those that are over, the latest first."""
    rows = _listed().filter(event__ends__lte=at)
    if series:
        rows = rows.filter(event__series__slug=series)
    return list(rows.order_by("-event__starts", "-pk")[:MOST_LISTED])


def _listed() -> WebinarSet:
    rows: WebinarSet = Webinar.objects.public().select_related(*WITH)
    return rows.exclude(event__state=EventState.CANCELLED)


def speakers(webinar: Webinar) -> list[Speaker]:
    """Everybody who speaks, in the order of their names."""
    return list(Speaker.objects.filter(event=webinar.event).order_by("name", "pk"))


def public_speakers(webinar: Webinar) -> list[Speaker]:
    """Those of them who agreed to be named."""
    return [one for one in speakers(webinar) if one.consented_at is not None and one.withdrawn_at is None]


def held_between(start: date, end: date) -> dict[str, int]:
    """How many webinars took place, by where their picture came from."""
    rows = Webinar.objects.filter(
        event__state=EventState.OVER, event__starts__date__gte=start, event__starts__date__lt=end
    )
    found: dict[str, int] = {}
    for source in rows.values_list("source", flat=True):
        found[source] = found.get(source, 0) + 1
    return found


def streams_to_choose() -> list[Stream]:
    """Broadcasts that a webinar can take its picture from, the latest first."""
    return list(Stream.objects.order_by("-starts", "-pk")[:200])
