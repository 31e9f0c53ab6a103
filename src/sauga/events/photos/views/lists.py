"""Who must not be photographed, for the photographer; the numbered badges of a class, for the teacher."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sauga.events.permissions import Permission
from sauga.events.photos.actions import lists as actions
from sauga.events.photos.queries import badges as queries
from sauga.events.programme.models import Event
from sauga.events.registration.queries import links
from sauga.events.registration.queries.details import details_of
from sauga.events.registration.rules import photo_choices
from sauga.events.states import SEATED
from sauga.kernel import clock, vocab
from sauga.kernel.identity import actor, needs

GONE = 410


@require_safe
@needs(Permission.SEE_PHOTO_LIST)
def today(request: HttpRequest) -> HttpResponse:
    """The lists of the events of today."""
    return _page(request, queries.events_of_day(actor(request), clock.now()), is_today=True)


@require_safe
@needs(Permission.SEE_PHOTO_LIST)
def of_event(request: HttpRequest, ref: str) -> HttpResponse:
    """The list of one event."""
    return _page(request, [queries.list_event_for(actor(request), ref, clock.now())], is_today=False)


@require_safe
def badges(request: HttpRequest, token: str) -> HttpResponse:
    """The badges of a class, by the teacher's personal link: numbers, colours and lines to write on."""
    row = links.registration_by(token)
    is_there = row is not None and row.groups and row.state in SEATED
    if row is None or not is_there or not photo_choices(row.event.photo_policy):
        response = render(request, "events/registration/public/over.html", status=GONE)
    else:
        details = details_of(row)
        context = {
            "row": row,
            "event": row.event,
            "class_name": f"{details.school}, {details.class_name}",
            "badges": queries.badges_of(row, queries.number_of(row)),
            "own": links.own_token(row),
        }
        response = render(request, "events/photos/public/badges.html", context)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _page(request: HttpRequest, events: list[Event], *, is_today: bool) -> HttpResponse:
    by, at = actor(request), clock.now()
    found = [queries.photo_list(event, at) for event in events]
    for one in found:
        actions.open_list(by=by, event=one.event, rows=len(one.lines), at=at)
    context = {
        "lists": [(one, vocab.label("photo_policies", one.event.photo_policy)) for one in found],
        "is_today": is_today,
        "at": at,
    }
    response = render(request, "events/photos/desk/list.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response
