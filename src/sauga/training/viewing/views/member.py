"""Viewing sites on the member site: a librarian links an evening to their account, so that it counts toward
their course."""

from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from sauga.kernel import clock, members
from sauga.kernel.members import MemberActor
from sauga.kernel.refusals import ActionRefused
from sauga.training.viewing import documents
from sauga.training.viewing.actions import hosts
from sauga.training.viewing.presenters import STATES
from sauga.training.viewing.queries import links, sites

UNFIT = 422


def _adult(request: HttpRequest) -> MemberActor:
    """The member. Raises Http404 for a young one."""
    by = members.member(request)
    if by.birth_month is not None:
        raise Http404
    return by


@require_safe
def mine(request: HttpRequest) -> HttpResponseBase:
    """The evenings that the member hosts or hosted, the latest first."""
    by = _adult(request)
    lines = [
        {
            "library": str(site),
            "title": documents.title_of(site.webinar),
            "when": documents.when(site.webinar),
            "state": STATES[site.state],
            "href": links.own_path(site),
        }
        for site in sites.of_member(by.member_id)
    ]
    return members.page(request, "training/viewing/member/mine.html", {"lines": lines})


@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponseBase:
    """The holder of the link of a library may link its evening to their account."""
    by, site = _adult(request), links.site_by(token)
    if site is None:
        raise Http404
    refused = ""
    if request.method == "POST":
        try:
            hosts.link_member(by=by, site=site, at=clock.now())
        except ActionRefused as reason:
            refused = reason.text
        else:
            return HttpResponseRedirect(reverse("training-member-sites"))
    context = {
        "library": str(site),
        "title": documents.title_of(site.webinar),
        "when": documents.when(site.webinar),
        "is_mine": site.member_id == by.member_id,
        "refused": refused,
    }
    status = UNFIT if refused else 200
    return members.page(request, "training/viewing/member/link.html", context, status=status)
