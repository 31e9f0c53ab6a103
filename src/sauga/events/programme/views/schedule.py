"""The schedule editor at the desk. Everything is a form that is posted: a script only fills it in. Before a
session is dropped the script asks what stands against the place; the action asks the same rules again.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sauga.events.permissions import Permission
from sauga.events.programme.actions import sessions as actions
from sauga.events.programme.actions.sessions import Spot
from sauga.events.programme.forms.schedule import MoveForm
from sauga.events.programme.models import Event, Session
from sauga.events.programme.presenters.schedule import hour_words, schedule_context
from sauga.events.programme.queries import events as queries
from sauga.events.programme.queries import parts
from sauga.events.states import EventState
from sauga.kernel import clock
from sauga.kernel.identity import PersonActor, actor, needs
from sauga.kernel.kit import Outcome, submitted
from sauga.kernel.kit.actions import respond

UNFIT = 422


@require_safe
@needs(Permission.EDIT_PROGRAMME)
def schedule(request: HttpRequest, ref: str) -> HttpResponse:
    """The sessions of an event by day, hour and place, and those without a time."""
    return _page(request, queries.event_for(actor(request), ref), {})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.EDIT_PROGRAMME)
def move(request: HttpRequest, ref: str, session_ref: str) -> HttpResponse:
    """Move one session, or take it out of the schedule. The undo of a move is a move back, whose values are
    in the address."""
    by = actor(request)
    event = queries.event_for(by, ref)
    row: Session = parts.part_of(by, event, "sessions", session_ref)
    there = reverse("events-schedule", args=[ref])
    if request.method != "POST":
        return HttpResponseRedirect(there)
    is_undo = not {"minutes", "do"} & set(request.POST)
    posted = request.GET if is_undo else request.POST
    form = MoveForm(posted, event=event, auto_id=f"m-{row.ref}-%s")
    if posted.get("do") == "unschedule":
        seen = posted.get("seen", "")
        return respond(
            request,
            lambda: _moved(by, event, row, None, int(seen) if seen.isascii() and seen.isdigit() else None),
            there,
        )

    def act(given: dict[str, Any]) -> Outcome:
        room, stream = parts.place_named(event, given["place"])
        spot = Spot(starts=form.moment(), minutes=given["minutes"], room=room, stream=stream)
        return _moved(by, event, row, spot, given["seen"])

    return submitted(request, form, act) or _page(request, event, {row.ref: form})


@require_safe
@needs(Permission.EDIT_PROGRAMME)
def check(request: HttpRequest, ref: str, session_ref: str) -> HttpResponse:
    """What stands against a session at an hour in a place, for the script: the hour in words, what would be
    refused, what is only a warning. Nothing is changed."""
    by = actor(request)
    event = queries.event_for(by, ref)
    row: Session = parts.part_of(by, event, "sessions", session_ref)
    form = MoveForm(request.GET, event=event)
    if not form.is_valid():
        texts = [str(text) for held in form.errors.values() for text in held]
        return JsonResponse({"when": "", "refused": texts, "warnings": []}, status=UNFIT)
    room, stream = parts.place_named(event, form.cleaned_data["place"])
    spot = Spot(starts=form.moment(), minutes=form.cleaned_data["minutes"], room=room, stream=stream)
    found = actions.would_move(by=by, session=row, to=spot)
    when = hour_words(form.moment().instants[0]) if form.moment().instants else ""
    return JsonResponse({"when": when, "refused": found.refused, "warnings": found.warnings})


def _moved(by: PersonActor, event: Event, row: Session, to: Spot | None, seen: int | None) -> Outcome:
    before = row.room or row.stream
    back = {"do": "unschedule"}
    if row.is_scheduled:
        back = {"instant": row.starts.isoformat(), "place": before.ref if before else ""}
    back["minutes"] = str(actions.minutes_of(row))
    made = actions.move_session(by=by, session=row, to=to, seen=seen, at=clock.now())
    back["seen"] = str(made.session.sequence)
    words = {"title": str(row), "where": actions.spot_words(made.session)}
    message = " ".join([_("“%(title)s” is now %(where)s.") % words, *made.warnings])
    undo = reverse("events-schedule-move", args=[event.ref, row.ref])
    there = reverse("events-schedule", args=[event.ref])
    return Outcome(message, undo=f"{undo}?{urlencode(back)}", to=f"{there}#s-{row.ref}")


def _page(request: HttpRequest, event: Event, bound: Mapping[str, MoveForm]) -> HttpResponse:
    may_move = event.state in (EventState.DRAFT, EventState.PUBLISHED)
    context = schedule_context(event, bound, may_move=may_move)
    context["here"] = reverse("events-schedule", args=[event.ref])
    return render(request, "events/desk/schedule.html", context, status=UNFIT if bound else 200)
