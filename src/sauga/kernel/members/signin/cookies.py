"""The cookies of the member site: the session, the browser that asked for a link, the challenge of a passkey.

All are `__Host-` in production, unreadable to scripts, and sent along when a link in a mail is opened
(SameSite=Lax): members come from their mail. Forged requests are refused by `middleware` instead.
"""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

BYTES = 32


def session_name() -> str:
    """The cookie of a signed-in member."""
    return f"{settings.SESSION_COOKIE_NAME}-member"


def asking_name() -> str:
    """The cookie of a browser that asked for a link."""
    return f"{settings.SESSION_COOKIE_NAME}-member-asking"


def new_secret() -> str:
    """A secret that only the browser holds."""
    return secrets.token_urlsafe(BYTES)


def digest(secret: str) -> bytes:
    """What the database holds of it."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).digest()


def read(request: HttpRequest, name: str) -> str:
    """The secret of this browser; empty for none, and for what none of ours looks like."""
    held = request.COOKIES.get(name, "")
    return held if 40 <= len(held) <= 64 and held.isascii() else ""


def give(response: HttpResponseBase, name: str, secret: str, lasts: timedelta) -> None:
    """Let the browser keep a secret."""
    response.set_cookie(  # type: ignore[attr-defined]  # every response has it, the base class of the stubs does not say so
        name,
        secret,
        max_age=int(lasts.total_seconds()),
        path="/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def take(response: HttpResponseBase, *names: str) -> None:
    """Ask the browser to forget."""
    for name in names:
        response.delete_cookie(name, path="/", samesite="Lax")  # type: ignore[attr-defined]  # as above
