"""The search page: one field, results with the words marked, facets, and help in sight when the words ask for
it.

The question is part of the address, so a result can be bookmarked and shared; it is written to no log and no
table.
"""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, ngettext, override, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from sauga.kernel import vocab
from sauga.kernel.i18n import languages
from sauga.kernel.ui import navigation
from sauga.kernel.ui.parameters.numbers import whole
from sauga.repository.search import queries
from sauga.repository.search.rules import distress
from sauga.repository.search.rules.lexemes import LONGEST_QUESTION

NAMES: dict[str, str | Promise] = {
    "kind": pgettext_lazy("search", "Where"),
    "topic": _("Topic"),
    "audience": pgettext_lazy("audience", "For"),
    "type": pgettext_lazy("resource", "Kind"),
}
VOCABULARIES = {"topic": "topics", "audience": "audiences", "type": "resource_types"}
KINDS: dict[str, str | Promise] = {
    "resource": _("Resources"),
    "page": pgettext_lazy("search", "Advice and news"),
}
MOST_OPTIONS = 12
RESULTS = ("results", "1")
"""In the address: show the texts although the words suggest distress."""
MOST_PAGES = 500


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Results for a question, or the empty field."""
    language = "en" if get_language() == "en" else "lt"
    text = " ".join(request.GET.get("q", "").replace("\x00", " ").split())[:LONGEST_QUESTION]
    chosen = {
        name: tuple(codes)
        for name in NAMES
        if (codes := [code for code in request.GET.getlist(name)[:20] if _known(name, code)])
    }
    number = max(whole(request.GET.get("page"), MOST_PAGES), 1)
    found = (
        queries.search(text, language, chosen, number, with_results="results" in request.GET)
        if text
        else None
    )
    hidden = [(name, code) for name, codes in chosen.items() for code in codes]
    context: dict[str, Any] = {"q": text, "found": found, "number": number, "hidden": hidden}
    if found:
        spoken = _of_help(found.help_language, language)
        context |= {
            "box": {
                **distress.box(spoken),
                "language": spoken,
                "results_href": f"?{urlencode([('q', text), RESULTS])}",
            },
            "said": _said(found),
            "places": [] if found.needs_help else navigation.named(text, language),
            "hits": [
                {
                    "entry": hit.entry,
                    "href": hit.href,
                    "said": hit.said,
                    "named": hit.named,
                    "kind": _kind(hit),
                }
                for hit in found.hits
            ],
            "facets": [facet for name in NAMES if (facet := _facet(name, found, text))["options"]],
            "earlier": _address(found, text, chosen, number - 1) if number > 1 else "",
            "later": _address(found, text, chosen, number + 1) if number < found.pages else "",
            "place": gettext("Page %(here)s of %(all)s") % {"here": number, "all": found.pages}
            if found.pages > 1
            else "",
            "other": _elsewhere(text, language) if found.elsewhere else "",
        }
    response = render(request, "repository/search/search.html", context)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _known(name: str, code: str) -> bool:
    return code in KINDS if name == "kind" else vocab.has_term(VOCABULARIES[name], code)


def _kind(hit: queries.Hit) -> str:
    """What kind of text was found."""
    return (
        vocab.label("resource_types", hit.entry.type)
        if hit.entry.kind == "resource"
        else str(KINDS.get(hit.entry.kind, ""))
    )


def _said(found: queries.Found) -> str:
    if found.is_capped:
        return gettext("More than %(n)d results") % {"n": queries.MOST_HITS}
    return ngettext("%(n)d result", "%(n)d results", found.total) % {"n": found.total}


def _label(name: str, code: str) -> str:
    return str(KINDS[code]) if name == "kind" else vocab.label(VOCABULARIES[name], code)


def _facet(name: str, found: queries.Found, text: str) -> dict[str, Any]:
    chosen = found.chosen.get(name, ())
    counts = found.facets[name]
    codes = list(dict.fromkeys([*chosen, *counts]))[:MOST_OPTIONS]
    options = []
    for code in codes:
        rest = tuple(one for one in chosen if one != code) if code in chosen else (*chosen, code)
        href = _address(found, text, {**found.chosen, name: rest})
        options.append(
            {"label": _label(name, code), "n": counts.get(code, 0), "chosen": code in chosen, "href": href}
        )
    return {"name": name, "title": NAMES[name], "options": options if len(options) > 1 or chosen else []}


def _address(found: queries.Found, text: str, chosen: Any, page: int = 1) -> str:
    pairs = [("q", text), *((name, code) for name, codes in chosen.items() for code in codes)]
    pairs += [RESULTS] if found.with_results else []
    return "?" + urlencode(pairs + ([("page", str(page))] if page > 1 else []))


def _of_help(asked: str, language: str) -> str:
    """The language of the help box: that of the question where it is another than those of the pages."""
    row = languages.row(asked)
    if row is None or row.is_whole or row.code not in distress.boxes():
        return language
    return row.code


def _elsewhere(text: str, language: str) -> str:
    with override("en" if language == "lt" else "lt"):
        return reverse("repository-search") + "?" + urlencode({"q": text})
