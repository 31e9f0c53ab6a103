"""The welfare lead's page: numbers without cases."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from sauga.hotline.actions import holding
from sauga.hotline.queries import welfare as queries
from sauga.hotline.rules.permissions import Permission
from sauga.kernel import clock
from sauga.kernel.identity import actor, needs
from sauga.kernel.ui import toasts


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


desk_urls = [
    path("welfare/", welfare, name="hotline-welfare"),
    path("welfare/<int:person>/lift/", lift, name="hotline-welfare-lift"),
]
