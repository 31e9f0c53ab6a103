"""The challenge of a passkey sign-in, stored in the browser that asked for it: asking stores nothing on the
server.

A signed cookie that lasts ten minutes. It grants nothing by itself: the answer to the challenge does, once
(`mfa.use_signin_passkey`).
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase

SALT = "identity.passkey"
LASTS = timedelta(minutes=10)


def name() -> str:
    """Beside the session cookie, with its prefix."""
    return f"{settings.SESSION_COOKIE_NAME}-passkey"


def give(response: HttpResponseBase, challenge: dict[str, Any], at: datetime) -> None:
    """Let the browser keep the challenge it was asked."""
    response.set_cookie(  # type: ignore[attr-defined]  # every response has it, the base class of the stubs does not say so
        name(),
        signing.dumps({"challenge": challenge, "at": at.timestamp()}, salt=SALT),
        max_age=int(LASTS.total_seconds()),
        path="/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def read(request: HttpRequest, at: datetime) -> tuple[dict[str, Any], datetime] | None:
    """The challenge of this browser and when it was made; None without a genuine, fresh one."""
    try:
        held = signing.loads(request.COOKIES.get(name(), ""), salt=SALT)
    except signing.BadSignature:
        return None
    made_at = datetime.fromtimestamp(held["at"], UTC)
    return (held["challenge"], made_at) if timedelta(0) <= at - made_at < LASTS else None


def take(response: HttpResponseBase) -> None:
    """Ask the browser to forget it."""
    response.delete_cookie(name(), path="/", samesite="Strict")  # type: ignore[attr-defined]  # as above
