"""The public list of resources and the page of each. They set no cookie; every filter is part of the
address.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy
from django.views.decorators.http import require_safe

from sauga.kernel import clock, page_cache, sealed, vocab
from sauga.kernel.states import SystemActor
from sauga.kernel.ui.formats.linked_data import script
from sauga.kernel.ui.hrefs import public_address
from sauga.kernel.ui.parameters.numbers import whole
from sauga.repository.catalogue import linked_data, topic_pages
from sauga.repository.catalogue.actions import daily_counts, print_orders
from sauga.repository.catalogue.presenters import cards, collection_card, page_context
from sauga.repository.catalogue.queries import catalogue as queries
from sauga.repository.catalogue.queries.catalogue import FACETS, SORTS, VOCABULARIES, Wanted
from sauga.repository.catalogue.queries.surroundings import surroundings
from sauga.repository.catalogue.rules.readers import LABELS, READERS, reader_of
from sauga.repository.resources.models import Resource
from sauga.repository.resources.presenters import resources as words
from sauga.repository.resources.rules.metadata import ACCESS_FEATURES
from sauga.repository.search import queries as search_queries
from sauga.repository.states import GONE

FACET_NAMES: dict[str, str | Promise] = {
    "for": pgettext_lazy("audience", "For"),
    "topic": _("Topic"),
    "age": pgettext_lazy("resource", "Age"),
    "type": pgettext_lazy("resource", "Kind"),
    "access": _("Access"),
    "lang": _("Language"),
}
SORT_NAMES: dict[str, str | Promise] = {
    "used": _("Most used"),
    "new": _("Newest"),
    "short": _("Shortest"),
    "title": _("By title"),
}
SHOWN = 6
MOST_PAGES = 500
PURPOSE_USE = "repository.use"
VISITOR = SystemActor("visitor")


@require_safe
def resources(request: HttpRequest) -> HttpResponse:
    """The list: filters with counts, results, pages."""
    wanted = _wanted(request)
    language = words.speaking()
    if wanted.q and search_queries.speaks_of_distress(wanted.q, language):
        return _help_first(wanted.q)
    found = queries.search(wanted, language)
    wanted = replace(wanted, page=found.page)
    if wanted.page > 1 and not wanted.is_narrowed() and wanted.sort == SORTS[0]:
        request.own_query = f"page={wanted.page}"  # type: ignore[attr-defined]  # read by `canonical`
    context = {
        "wanted": wanted,
        "facets": [_facet(name, codes, wanted) for name, codes in found.facets.items()],
        "chips": _chips(wanted),
        "cards": cards(found.rows),
        "total": ngettext("%(n)d resource", "%(n)d resources", found.total) % {"n": found.total},
        "found": found,
        "pages": _pages(wanted, found.pages),
        "sorts": [(code, SORT_NAMES[code], code == wanted.sort) for code in SORTS],
        "hidden": [(name, code) for name, codes in wanted.chosen.items() for code in codes],
        "collections": []
        if wanted.is_narrowed()
        else [collection_card(row) for row in queries.collections()],
    }
    return page_cache.cache_response(request, render(request, "repository/catalogue/resources.html", context))


def _help_first(q: str) -> HttpResponse:
    """Words of distress are answered on the search page, where help comes first."""
    answer = HttpResponseRedirect(f"{reverse('repository-search')}?{urlencode({'q': q})}")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _wanted(request: HttpRequest) -> Wanted:
    chosen: dict[str, tuple[str, ...]] = {}
    for name in FACETS:
        given = _known_codes(name, request.GET.getlist(name)[: queries.MOST_VALUES])
        if given:
            chosen[name] = tuple(dict.fromkeys(given))
    sort, number = request.GET.get("sort", ""), max(whole(request.GET.get("page"), MOST_PAGES), 1)
    words_given = request.GET.get("q", "").replace("\x00", "").strip()[:120]
    return Wanted(q=words_given, chosen=chosen, sort=sort if sort in SORTS else SORTS[0], page=number)


def _known_codes(name: str, codes: list[str]) -> list[str]:
    """The codes that a filter has; an audience of an older address is the reader who stands for it."""
    if name == "for":
        return [reader for code in codes if (reader := reader_of(code))]
    if name == "age":
        known = {term.code for term in queries.ages()}
        return [code for code in codes if code in known]
    return [code for code in codes if vocab.has_term(VOCABULARIES[name], code)]


def _facet(name: str, codes: dict[str, int], wanted: Wanted) -> dict[str, Any]:
    chosen = wanted.chosen.get(name, ())
    if name == "age":
        order = [term.code for term in queries.ages()]
    elif name == "access":
        order = list(ACCESS_FEATURES)
    elif name == "for":
        order = list(READERS)
    else:
        order = sorted(codes, key=lambda code: (-codes[code], code))
    options = [
        {"code": code, "label": _label(name, code), "n": codes.get(code, 0), "chosen": code in chosen}
        for code in dict.fromkeys([*chosen, *order])
        if codes.get(code) or code in chosen
    ]
    few = SHOWN + 3 if len(options) <= SHOWN + 3 else SHOWN
    return {"name": name, "title": FACET_NAMES[name], "options": options[:few], "more": options[few:]}


def _label(facet: str, code: str) -> str:
    if facet == "for":
        return str(LABELS[code])
    return vocab.label("age_bands" if facet == "age" else VOCABULARIES[facet], code)


def _address(wanted: Wanted, **changes: Any) -> str:
    chosen = changes.get("chosen", wanted.chosen)
    pairs = [("q", changes.get("q", wanted.q))] if changes.get("q", wanted.q) else []
    pairs += [(name, code) for name, codes in chosen.items() for code in codes]
    pairs += [("sort", wanted.sort)] if wanted.sort != SORTS[0] else []
    pairs += [("page", changes["page"])] if changes.get("page", 1) > 1 else []
    return "?" + urlencode(pairs)


def _chips(wanted: Wanted) -> list[dict[str, str]]:
    """The chosen filters, each with the address without it."""
    chips = (
        [
            {
                "text": f"„{wanted.q}“" if words.speaking() == "lt" else f"“{wanted.q}”",
                "href": _address(wanted, q=""),
            }
        ]
        if wanted.q
        else []
    )
    for name, codes in wanted.chosen.items():
        for code in codes:
            rest = {**wanted.chosen, name: tuple(one for one in codes if one != code)}
            chips.append({"text": _label(name, code), "href": _address(wanted, chosen=rest)})
    return chips


def _pages(wanted: Wanted, count: int) -> list[dict[str, Any]]:
    """Links to neighbouring pages, the first and the last; empty when there is only one."""
    if count < 2:
        return []
    near = sorted({1, count, *range(max(1, wanted.page - 2), min(count, wanted.page + 2) + 1)})
    return [{"n": n, "href": _address(wanted, page=n), "current": n == wanted.page} for n in near]


@require_safe
def resource(request: HttpRequest, slug: str) -> HttpResponse:
    """One resource; for a withdrawn one the reason and what to use instead. The other language's address
    works too.
    """
    row = queries.public_resource(slug)
    here = words.href(row)
    if request.path != here:
        return HttpResponsePermanentRedirect(here)
    request.is_for_everybody = True  # type: ignore[attr-defined]  # read by kernel.ui.public_frame.language
    request.twins = words.twins("repository-resource", row)  # type: ignore[attr-defined]  # read by kernel.ui.public_frame.language
    if row.state in GONE:
        return _gone(request, row)
    at = clock.now()
    print_orders.count_day(
        by=VISITOR, resource=row, kind="view", at=at, called=request.headers.get("User-Agent", "")
    )
    context = page_context(row, ticket=page_cache.placeholder("ticket"))
    page = render(request, "repository/catalogue/resource.html", context)
    return page_cache.cache_response(request, page, fill={"ticket": _ticket}, on_hit=partial(_seen, row.pk))


def _ticket() -> str:
    return sealed.new_ticket(PURPOSE_USE, clock.now())


def _seen(key: int, called: str) -> Callable[[], int] | None:
    """Count a view of a page served from the cache."""
    return (
        daily_counts.flush
        if print_orders.add_view(by=VISITOR, key=key, at=clock.now(), called=called)
        else None
    )


def _gone(request: HttpRequest, row: Resource) -> HttpResponse:
    title, lang = words.spoken(row, "title")
    instead = row.replaced_by if row.replaced_by and row.replaced_by.is_live() else None
    context = {
        "row": row,
        "title": title,
        "lang": lang,
        "kind": vocab.label("resource_types", row.type),
        "reason": words.spoken(row, "withdrawn_reason")[0],
        "instead": words.card(instead) if instead else None,
        "related": cards(surroundings(row).related),
    }
    return render(request, "repository/catalogue/gone.html", context, status=410)


@require_safe
def collection(request: HttpRequest, slug: str) -> HttpResponse:
    """A collection with its resources in order."""
    row, members = queries.collection_for(slug)
    here = words.speaking()
    if row.slug(here) != slug:
        return HttpResponsePermanentRedirect(reverse("repository-collection", args=[row.slug(here)]))
    request.is_for_everybody = True  # type: ignore[attr-defined]  # read by kernel.ui.public_frame.language
    request.twins = words.twins("repository-collection", row)  # type: ignore[attr-defined]  # read by kernel.ui.public_frame.language
    shown = collection_card(row)
    codes = sorted({code for one in members for code in one.topics})
    context = {
        "collection": shown,
        "cards": cards(members),
        "topic_pages": topic_pages.topic_pages(codes, here),
        "jsonld": script(linked_data.collection_jsonld(row, members, here)),
    }
    return page_cache.cache_response(
        request, render(request, "repository/catalogue/collection.html", context)
    )


def resource_addresses(keys: list[str], language: str) -> dict[str, str]:
    """Addresses of resources, for search results."""
    try:
        return {
            ref: public_address("repository-resource", slug)
            for ref, slug in queries.slugs(keys, language).items()
        }
    except NoReverseMatch:  # an installation without public pages of resources
        return {}
