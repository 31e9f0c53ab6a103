"""The programme for programs: calendars, the feed, the schedule of an event."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sauga.events.programme.models import Event, said
from sauga.events.programme.presenters.public import when
from sauga.events.programme.queries import events as queries
from sauga.events.programme.standards.calendar_files import calendar_file
from sauga.events.programme.standards.schedules import schedule_json, schedule_xml
from sauga.kernel import clock
from sauga.kernel.i18n import languages
from sauga.kernel.ui.formats import feeds
from sauga.kernel.ui.responses.cache_headers import versioned

CALENDAR = "text/calendar; charset=utf-8"


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Everything that comes, for calendars that subscribe."""
    return _calendar(request, _("Sauga: events"), queries.calendar_events(clock.now()), "events")


@require_safe
def event_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """One event."""
    row = queries.public_event(slug)
    return _calendar(request, str(said(row.title)), [row], slug)


@require_safe
def series_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """All events of a series."""
    row = queries.series_of(slug)
    return _calendar(request, str(said(row.title)), queries.series_events(row), slug)


@require_safe
def schedule_as_json(request: HttpRequest, slug: str) -> HttpResponse:
    """The schedule as JSON."""
    row = queries.public_event(slug)
    held = schedule_json(row, queries.sessions(row), languages.active().code)
    answer = JsonResponse(held, json_dumps_params={"ensure_ascii": False})
    return versioned(request, answer, row.changed_at)


@require_safe
def schedule_as_xml(request: HttpRequest, slug: str) -> HttpResponse:
    """The schedule as frab XML."""
    row = queries.public_event(slug)
    body = schedule_xml(row, queries.sessions(row), languages.active().code)
    return versioned(
        request, HttpResponse(body, content_type="application/xml; charset=utf-8"), row.changed_at
    )


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The events published last, as Atom."""
    rows = queries.latest(feeds.MOST)
    entries = [
        feeds.Entry(
            title=str(said(row.title)),
            path=reverse("events-event", args=[row.slug]),
            published=row.published_at,
            updated=row.changed_at,
            summary=f"{when(row)}. {said(row.summary)!s}",
        )
        for row in rows
        if row.published_at is not None
    ]
    changed_at = max((row.changed_at for row in rows), default=None)
    return feeds.atom(
        request, title=_("Events"), page=reverse("events"), entries=entries, changed_at=changed_at
    )


def _calendar(request: HttpRequest, name: str, rows: list[Event], file: str) -> HttpResponse:
    last = max((row.changed_at for row in rows), default=clock.now())
    answer = HttpResponse(calendar_file(name, rows, last), content_type=CALENDAR)
    answer.headers["Content-Disposition"] = f'inline; filename="{file}.ics"'
    return versioned(request, answer, last)
