"""The trail of the helpline for its auditor: acts without content."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from sauga.helpline.actions import trail_checks
from sauga.helpline.rules.permissions import Permission
from sauga.kernel import clock, sealed
from sauga.kernel.identity import actor, needs
from sauga.kernel.ui import toasts
from sauga.kernel.ui.trail import trail_page

ZONE = sealed.Zone.HELPLINE


@require_safe
@needs(Permission.SEE_TRAIL)
def trail(request: HttpRequest) -> HttpResponse:
    """The zone's trail, newest first."""
    return render(request, "helpline/desk/trail.html", trail_page(request, ZONE))


@require_POST
@needs(Permission.SEE_TRAIL)
def check(request: HttpRequest) -> HttpResponse:
    """Have the chain verified in the background: at a million lines it takes some seconds."""
    trail_checks.ask_for_check(by=actor(request), at=clock.now())
    toasts.say(request, gettext("The chain is being checked; the result comes to your notices."))
    return HttpResponseRedirect(reverse("helpline-trail"))


desk_urls = [
    path("trail/", trail, name="helpline-trail"),
    path("trail/check/", check, name="helpline-trail-check"),
]
