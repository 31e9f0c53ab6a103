"""What everybody reads: the public list, a page for each proposal, the page of a year, the feed, the rules.
Nothing here is about a member: no name, no pseudonym, no age."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from sauga.kernel import clock, page_cache
from sauga.kernel.ui.formats import feeds
from sauga.kernel.ui.formats.csv_files import csv_text
from sauga.panel.voice import presenters
from sauga.panel.voice.queries import ledger as queries
from sauga.panel.voice.queries.ledger import Entry
from sauga.panel.voice.rules.ledger import Group
from sauga.panel.voice.rules.moderation import RULES

MOST = 200


def shown(one: Entry) -> dict[str, Any]:
    """An entry as templates show it."""
    tone, icon, words = presenters.group_badge(one)
    return {
        "entry": one,
        "href": reverse("panel-public-proposal", args=[one.number]),
        "trail": presenters.trail(one.facts, one.late),
        "tone": tone,
        "icon": icon,
        "words": words,
        "authors": presenters.public_authors(one.authors),
    }


@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    """What the panel asked, who answered, what came of it."""
    found = queries.entries(clock.now())
    counts = queries.counts(found)
    asked = request.GET.get("show", "")
    group = Group(asked) if asked in set(Group) else Group.ALL
    rows = [one for one in found if group in (Group.ALL, one.group)]
    context = {
        "rows": [shown(one) for one in rows[:MOST]],
        "filters": [
            (one, name, counts[one], one == group)
            for one, name in presenters.GROUPS.items()
            if counts[one] or one == group
        ],
        "asked": counts[Group.ALL],
        "answered": counts[Group.ALL] - counts[Group.WAITING] - counts[Group.OVERDUE],
        "waiting": counts[Group.WAITING],
        "late": counts[Group.OVERDUE],
        "done_so_far": counts[Group.DONE],
        "in_progress": counts[Group.IN_PROGRESS],
        "not_done": counts[Group.NOT_DONE],
        "years": queries.years(found),
    }
    page = render(request, "panel/voice/public/ledger.html", context)
    return page_cache.cache_response(request, page, seconds=page_cache.MINUTE)


@require_safe
def proposal(request: HttpRequest, number: int) -> HttpResponse:
    """One proposal: what was asked, the answer, what happened."""
    one = queries.entry(number, clock.now())
    if one is None:
        raise Http404
    page = render(request, "panel/voice/public/proposal.html", shown(one))
    return page_cache.cache_response(request, page, seconds=page_cache.MINUTE)


@require_safe
def year(request: HttpRequest, year: int) -> HttpResponse:
    """What the panel changed in a year, to read and to print."""
    found = queries.entries(clock.now())
    if year not in queries.years(found):
        raise Http404
    rows = queries.of_year(found, year)
    done = [shown(one) for one in rows if one.group is Group.DONE]
    context = {
        "year": year,
        "done_rows": done,
        "other_rows": [shown(one) for one in rows if one.group is not Group.DONE],
        "asked": sum(one.facts.sent_on.year == year for one in rows),
        "answered": sum(_is_in(one.facts.answered_on, year) for one in rows),
        "done_so_far": len(done),
        "late": sum(bool(one.late or one.was_late) for one in rows),
        "years": queries.years(found),
    }
    page = render(request, "panel/voice/public/year.html", context)
    return page_cache.cache_response(request, page, seconds=page_cache.MINUTE)


def _is_in(day: Any, year: int) -> bool:
    return day is not None and day.year == year


@require_safe
def table(_request: HttpRequest) -> HttpResponse:
    """The whole list as a file."""
    heads = (
        _("Number"),
        _("Proposal"),
        _("Who was asked"),
        _("Asked"),
        _("Answer by"),
        _("Answered"),
        _("Answer"),
        _("Reason"),
        _("Stands"),
        _("Young people told"),
    )
    rows = [
        (
            one.number,
            one.title,
            one.addressee,
            _iso(one.facts.sent_on),
            _iso(one.facts.due_on),
            _iso(one.facts.answered_on),
            str(presenters.ANSWERS[one.facts.verdict]) if one.facts.verdict else "",
            one.reason,
            presenters.group_badge(one)[2],
            _iso(one.facts.reported_on),
        )
        for one in queries.entries(clock.now())
    ]
    text = csv_text([str(one) for one in heads], rows, delimiter=";")
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="youth-panel.csv"'
    return response


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """What changed in the list, as Atom."""
    found = sorted(queries.entries(clock.now()), key=lambda one: one.changed_at, reverse=True)
    entries = [
        feeds.Entry(
            title=f"{one.title}: {presenters.group_badge(one)[2]}",
            path=reverse("panel-public-proposal", args=[one.number]),
            published=one.facts.sent_on,
            updated=one.changed_at,
            summary=gettext("Asked: %(name)s") % {"name": one.addressee},
        )
        for one in found
    ]
    changed = max((one.changed_at for one in found), default=None)
    return feeds.atom(
        request,
        title=_("What the youth panel changed"),
        page=reverse("panel-ledger"),
        entries=entries,
        changed_at=changed,
    )


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """How the panel works and what is published: rules for everybody to read."""
    page = render(request, "panel/voice/public/rules.html", {"rules": RULES})
    return page_cache.cache_response(request, page, seconds=page_cache.MINUTE)
