"""The team of an event at the desk."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sauga.events.permissions import TEAM, Permission
from sauga.events.planning import forms
from sauga.events.planning.actions import team as actions
from sauga.events.planning.queries import team as queries
from sauga.events.programme.queries.events import event_for
from sauga.events.trail import CHANNEL
from sauga.kernel import clock
from sauga.kernel.identity import actor, needs
from sauga.kernel.kit import Outcome, respond, submitted

UNFIT = 422


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.PLAN)
def team(request: HttpRequest, ref: str) -> HttpResponse:
    """Who is on the team; a person is added."""
    by, at = actor(request), clock.now()
    event = event_for(by, ref, Permission.PLAN)
    form = forms.TeamForm(request.POST if request.method == "POST" else None, event=event, at=at)

    def act(_said: dict[str, Any]) -> Outcome:
        person, role = form.chosen
        actions.add_member(by=by, event=event, person=person, role=role, at=at)
        return Outcome(_("Added to the team."), to=reverse("events-team", args=[ref]))

    if response := submitted(request, form, act):
        return response
    rows = queries.team_of(event)
    context = {
        "event": event,
        "form": form,
        "team": [(role, forms.role_name(role), [row for row in rows if row.role == role]) for role in TEAM],
        "channel": CHANNEL,
    }
    return render(request, "events/planning/desk/team.html", context, status=UNFIT if form.errors else 200)


@require_POST
@needs(Permission.PLAN)
def remove(request: HttpRequest, ref: str, key: int) -> HttpResponse:
    """Take a person off the team."""
    by, at = actor(request), clock.now()
    member = queries.member_of(event_for(by, ref, Permission.PLAN), key)

    def act() -> str:
        actions.remove_member(by=by, member=member, at=at)
        return _("Removed from the team.")

    return respond(request, act, reverse("events-team", args=[ref]))
