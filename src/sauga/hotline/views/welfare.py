"""The welfare lead's page and the auditor's: numbers without cases, acts without content."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from sauga.hotline.actions import holding
from sauga.hotline.actions import trail as trail_actions
from sauga.hotline.queries import welfare as queries
from sauga.hotline.rules.permissions import Permission
from sauga.kernel import clock, sealed
from sauga.kernel.identity import actor, needs
from sauga.kernel.ui import toasts
from sauga.kernel.ui.trail import trail_page

ZONE = sealed.Zone.HOTLINE


@needs(Permission.SEE_WELFARE)
def welfare(request: HttpRequest) -> HttpResponse:
    """Who looked at how much in the last seven days, against the day's limit."""
    return render(request, "hotline/desk/welfare.html", {"lines": queries.exposure(by=actor(request), at=clock.now())})


@require_POST
@needs(Permission.LIFT_STOP)
def lift(request: HttpRequest, person: int) -> HttpResponse:
    """Lift today's stop for one person."""
    try:
        holding.lift_stop(by=actor(request), person_id=person, at=clock.now())
    except holding.NothingToLift as nothing:
        raise Http404 from nothing
    toasts.say(request, gettext("The stop is lifted for today."))
    return HttpResponseRedirect(reverse("hotline-welfare"))


@needs(Permission.SEE_TRAIL)
def trail(request: HttpRequest) -> HttpResponse:
    """The zone's trail, newest first, for its auditor."""
    return render(request, "hotline/desk/trail.html", trail_page(request, ZONE))


@require_POST
@needs(Permission.SEE_TRAIL)
def check_trail(request: HttpRequest) -> HttpResponse:
    """Have the chain verified in the background: at a million lines it takes some seconds."""
    trail_actions.ask_for_check(by=actor(request), at=clock.now())
    toasts.say(request, gettext("The chain is being checked; the result comes to your notices."))
    return HttpResponseRedirect(reverse("hotline-trail"))


desk_urls = [
    path("welfare/", welfare, name="hotline-welfare"),
    path("welfare/<int:person>/lift/", lift, name="hotline-welfare-lift"),
    path("trail/", trail, name="hotline-trail"),
    path("trail/check/", check_trail, name="hotline-trail-check"),
]
