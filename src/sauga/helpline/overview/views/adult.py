"""The help page for adults who worry about a child: the same channels, after children in every queue, and an
e-mail address as text.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext, pgettext
from django.views.decorators.http import require_safe

from sauga.helpline.rota.presenters.opening_hours import SAID_WHY, again, reason
from sauga.helpline.rota.queries.opening_hours import Opening, openings
from sauga.kernel import clock, vocab
from sauga.kernel.ui.responses.cache_headers import allow_compression

POLICY = "policy.adult_door"


@dataclass(frozen=True)
class Way:
    """One way to reach the line, in words. `address` is shown as text where nothing can be pressed."""

    icon: str
    title: str
    text: str
    href: str = ""
    action: str = ""
    tone: str = ""
    state: str = ""
    lines: list[str] = field(default_factory=list)
    address: str = ""

    @property
    def address_first(self) -> str:
        """Before the @, where a narrow screen may break."""
        return self.address.partition("@")[0]

    @property
    def address_host(self) -> str:
        """After the @."""
        return self.address.partition("@")[2]


@require_safe
def adult(request: HttpRequest) -> HttpResponse:
    """Ways to the line for adults, with their state of now."""
    at = clock.now()
    found = openings(at)
    is_heard = found["PHONE"].is_open or found["CHAT"].is_open
    ways = [_phone(found["PHONE"], at), *_chat(found["CHAT"], at), _letter(), *_mail()]
    response = render(request, "helpline/overview/public/adult.html", {"ways": ways, "is_heard": is_heard})
    response.headers["Cache-Control"] = "no-store"
    return allow_compression(response)


def _state(found: Opening, at: datetime) -> tuple[str, str, list[str]]:
    """Tone, badge and what comes next, never more than is certain."""
    if found.is_open:
        return "good", gettext("Open now"), []
    why = reason(found.reason, for_adults=True) if found.reason in SAID_WHY else ""
    return "wait", gettext("Closed now"), [line for line in (why, again([found], at)) if line]


def _phone(found: Opening, at: datetime) -> Way:
    tone, state, lines = _state(found, at)
    text = pgettext(
        "adult",
        "The same number as for children. Calls are free; if it is busy, a child may be talking.",
    )
    return Way("phone", "116 111", text, "tel:116111", pgettext("adult", "Call 116 111"), tone, state, lines)


def _chat(found: Opening, at: datetime) -> list[Way]:
    try:
        href = reverse("helpline-chat")
    except NoReverseMatch:
        return []
    tone, state, lines = _state(found, at)
    text = pgettext("adult", "We write to each other on this site. Children are answered before adults.")
    title = pgettext("adult", "Chat")
    action = pgettext("adult", "Start a chat") if found.is_open else pgettext("adult", "What you can do now")
    return [Way("message-circle", title, text, f"{href}?audience=adult", action, tone, state, lines)]


def _letter() -> Way:
    text = pgettext("adult", "Write when it suits you. The answer is on this site, most often within a day.")
    title, action = pgettext("adult", "Letter"), pgettext("adult", "Write a letter")
    return Way(
        "mail",
        title,
        text,
        reverse("helpline-adult-letter"),
        action,
        "info",
        pgettext("adult", "Write at any time"),
    )


def _mail() -> list[Way]:
    """An address as text only: a person who writes to it has decided to be known there."""
    address = vocab.policy(POLICY).get("email", "")
    text = pgettext(
        "adult",
        "For schools and institutions. An email shows who you are; never write a child's name or anything "
        "about their health in it.",
    )
    return [Way("at-sign", pgettext("adult", "Email"), text, address=address)] if address else []
