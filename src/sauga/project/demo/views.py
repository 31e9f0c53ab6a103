"""The demo's own pages: who can sign in (with the one-time code of this moment), and every mail the product
has sent."""

import hashlib
import time
from dataclasses import dataclass

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language

from sauga.kernel.identity.roles import labels_of
from sauga.kernel.ui.public_frame.language import preferred
from sauga.project.demo.members import MEMBERS
from sauga.project.demo.people import Account, accounts
from sauga.world import mailbox as post

PERIOD = 30


@dataclass(frozen=True)
class SignIn:
    """An account, its roles in the page's language, and the code that its authenticator would show now."""

    account: Account
    roles: tuple[str, ...]
    code: str


def to_language(request: HttpRequest) -> HttpResponse:
    """/demo/ and /demo/mail/ without a language: on to the one the browser asks for."""
    language = preferred(request.headers.get("Accept-Language", ""))
    return HttpResponseRedirect(f"/{language}{request.path_info}", headers={"Vary": "Accept-Language"})


def signins(request: HttpRequest) -> HttpResponse:
    """The accounts of the demo."""
    now = int(time.time())
    cast = accounts(settings.ENV.data / "demo" / "accounts.json")
    language = get_language() or "lt"
    shown = [
        SignIn(
            account,
            tuple(_label(role, language) for role in account.roles),
            format_hotp_value(hotp_value(account.totp_secret, now // PERIOD)),
        )
        for account in cast
    ]
    return _page(request, "signins", {"signins": shown, "seconds": PERIOD - now % PERIOD, "members": MEMBERS})


def _label(role: str, language: str) -> str:
    labels = labels_of(role)
    return labels.get(language) or labels["en"]


def mailbox(request: HttpRequest) -> HttpResponse:
    """Every mail, the newest first."""
    return _page(
        request, "mailbox", {"letters": [(_number(letter.key), letter) for letter in post.messages()]}
    )


def letter(request: HttpRequest, number: str) -> HttpResponse:
    """One mail as plain text; nothing in it becomes a link or a picture."""
    for found in post.messages():
        if _number(found.key) == number:
            return _page(request, "letter", {"letter": found})
    raise Http404


def _number(key: str) -> str:
    """A Maildir's key names the machine and has dots; the address needs neither."""
    return hashlib.sha256(key.encode()).hexdigest()[:12]


def _page(request: HttpRequest, name: str, context: dict[str, object]) -> HttpResponse:
    response = render(request, f"project/{name}.html", context)
    response["Cache-Control"] = "no-store"
    return response
