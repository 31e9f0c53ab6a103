"""Activities on the member site: what a member registered, and registering another one without a mail to
confirm."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from sauga.events.activities import presenters
from sauga.events.activities.actions import registrations
from sauga.events.activities.documents import organisation_of, when
from sauga.events.activities.forms import ActivityForm
from sauga.events.activities.queries import activities, links
from sauga.events.activities.rules.editions import current
from sauga.events.activities.views.day import UNFIT, bound, details, first
from sauga.events.activities.views.organisations import meant
from sauga.kernel import clock, members
from sauga.kernel.clock import local_day
from sauga.kernel.i18n.normal import normal_address
from sauga.kernel.members import MemberActor
from sauga.kernel.refusals import refusal_in

SENTENCES = {
    "activity-registered": _("Registered. It counts on the map now; you get an email with its link.")
}


def _adult(request: HttpRequest) -> MemberActor:
    """The member. Raises Http404 for a young one."""
    by = members.member(request)
    if by.birth_month is not None:
        raise Http404
    return by


@require_safe
def mine(request: HttpRequest) -> HttpResponseBase:
    """The member's own activities, the latest first."""
    by, at = _adult(request), clock.now()
    lines = [
        {
            "row": row,
            "organisation": organisation_of(row),
            "when": when(row),
            "state": presenters.own_mark(row),
            "href": links.own_path(row) if hasattr(row, "contact") else "",
        }
        for row in activities.of_member(by.member)
    ]
    edition = current(local_day(at))
    context = {"lines": lines, "edition": edition, "is_open": edition.is_open(local_day(at))}
    return members.page(request, "events/activities/member/mine.html", context, sentences=SENTENCES)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponseBase:
    """Register an activity; the member's address needs no confirmation."""
    by, at = _adult(request), clock.now()
    edition = current(local_day(at))
    said = meant(request.POST.dict(), at)
    if request.method == "POST":
        form = bound(request, said, edition, has_address=False)
        if form.is_valid():
            with refusal_in(form):
                registrations.register(
                    by=by,
                    details=details(form, said),
                    address=normal_address(members.address_of(by.member)),
                    at=at,
                )
                return members.to("events-member-activities", "activity-registered")
    else:
        form = ActivityForm(has_address=False, **_first(by, edition, at))
    context = {"form": form, "said": said, "edition": edition, "is_open": edition.is_open(local_day(at))}
    return members.page(
        request, "events/activities/member/new.html", context, status=UNFIT if form.errors else 200
    )


def _first(by: MemberActor, edition: Any, at: datetime) -> dict[str, Any]:
    """The form with the organisation for which the member acts, where there is one."""
    opened = first(edition)
    own = list(members.organisations_of(by.member_id).values())
    if len(own) == 1:
        opened["initial"]["organisation"] = f"{own[0].name_at(at)} · {own[0].code}"
    return opened | {"suggest_url": reverse("events-sid-suggest")}
