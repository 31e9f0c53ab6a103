"""Events for everybody: the list with its filters, the month, the archive, one event, its programme, series.
They set no cookie; every filter is part of the address.
"""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sauga.events.effects import public_sections
from sauga.events.programme import presenters
from sauga.events.programme.models import said
from sauga.events.programme.presenters.public import is_known
from sauga.events.programme.queries import events as queries
from sauga.events.programme.queries.events import FILTERS, MOST_PAGES, Wanted
from sauga.events.programme.rules.months import month_of, read_month
from sauga.events.programme.standards.linked_data import event_jsonld
from sauga.kernel import clock, page_cache
from sauga.kernel.clock import VILNIUS
from sauga.kernel.ui.formats import linked_data
from sauga.kernel.ui.parameters.numbers import whole


@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """What comes, or one month with its calendar."""
    at = clock.now()
    wanted = _wanted(request)
    today = at.astimezone(VILNIUS).date()
    found = queries.listed(wanted, at)
    context = {
        **_list_context(wanted, found, at),
        "calendar": _calendar(wanted, today),
        "month": wanted.month,
    }
    _own_query(request, wanted)
    return page_cache.cache_response(request, render(request, "events/public/events.html", context))


def _calendar(wanted: Wanted, today: date) -> dict[str, Any] | None:
    if wanted.month is None:
        return None
    rows = queries.in_month(wanted.month, wanted.chosen)
    return presenters.month(wanted.month, presenters.day_events(rows), today)


@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    """What is over, the latest first."""
    at = clock.now()
    wanted = _wanted(request, archive=True)
    context = _list_context(wanted, queries.listed(wanted, at), at)
    _own_query(request, wanted)
    return page_cache.cache_response(request, render(request, "events/public/events.html", context))


@require_safe
def event(request: HttpRequest, slug: str) -> HttpResponse:
    """One event. A cancelled one says so; one that is over keeps its page."""
    row, at = queries.public_event(slug), clock.now()
    context = presenters.event_context(row, at)
    context["sections"] = public_sections.of(row, at)
    context["jsonld"] = linked_data.script(event_jsonld(row, context["speakers"]))
    return page_cache.cache_response(request, render(request, "events/public/event.html", context))


@require_safe
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    """The programme: one list of sessions; on a wide screen the same items stand in a grid."""
    row = queries.public_event(slug)
    context = presenters.event_context(row, clock.now())
    return page_cache.cache_response(request, render(request, "events/public/programme.html", context))


@require_safe
def series(request: HttpRequest, slug: str) -> HttpResponse:
    """A series with all its events."""
    at = clock.now()
    row = queries.series_of(slug)
    rows = queries.series_events(row)
    coming = [one for one in rows if one.ends > at]
    over = [one for one in reversed(rows) if one.ends <= at]
    context = {
        "series": row,
        "title": said(row.title),
        "plain_title": str(said(row.title)),
        "summary": said(row.summary),
        "plain_summary": str(said(row.summary)),
        "coming": presenters.cards(coming, at),
        "over": presenters.cards(over, at),
    }
    return page_cache.cache_response(request, render(request, "events/public/series.html", context))


def _wanted(request: HttpRequest, *, archive: bool = False) -> Wanted:
    chosen = {
        name: code
        for name in FILTERS
        if (code := request.GET.get(name, "")) and len(code) <= 40 and is_known(name, code)
    }
    shown = None if archive else read_month(request.GET.get("month", ""))
    page = max(whole(request.GET.get("page"), MOST_PAGES), 1)
    return Wanted(chosen, shown, archive, page)


def _list_context(wanted: Wanted, found: queries.Found, at: Any) -> dict[str, Any]:
    pages = []
    if wanted.page > 1:
        pages.append(("previous", _address(wanted, page=wanted.page - 1)))
    if found.more:
        pages.append(("next", _address(wanted, page=wanted.page + 1)))
    filters = presenters.filters(wanted.chosen)
    chips = [
        {"text": label, "href": _address(wanted, without=one["name"])}
        for one in filters
        for code, label in one["options"]
        if code == one["chosen"]
    ]
    months = {}
    if wanted.month:
        months = {
            name: _address(wanted, month=str(other))
            for name, other in (("previous", wanted.month.previous), ("next", wanted.month.next))
            if other.is_possible
        }
    return {
        "wanted": wanted,
        "filters": filters,
        "chips": chips,
        "groups": presenters.cards(found.rows, at),
        "number": len(found.rows),
        "pages": dict(pages),
        "months": months,
        "this_month": month_of(at.astimezone(VILNIUS).date()),
    }


def _address(wanted: Wanted, *, page: int = 1, without: str = "", month: str = "") -> str:
    pairs = [(name, code) for name, code in wanted.chosen.items() if name != without]
    shown = month or (str(wanted.month) if wanted.month else "")
    pairs += [("month", shown)] if shown else []
    pairs += [("page", str(page))] if page > 1 else []
    return "?" + urlencode(pairs)


def _own_query(request: HttpRequest, wanted: Wanted) -> None:
    """What makes an address another page for search engines: a month, or a further page."""
    if not wanted.chosen:
        pairs = [("month", str(wanted.month))] if wanted.month else []
        pairs += [("page", str(wanted.page))] if wanted.page > 1 else []
        request.own_query = urlencode(pairs)  # type: ignore[attr-defined]  # read by `canonical`
