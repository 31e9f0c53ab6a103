"""Pages of the guides: a list and a page for each, at the desk and on the public site."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from sauga.kernel import page_cache
from sauga.kernel.guides.guide_text import Text, guide_address, read
from sauga.kernel.guides.registry import Guide, NoSuchGuide, every, find
from sauga.kernel.identity import PersonActor, actor
from sauga.kernel.ui.hrefs import address


@dataclass(frozen=True)
class Entry:
    """A guide in a list."""

    href: str
    text: Text


def _entries(guides: list[Guide], *, public: bool) -> list[Entry]:
    return [Entry(guide_address(guide, public=public), _text(guide, public=public)) for guide in guides]


def _text(guide: Guide, *, public: bool) -> Text:
    return read(guide, get_language() or "lt", public=public)


def _find(slug: str, *, public: bool) -> Guide:
    try:
        return find(slug, public=public)
    except NoSuchGuide as missing:
        raise Http404 from missing


def _is_for(guide: Guide, by: PersonActor) -> bool:
    return not guide.permissions or any(by.can(permission) for permission in guide.permissions)


@require_safe
def guides(request: HttpRequest) -> HttpResponse:
    """The guides of the desk: first those for this person's work, then all others."""
    by, offered = actor(request), every(public=False)
    own = [guide for guide in offered if _is_for(guide, by)]
    others = [guide for guide in offered if guide not in own]
    context = {"own": _entries(own, public=False), "others": _entries(others, public=False)}
    return render(request, "guides/desk/list.html", context)


@require_safe
def guide(request: HttpRequest, slug: str) -> HttpResponse:
    """One guide at the desk. Guides hold nothing that a person at the desk may not read."""
    return render(request, "guides/desk/guide.html", {"text": _text(_find(slug, public=False), public=False)})


@require_safe
def public_guides(request: HttpRequest) -> HttpResponse:
    """The guides for visitors."""
    context = {"entries": _entries(every(public=True), public=True)}
    return page_cache.cache_response(request, render(request, "guides/public/list.html", context))


@require_safe
def public_guide(request: HttpRequest, slug: str) -> HttpResponse:
    """One guide for visitors."""
    shown = _find(slug, public=True)
    context = {"text": _text(shown, public=True), "page": address(shown.page) if shown.page else ""}
    return page_cache.cache_response(request, render(request, "guides/public/guide.html", context))
