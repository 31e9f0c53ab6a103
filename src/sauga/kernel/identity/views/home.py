"""“My day”, the home page of the desk."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from sauga.kernel import clock
from sauga.kernel.i18n import vocative
from sauga.kernel.identity import home as cards
from sauga.kernel.identity.actors import actor
from sauga.kernel.identity.signin import vaults


@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    """Greeting, what waits for this person, and the cards that services put here."""
    by, at = actor(request), clock.now()
    first = by.name.split()[0] if by.name.split() else ""
    called = (vocative(first) or "") if get_language() == "lt" else first
    filled = cards.cards_for(by, at)
    waiting = cards.waiting_for(request, by)
    context = {
        "called": called,
        "today": at.astimezone(clock.VILNIUS).date(),
        "waiting": waiting,
        "total": cards.total(waiting),
        "main_cards": [f for f in filled if not f.card.side],
        "side_cards": [f for f in filled if f.card.side],
        "vault": vaults.state(request, by.open_zones if by.vault else None, at),
    }
    return render(request, "identity/desk/home.html", context)
