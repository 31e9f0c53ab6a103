"""The visitor's session: the only cookie of the public site. It is set when a conversation starts or is
returned to.

It holds the keys of the receipt, readable by this installation only, and lives as long as the browser is
open, at most 47 hours. Nothing of it is kept on the server. Another site cannot send it along
(SameSite=Strict), so a form of ours needs no token besides.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import BoundedSemaphore

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from sauga.helpline.chat.models import Conversation
from sauga.helpline.chat.queries.child import leads_back
from sauga.helpline.chat.queries.conversations import conversation_behind, key_for_receipt
from sauga.kernel import sealed

ZONE = sealed.Zone.HELPLINE
AGE = timedelta(hours=47)
AFTER_END = timedelta(minutes=30)
"""How long the page after the end (how do you feel, the words to come back) can be reached in
the same browser.
"""

# Deriving keys is the costly part: one derivation at a time in each process, and who comes back has a
# lane of their own.
NEW_LANE, RETURN_LANE = BoundedSemaphore(1), BoundedSemaphore(1)


@dataclass(frozen=True)
class VisitorSession:
    """The visitor's conversation and its key, as the cookie opens them."""

    visit: sealed.Visit
    conversation: Conversation
    key: sealed.DataKey


def cookie_name() -> str:
    """`__Host-sauga-visit`, or without the prefix where the session cookie has none (plain http)."""
    return f"{settings.SESSION_COOKIE_NAME}-visit"


def has_cookie(request: HttpRequest) -> bool:
    """Whether the browser sent the cookie."""
    return cookie_name() in request.COOKIES


def here(request: HttpRequest, at: datetime) -> VisitorSession | None:
    """The conversation of this browser, or None: no cookie, too old, ended for good, or its keys are gone."""
    try:
        visit = sealed.read_visit(request.COOKIES.get(cookie_name(), ""), at, AGE)
    except sealed.TicketError:
        return None
    if visit.keys.zone is not ZONE:
        return None
    found = conversation_behind(visit.keys)
    if found is None or not leads_back(found, at, AFTER_END):
        return None
    try:
        return VisitorSession(visit, found, key_for_receipt(found, visit.keys))
    except sealed.KeyNotAvailable:
        return None


def give_cookie(
    response: HttpResponse, receipt: sealed.Receipt, keys: sealed.ReceiptKeys, at: datetime
) -> None:
    """Let the browser come back to its conversation, until it is closed."""
    _set(response, sealed.new_visit(receipt, keys, at))


def shorten_cookie(request: HttpRequest, response: HttpResponse) -> None:
    """After the end the browser forgets by itself."""
    _set(response, request.COOKIES[cookie_name()], max_age=int(AFTER_END.total_seconds()))


def _set(response: HttpResponse, text: str, max_age: int | None = None) -> None:
    response.set_cookie(
        cookie_name(),
        text,
        max_age=max_age,
        path="/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def take_cookie(response: HttpResponse) -> None:
    """Ask the browser to forget the conversation."""
    response.set_cookie(
        cookie_name(),
        "",
        max_age=0,
        path="/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def is_from_elsewhere(request: HttpRequest) -> bool:
    """A post that the browser itself says another site began.

    Old browsers do not say it; for them the cookie's own rule holds.
    """
    return request.headers.get("Sec-Fetch-Site", "none") not in {"none", "same-origin"}
