"""The page of a speaker for everybody, with portrait and slides, while the consent lasts."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sauga.events.speakers.presenters import PORTRAIT_WIDTH, public_context
from sauga.events.speakers.queries import speakers as queries
from sauga.kernel import media, page_cache

FRESH = "no-cache"
"""A browser may keep the file but asks each time: what was withdrawn is gone at once."""


@require_safe
def speaker(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """Name, role, biography, portrait, sessions, slides."""
    context = public_context(queries.public_speaker(slug, ref))
    return page_cache.cache_response(request, render(request, "events/speakers/public/speaker.html", context))


@require_safe
def portrait(request: HttpRequest, slug: str, ref: str) -> HttpResponseBase:
    """The portrait: small where a preview has been drawn, else as it was uploaded."""
    row = queries.portrait_of(queries.public_speaker(slug, ref))
    file = queries.ready(row.file.name) if row is not None else None
    if file is None:
        raise Http404
    small = media.preview_of(file, 1, PORTRAIT_WIDTH)
    sent = media.send_preview(request, small) if small else media.send_media(request, file, download=False)
    sent.headers["Cache-Control"] = FRESH
    return sent


@require_safe
def slides(request: HttpRequest, slug: str, ref: str) -> HttpResponseBase:
    """One file of slides."""
    row, file = queries.public_slides(slug, ref)
    sent = media.send_media(request, file, name=str(row))
    sent.headers["Cache-Control"] = FRESH
    return sent
