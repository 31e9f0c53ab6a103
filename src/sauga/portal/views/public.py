"""Public pages of the portal. They remember no one."""

from collections.abc import Callable
from functools import partial
from http import HTTPMethod

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from sauga.kernel import clock, page_cache
from sauga.kernel.i18n import languages
from sauga.kernel.ui import navigation
from sauga.kernel.ui.formats import feeds
from sauga.kernel.ui.public_frame import language
from sauga.portal.models.articles import LetterPage
from sauga.portal.models.base import LANGUAGE_TAGS, PortalPage
from sauga.portal.queries import feeds as held
from sauga.portal.queries import public_pages, rich_text_links, site_frame, sitemap
from sauga.portal.queries.around import around, whom_of
from sauga.portal.rules import readers
from sauga.portal.states import Level
from sauga.portal.views import letter
from sauga.repository.catalogue.actions import daily_counts


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The home page; before the site is set up, only what is available; in a language that does not have
    every page, the ways to get help."""
    response = _served(request, "")
    if response is not None:
        return response
    if not languages.active().is_whole:
        rest = {"rest": [(row, f"/{row.code}/") for row in languages.whole()]}
        return page_cache.cache_response(request, render(request, "portal/public/core_home.html", rest))
    return page_cache.cache_response(
        request,
        render(request, "portal/public/bare_home.html", {"cards": navigation.public(navigation.Place.CARD)}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, path: str) -> HttpResponse:
    """A page of the site; only the letter builder also answers a form."""
    response = _answered(request, path) if request.method == HTTPMethod.POST else _served(request, path)
    if response is None:
        raise Http404
    return response


def _found(request: HttpRequest, path: str) -> PortalPage | None:
    """The page at this address."""
    return public_pages.page_at(request.LANGUAGE_CODE, path)


page.leads_to = lambda request, path: _found(request, path) is not None  # type: ignore[attr-defined]  # read by project.requests.slashes


def _served(request: HttpRequest, path: str) -> HttpResponse | None:
    """The page at this address, or None. Where a page has no translation the language switch leads to the
    other home page.
    """
    shown = _found(request, path)
    if shown is None:
        return None
    _prepare(request, shown)
    bodies = [shown.body, *filter(None, [getattr(shown, "picks", None)])]
    with rich_text_links.asked_once(*bodies), rich_text_links.read_by(request.reader):  # type: ignore[attr-defined]  # set above
        response = shown.serve(request).render()
    daily_counts.count("page", shown.pk, "view", at=clock.now(), called=request.headers.get("User-Agent", ""))
    response.headers["Content-Language"] = getattr(shown, "language_tag", request.LANGUAGE_CODE)
    return page_cache.cache_response(request, response, on_hit=partial(_seen, shown.pk))


def _seen(key: int, called: str) -> Callable[[], int] | None:
    """Count a view of a page served from the cache."""
    return (
        daily_counts.flush if daily_counts.add("page", key, "view", at=clock.now(), called=called) else None
    )


def _answered(request: HttpRequest, path: str) -> HttpResponse | None:
    """The answer to a form of the page at this address; not allowed where the page has none."""
    shown = _found(request, path)
    if shown is None:
        return None
    if not isinstance(shown, LetterPage):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    _prepare(request, shown)
    return letter.answer(request, shown)


def _prepare(request: HttpRequest, shown: PortalPage) -> None:
    """What templates read from the request."""
    request.own_query = ""  # type: ignore[attr-defined]  # a list sets the query of its page
    request.is_for_everybody = True  # type: ignore[attr-defined]  # read by kernel.ui.public_frame.language
    request.twins = around(shown).twins  # type: ignore[attr-defined]  # read by kernel.ui.public_frame.language
    asked = request.GET.get(readers.QUERY, "")
    request.reader = readers.reads(asked, whom_of(shown)[0])  # type: ignore[attr-defined]  # read by templatetags.readers


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What this site stores about visitors, in words that a child can read."""
    return page_cache.cache_response(request, render(request, "portal/public/privacy.html"))


@require_safe
def easy(request: HttpRequest) -> HttpResponse:
    """The pages in easy language; not found where there are none."""
    rows = {row.code: site_frame.easy_pages(row.code) for row in languages.whole()}
    pages = rows.get(languages.active().code)
    if not pages:
        raise Http404
    twins = language.addresses("portal-easy")
    context = {"pages": pages, "tag": LANGUAGE_TAGS[Level.EASY].format(languages.active().code)}
    request.twins = {code: href for code, href in twins.items() if rows.get(code)}  # type: ignore[attr-defined]  # read by kernel.ui.public_frame.language
    return page_cache.cache_response(request, render(request, "portal/public/easy.html", context))


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The latest news of this language as Atom."""
    return feeds.atom(
        request,
        title=_("News"),
        page=reverse("portal-home"),
        entries=held.news(languages.active().code),
        changed_at=sitemap.changed_at(),
    )


@require_safe
def topic_feed(request: HttpRequest, topic: str) -> HttpResponse:
    """What is new about a topic, pages and resources, as Atom."""
    spoken = languages.active().code
    page = held.topic_page(topic, spoken)
    return feeds.atom(
        request,
        title=page.title,
        page=page.get_url(),
        entries=held.about(topic, spoken),
        changed_at=held.changed_at(),
    )
