"""Texts of the line: canned answers and resource cards, kept by the service administrator."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from sauga.helpline.actions import texts as actions
from sauga.helpline.forms.texts import CannedForm, CardForm, NewCannedForm, NewCardForm
from sauga.helpline.models import CannedAnswer, ResourceCard
from sauga.helpline.queries import texts as queries
from sauga.helpline.rules.permissions import Permission
from sauga.kernel import clock
from sauga.kernel.clock import VILNIUS
from sauga.kernel.identity import actor, needs
from sauga.kernel.refusals import refusal_in
from sauga.kernel.ui import toasts

UNFIT = 422
WORDS: dict[str, Callable[[], str]] = {
    "CANNED_ADDED": lambda: gettext("Added"),
    "CANNED_EDITED": lambda: gettext("Changed"),
    "CARD_ADDED": lambda: gettext("Added"),
    "CARD_EDITED": lambda: gettext("Changed"),
    "CARD_CHECKED": lambda: gettext("Checked"),
    "RETIRED": lambda: gettext("Retired"),
    "BROUGHT_BACK": lambda: gettext("Offered again"),
}


@require_safe
@needs(Permission.EDIT_TEXTS)
def texts(request: HttpRequest) -> HttpResponse:
    """Everything the line says or names, in two lists."""
    today = clock.now().astimezone(VILNIUS).date()
    cards = [(card, today - card.checked_date > queries.STALE and not card.is_retired) for card in queries.every_card()]
    return render(request, "helpline/desk/texts.html", {"canned": queries.every_canned(), "cards": cards})


@needs(Permission.EDIT_TEXTS)
def canned(request: HttpRequest, code: str, language: str) -> HttpResponse:
    """One canned answer: its words, its history, retiring."""
    text = queries.canned_for(actor(request), code, language)
    form = CannedForm(_sent(request), initial={**_said(text, actions.CANNED), "seen": actions.state_of(text)})
    return _save(request, form, text, partial(actions.edit_canned, canned=text))


@needs(Permission.EDIT_TEXTS)
def card(request: HttpRequest, code: str) -> HttpResponse:
    """One resource card: its fields, its history, retiring."""
    text = queries.card_for(actor(request), code)
    form = CardForm(_sent(request), initial={**_said(text, actions.CARD), "seen": actions.state_of(text)})
    return _save(request, form, text, partial(actions.edit_card, card=text))


@needs(Permission.EDIT_TEXTS)
def add_canned(request: HttpRequest) -> HttpResponse:
    """A new canned answer."""
    return _save(request, NewCannedForm(_sent(request)), None, actions.add_canned)


@needs(Permission.EDIT_TEXTS)
def add_card(request: HttpRequest) -> HttpResponse:
    """A new resource card."""
    return _save(request, NewCardForm(_sent(request)), None, actions.add_card)


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _said(text: CannedAnswer | ResourceCard, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(text, name) for name in names}


def _save(request: HttpRequest, form: Any, text: CannedAnswer | ResourceCard | None, act: Callable[..., object]) -> HttpResponse:
    """Save and go back to the list, or show the form with the reason why not."""
    if form.is_bound and form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if name != "seen" or text is not None}
        with refusal_in(form):
            act(by=actor(request), at=clock.now(), **given)
            toasts.say(request, gettext("Saved."))
            return HttpResponseRedirect(reverse("helpline-texts"))
    return _editor(request, form, text)


def _editor(request: HttpRequest, form: Any, text: CannedAnswer | ResourceCard | None) -> HttpResponse:
    context = {
        "form": form,
        "text": text,
        "is_card": isinstance(form, CardForm),
        "retire": _retire_address(text, back=text.is_retired) if text else "",
        "check": reverse("helpline-card-check", args=[text.code]) if isinstance(text, ResourceCard) else "",
        "history": [(change, WORDS[change.what]() if change.what in WORDS else change.what) for change in queries.history(text)]
        if text
        else [],
    }
    return render(request, "helpline/desk/text.html", context, status=UNFIT if form.is_bound else 200)


def _retire_address(text: CannedAnswer | ResourceCard, *, back: bool) -> str:
    what = "back" if back else "retire"
    if isinstance(text, ResourceCard):
        return reverse("helpline-card-offer", args=[text.code, what])
    return reverse("helpline-canned-offer", args=[text.code, text.language, what])


def _offer[Text: (CannedAnswer, ResourceCard)](request: HttpRequest, text: Text, what: str) -> HttpResponse:
    if what == "back":
        actions.bring_back(by=actor(request), text=text, at=clock.now())
        toasts.say(request, gettext("Offered again."), undo=_retire_address(text, back=False))
    else:
        actions.retire_text(by=actor(request), text=text, at=clock.now())
        toasts.say(request, gettext("Retired: it is not offered any more."), undo=_retire_address(text, back=True))
    return HttpResponseRedirect(reverse("helpline-texts"))


@require_POST
@needs(Permission.EDIT_TEXTS)
def offer_canned(request: HttpRequest, code: str, language: str, what: str) -> HttpResponse:
    """Retire a canned answer, or offer it again."""
    return _offer(request, queries.canned_for(actor(request), code, language), what)


@require_POST
@needs(Permission.EDIT_TEXTS)
def offer_card(request: HttpRequest, code: str, what: str) -> HttpResponse:
    """Retire a resource card, or offer it again."""
    return _offer(request, queries.card_for(actor(request), code), what)


@require_POST
@needs(Permission.EDIT_TEXTS)
def check_card(request: HttpRequest, code: str) -> HttpResponse:
    """The card was checked today and is right."""
    actions.check_card(by=actor(request), card=queries.card_for(actor(request), code), at=clock.now())
    toasts.say(request, gettext("Checked today."))
    return HttpResponseRedirect(reverse("helpline-texts"))


desk_urls = [
    path("texts/", texts, name="helpline-texts"),
    path("texts/canned/add/", add_canned, name="helpline-canned-add"),
    path("texts/canned/<str:code>/<str:language>/", canned, name="helpline-canned"),
    path("texts/canned/<str:code>/<str:language>/<str:what>/", offer_canned, name="helpline-canned-offer"),
    path("texts/cards/add/", add_card, name="helpline-card-add"),
    path("texts/cards/<str:code>/", card, name="helpline-card"),
    path("texts/cards/<str:code>/check/", check_card, name="helpline-card-check"),
    path("texts/cards/<str:code>/<str:what>/", offer_card, name="helpline-card-offer"),
]
