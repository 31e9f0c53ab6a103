"""Texts of the line: canned answers and resource cards, kept by the service administrator."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from sauga.helpline.line.actions import texts as actions
from sauga.helpline.line.forms.texts import CannedForm, CardForm, NewCannedForm, NewCardForm
from sauga.helpline.line.models import CannedAnswer, ResourceCard
from sauga.helpline.line.presenters import CHANGES
from sauga.helpline.line.queries import texts as queries
from sauga.helpline.permissions import Permission
from sauga.kernel import clock
from sauga.kernel.clock import VILNIUS
from sauga.kernel.i18n import languages
from sauga.kernel.identity import actor, needs
from sauga.kernel.kit.actions import Outcome, post_action
from sauga.kernel.kit.pages import submitted

UNFIT = 422


@require_safe
@needs(Permission.EDIT_TEXTS)
def texts(request: HttpRequest) -> HttpResponse:
    """Everything the line says or names, in two lists."""
    today = clock.now().astimezone(VILNIUS).date()
    cards = [
        (
            card,
            queries.words_of(card, "name", languages.active().code),
            today - card.checked_date > queries.STALE and not card.is_retired,
        )
        for card in queries.every_card()
    ]
    return render(
        request, "helpline/line/desk/texts.html", {"canned": queries.every_canned(), "cards": cards}
    )


@needs(Permission.EDIT_TEXTS)
def canned(request: HttpRequest, code: str, language: str) -> HttpResponse:
    """One canned answer: its words, its history, retiring."""
    text = queries.canned_for(actor(request), code, language)
    form = CannedForm(
        _posted(request), initial={"title": text.title, "body": text.body, "seen": actions.state_of(text)}
    )
    done = _saved(request, form, partial(actions.edit_canned, canned=text))
    return done or _editor(request, form, text, "helpline-canned", [code, language])


@needs(Permission.EDIT_TEXTS)
def card(request: HttpRequest, code: str) -> HttpResponse:
    """One resource card: its fields, its history, retiring."""
    text = queries.card_for(actor(request), code)
    form = CardForm(
        _posted(request),
        initial={**{name: getattr(text, name) for name in actions.CARD}, "seen": actions.state_of(text)},
    )
    return _saved(request, form, partial(actions.edit_card, card=text)) or _editor(
        request, form, text, "helpline-card", [code]
    )


@needs(Permission.EDIT_TEXTS)
def add_canned(request: HttpRequest) -> HttpResponse:
    """A new canned answer."""
    form = NewCannedForm(_posted(request))
    return _saved(request, form, _add_canned) or _editor(request, form, None, "helpline-canned-add", [])


@needs(Permission.EDIT_TEXTS)
def add_card(request: HttpRequest) -> HttpResponse:
    """A new resource card."""
    form = NewCardForm(_posted(request))
    return _saved(request, form, _add_card) or _editor(request, form, None, "helpline-card-add", [])


def _add_canned(*, seen: str, **given: Any) -> CannedAnswer:
    return actions.add_canned(**given)


def _add_card(*, seen: str, **given: Any) -> ResourceCard:
    return actions.add_card(**given)


def _posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _saved(request: HttpRequest, form: Form, save: Callable[..., object]) -> HttpResponse | None:
    def perform(given: dict[str, Any]) -> str:
        save(by=actor(request), at=clock.now(), **given)
        return gettext("Saved.")

    return submitted(request, form, perform, "helpline-texts")


def _editor(
    request: HttpRequest, form: Any, text: CannedAnswer | ResourceCard | None, name: str, args: list[str]
) -> HttpResponse:
    context = {
        "form": form,
        "text": text,
        "name": _name(text) if text else "",
        "is_card": isinstance(form, CardForm),
        "action": reverse(name, args=args),
        "retire": _retire_address(text, back=text.is_retired) if text else "",
        "check": reverse("helpline-card-check", args=args) if isinstance(text, ResourceCard) else "",
        "history": [(change, CHANGES.get(change.what, change.what)) for change in queries.history(text)]
        if text
        else [],
    }
    return render(request, "helpline/line/desk/text.html", context, status=UNFIT if form.is_bound else 200)


def _name(text: CannedAnswer | ResourceCard) -> str:
    """What the people at the desk call it: a card's name, a canned answer by the word after the slash."""
    if isinstance(text, CannedAnswer):
        return f"/{text.title}"
    return queries.words_of(text, "name", languages.active().code)


def _retire_address(text: CannedAnswer | ResourceCard, *, back: bool) -> str:
    what = "back" if back else "retire"
    if isinstance(text, ResourceCard):
        return reverse("helpline-card-offer", args=[text.code, what])
    return reverse("helpline-canned-offer", args=[text.code, text.language, what])


def _offered(text: CannedAnswer | ResourceCard) -> Outcome:
    said = gettext("Retired: it is not offered any more.") if text.is_retired else gettext("Offered again.")
    return Outcome(said, undo=_retire_address(text, back=text.is_retired))


@needs(Permission.EDIT_TEXTS)
@post_action("helpline-texts")
def offer_canned(request: HttpRequest, code: str, language: str, what: str) -> Outcome:
    """Retire a canned answer, or offer it again."""
    offer = actions.bring_back if what == "back" else actions.retire_text
    return _offered(
        offer(by=actor(request), text=queries.canned_for(actor(request), code, language), at=clock.now())
    )


@needs(Permission.EDIT_TEXTS)
@post_action("helpline-texts")
def offer_card(request: HttpRequest, code: str, what: str) -> Outcome:
    """Retire a resource card, or offer it again."""
    offer = actions.bring_back if what == "back" else actions.retire_text
    return _offered(offer(by=actor(request), text=queries.card_for(actor(request), code), at=clock.now()))


@needs(Permission.EDIT_TEXTS)
@post_action("helpline-texts")
def check_card(request: HttpRequest, code: str) -> str:
    """The card was checked today and is right."""
    actions.check_card(by=actor(request), card=queries.card_for(actor(request), code), at=clock.now())
    return gettext("Checked today.")
