"""The worklist and the way into the next item."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sauga.hotline.actions import holding
from sauga.hotline.forms.casework import FilterForm
from sauga.hotline.forms.many import Act
from sauga.hotline.queries import worklist as queries
from sauga.hotline.queries.worklist import Place, View
from sauga.hotline.rules.permissions import Permission
from sauga.hotline.views import words
from sauga.kernel import clock
from sauga.kernel.identity import PersonActor, actor, needs
from sauga.kernel.kit.actions import Outcome, post_action
from sauga.kernel.ui import parts
from sauga.kernel.ui.numbers import whole

VIEW_NAMES = {
    View.TO_ASSESS: _("To assess"),
    View.MINE: _("Mine"),
    View.REVIEW: _("Second review"),
    View.NOTICE_DUE: _("Notice due"),
    View.FOLLOWED: _("Followed"),
    View.AT_HOME: _("In Lithuania, not removed"),
    View.CAME_BACK: _("Came back"),
    View.ALL: _("Everything"),
}
ACTED_VIEWS = {View.NOTICE_DUE, View.FOLLOWED, View.AT_HOME, View.CAME_BACK}
COLUMNS = [
    parts.Column(label=_("Urgency")),
    parts.Column(label=_("Age")),
    parts.Column(label=_("Category, number")),
    parts.Column(label=_("Hosting")),
    parts.Column(label=_("State")),
    parts.Column(label=_("Joined")),
    parts.Column(label=_("Time left")),
]


def _place(text: str) -> Place | None:
    """The place to continue from, as the pager wrote it; anything else begins at the top."""
    priority, _sep, rest = text.partition("|")
    instant, _sep, number = rest.partition("|")
    try:
        due: datetime | None = parse_datetime(instant)
        return Place(priority, due, whole(number)) if due and priority in words.TONES else None
    except ValueError:
        return None


@needs(Permission.SEE_WORKLIST)
def worklist(request: HttpRequest) -> HttpResponse:
    """One page of the list. Filters, the view and the place stand in the address."""
    at, by = clock.now(), actor(request)
    form = FilterForm(request.GET)
    filters = form.filters(_place(request.GET.get("after", "")))
    page = queries.worklist(by=by, filters=filters, at=at)
    context = {
        "form": form,
        "filters": filters,
        "columns": COLUMNS,
        "lines": [words.line(row, at) for row in page.rows],
        "tabs": _tabs(queries.counts(by=by), filters.view),
        "pager": _pager(request, page.following, bool(filters.after)),
        "locked": by.vault is None,
        "may_take": by.can(Permission.ASSESS),
        "acts": _acts(by, filters.view),
        "at": at,
        "wider": queries.wider(by=by, text=filters.find) if filters.find and page.rows else "",
        "narrowed": any((filters.priority, filters.category, filters.hosting, filters.find)),
    }
    return render(request, "hotline/desk/worklist.html", context)


def _acts(by: PersonActor, view: View) -> list[dict[str, Any]]:
    """What can be done to ticked rows: by what the person may, and by what makes sense in this view."""
    unjudged, followed = view in {View.TO_ASSESS, View.MINE, View.ALL}, view in ACTED_VIEWS
    offered = [
        (Act.TAKE, _("Take in hand"), "a", Permission.ASSESS, unjudged and view is not View.MINE),
        (Act.RELEASE, _("Put back"), "p", Permission.ASSESS, view in {View.MINE, View.ALL}),
        (Act.HAND, _("Hand over"), "h", Permission.ASSESS, unjudged),
        (Act.URGENCY, _("Urgency"), "u", Permission.TRIAGE, unjudged or view is View.REVIEW),
        (Act.JOIN, _("Join"), "m", Permission.TRIAGE, unjudged),
        (Act.ASIDE, _("Noise"), "d", Permission.TRIAGE, unjudged),
        (Act.RECHECK, pgettext_lazy("worklist", "Look again"), "l", Permission.CHECK, followed or view is View.ALL),
    ]
    return [
        {"do": act, "label": label, "key": key, "least": 2 if act is Act.JOIN else 1}
        for act, label, key, permission, fits in offered
        if fits and by.can(permission)
    ]


def _tabs(counts: dict[View, int], current: View) -> list[dict[str, Any]]:
    def shown(view: View) -> str:
        count = counts.get(view)
        return "" if count is None else queries.said_count(count)

    return [
        {"name": VIEW_NAMES[view], "href": f"?view={view}", "count": shown(view), "current": view is current, "key": number}
        for number, view in enumerate(View, 1)
    ]


def _pager(request: HttpRequest, following: Place | None, inside: bool) -> parts.Pager:
    query = {name: value for name, value in request.GET.items() if name != "after"}
    forward = urlencode({**query, "after": f"{following.priority}|{following.due_at.isoformat()}|{following.pk}"}) if following else ""
    return parts.Pager(previous=urlencode(query) or "view=assess" if inside else "", next=forward)


@needs(Permission.ASSESS)
@post_action("hotline-worklist")
def take_next(request: HttpRequest) -> str | Outcome:
    """Take the most urgent free item in hand and open it; say so when nothing waits."""
    at, by = clock.now(), actor(request)
    item = queries.next_for(by=by, at=at)
    if item is None:
        return gettext("Nothing waits for assessment. Take a breath.")
    holding.take_item(by=by, item=item, at=at)
    return Outcome(to=reverse("hotline-item", args=[item.ref]))


desk_urls = [
    path("", worklist, name="hotline-worklist"),
    path("next/", take_next, name="hotline-next"),
]
