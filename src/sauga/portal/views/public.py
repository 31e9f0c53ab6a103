"""Public pages of the portal. They remember no one."""

from collections.abc import Callable
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from sauga.kernel import clock, page_cache
from sauga.kernel.i18n import languages
from sauga.kernel.ui import feeds, navigation
from sauga.portal.models.base import PortalPage
from sauga.portal.queries import feeds as held
from sauga.portal.queries import public_pages, sitemap
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


@require_safe
def page(request: HttpRequest, path: str) -> HttpResponse:
    """A page of the site."""
    response = _served(request, path)
    if response is None:
        raise Http404
    return response


def _found(request: HttpRequest, path: str) -> PortalPage | None:
    """The page at this address."""
    return public_pages.page_at(request.LANGUAGE_CODE, path)


page.leads_to = lambda request, path: _found(request, path) is not None  # type: ignore[attr-defined]  # read by project.slashes


def _served(request: HttpRequest, path: str) -> HttpResponse | None:
    """The page at this address, or None. Where a page has no translation the language switch leads to the
    other home page.
    """
    shown = _found(request, path)
    if shown is None:
        return None
    request._wagtail_site = public_pages.site()  # type: ignore[attr-defined]  # where Wagtail's own tags look before they ask
    request.twins = public_pages.twins(shown)  # type: ignore[attr-defined]  # read by kernel.ui.language
    response = shown.serve(request).render()
    daily_counts.count("page", shown.pk, "view", at=clock.now(), called=request.headers.get("User-Agent", ""))
    response.headers["Content-Language"] = getattr(shown, "language_tag", request.LANGUAGE_CODE)
    seconds = page_cache.MINUTE if getattr(request, "says_what_is_now", False) else page_cache.QUARTER
    return page_cache.cache_response(request, response, on_hit=partial(_seen, shown.pk), seconds=seconds)


def _seen(key: int, called: str) -> Callable[[], int] | None:
    """Count a view of a page served from the cache."""
    return (
        daily_counts.flush if daily_counts.add("page", key, "view", at=clock.now(), called=called) else None
    )


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What this site stores about visitors, in words that a child can read."""
    return page_cache.cache_response(request, render(request, "portal/public/privacy.html"))


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
    language = languages.active().code
    page = held.topic_page(topic, language)
    return feeds.atom(
        request,
        title=page.title,
        page=page.get_url(),
        entries=held.about(topic, language),
        changed_at=held.changed_at(),
    )
