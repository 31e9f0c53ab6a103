"""Social cards: the pictures that networks show of our pages. They are the same for everybody."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from sauga.portal.queries import public_pages, social_cards
from sauga.portal.queries.social_cards import Card

ALWAYS, A_DAY = "public, max-age=31536000, immutable", "public, max-age=86400"


@require_safe
def page_card(request: HttpRequest, page_id: int, version: str) -> HttpResponse:
    """The card of a live page; an old address gives the present card, which is then kept for a day."""
    page = public_pages.live_page(page_id)
    if page is None:
        raise Http404
    card = social_cards.of_page(page)
    return _png(card, ALWAYS if version == card.version else A_DAY)


@require_safe
def resource_card(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """The card of a public resource."""
    card = social_cards.of_resource(slug, language) if language in social_cards.LANGUAGES else None
    if card is None:
        raise Http404
    return _png(card, A_DAY)


@require_safe
def site_card(request: HttpRequest, language: str) -> HttpResponse:
    """The card of pages without one of their own."""
    if language not in social_cards.LANGUAGES:
        raise Http404
    return _png(social_cards.of_site(language), A_DAY)


def _png(card: Card, kept: str) -> HttpResponse:
    return HttpResponse(card.png(), content_type="image/png", headers={"Cache-Control": kept})
