"""The coordinator's wall: all libraries of a webinar on one page, what needs attention, what was asked."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from sauga.events.programme.models import said
from sauga.kernel import clock
from sauga.kernel.identity import actor, needs
from sauga.training.permissions import Permission
from sauga.training.states import QuestionState
from sauga.training.viewing import documents
from sauga.training.viewing.actions.transitions import CHANNEL
from sauga.training.viewing.presenters import DONE, NEEDED, VIEW_LABELS, wall
from sauga.training.viewing.queries import sites
from sauga.training.viewing.queries.hosts import phones_of
from sauga.training.webinars import presenters
from sauga.training.webinars.actions.questions import CHANNEL as QUESTIONS
from sauga.training.webinars.queries import questions, webinars

MAP, COUNTIES = "map", "counties"
SHOWN_QUESTIONS = 4


@needs(Permission.SEE_WEBINARS)
@require_safe
def page(request: HttpRequest, ref: str) -> HttpResponse:
    """The wall of a webinar: by county or as a map, all sites or one view marked."""
    by, at = actor(request), clock.now()
    webinar = webinars.webinar_for(by, ref)
    chosen = request.GET.get("b", sites.ALL)
    chosen = chosen if chosen in sites.VIEWS else sites.ALL
    look = MAP if request.GET.get("as") == MAP else COUNTIES
    rows = list(sites.sites_of(webinar))
    counts = dict.fromkeys(sites.VIEWS, 0)
    for site in rows:
        counts[sites.view_of(site, at)] += 1
    unread = sites.unread(webinar)
    needing = sites.needing_help(rows, unread, at)
    may_call, may_moderate = by.can(Permission.COORDINATE_SITES), by.can(Permission.MODERATE_QUESTIONS)
    phones = phones_of(needing[:NEEDED]) if may_call else {}
    heads, places = sites.counted_heads(webinar)
    numbers = questions.counts(webinar)
    taking = len(rows) - counts[sites.INVITED] - counts[sites.ABSENT]
    context = {
        "webinar": webinar,
        "title": said(webinar.event.title),
        "when": documents.when(webinar),
        "state": presenters.state_of(webinar, at),
        "channels": f"{CHANNEL} {QUESTIONS}" if may_moderate else CHANNEL,
        "look": look,
        "chosen": chosen,
        "views": _views(counts),
        "number": len(rows),
        "taking": taking,
        "live": counts[sites.LIVE],
        "shown": sum(counts[code] for code in DONE) + counts[sites.LOST],
        "counties": wall.wall(rows, chosen, at) if look == COUNTIES else [],
        "tiles": wall.tiles(rows, at) if look == MAP else [],
        "needs": wall.needs_of(needing[:NEEDED], unread, phones, at),
        "needing": len(needing),
        "more": max(0, len(needing) - NEEDED),
        "next": reverse("training-site-desk", args=[needing[0].ref]) if needing else "",
        "heads": heads,
        "places": places,
        "asked": sum(numbers.values()),
        "waiting": numbers[QuestionState.WAITING],
        "questions": questions.waiting(webinar, SHOWN_QUESTIONS) if may_moderate else [],
        "may_write": may_call,
        "may_moderate": may_moderate,
        "now": at,
    }
    return render(request, "training/viewing/desk/wall.html", context)


def _views(counts: dict[str, int]) -> list[dict[str, Any]]:
    """The views that can be chosen: those with sites, and those that are always offered."""
    return [
        {"code": code, "label": VIEW_LABELS[code], "n": counts[code], "key": number}
        for number, code in enumerate(sites.VIEWS[1:], 1)
        if counts[code] or code in DONE or code == sites.READY
    ]
