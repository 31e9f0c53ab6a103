"""Slows down password guessing for one account without locking anybody out.

Failures are counted per account, and separately for browsers that have signed in to it before ("known", by a
signed cookie): an attacker makes other strangers wait, never the owner at the usual computer. Unknown
addresses are counted alike, so the delay reveals nothing. The delays are those of `rate_limits.Backoff`. The
idea of the cookie: OWASP, "Slow Down Online Guessing Attacks with Device Cookies".
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.crypto import salted_hmac

from sauga.kernel.identity.models import Person, SigninPace
from sauga.kernel.rate_limits import Backoff

BACKOFF = Backoff()
KNOWN_FOR = timedelta(days=90)
SALT = "identity.known-browser"


def claim(request: HttpRequest, email: str, at: datetime) -> int:
    """Ask for one attempt: 0 when it may be made, else whole seconds to wait.

    The attempt is counted as failed at once, under a row lock, and `succeeded` takes it back; so a hundred
    guesses sent at the same moment are still one after the other.
    """
    key = _key(request, email)
    with transaction.atomic():
        SigninPace.objects.get_or_create(key=key, defaults={"failures": 0, "last_at": at})
        row = SigninPace.objects.select_for_update().get(key=key)
        if wait := BACKOFF.wait(row.failures, row.last_at, at):
            return wait
        row.failures, row.last_at = BACKOFF.remembered(row.failures, row.last_at, at) + 1, at
        row.save(update_fields=["failures", "last_at"])
    return 0


def succeeded(request: HttpRequest, email: str) -> None:
    """Reset this browser's failures."""
    SigninPace.objects.filter(key=_key(request, email)).delete()


def forget(at: datetime) -> None:
    """Delete failures that no longer cause a delay."""
    SigninPace.objects.filter(last_at__lt=at - BACKOFF.forget_after).delete()


def know_browser(response: HttpResponseBase, person: Person) -> None:
    """Set the signed cookie that marks this browser as one the person usually uses. It grants nothing."""
    mark = signing.dumps(person.pseudonym, salt=SALT)
    response.set_cookie(  # type: ignore[attr-defined]  # every response has it, the base class of the stubs does not say so
        cookie_name(),
        mark,
        max_age=int(KNOWN_FOR.total_seconds()),
        path="/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def cookie_name() -> str:
    """Beside the session cookie, with its prefix."""
    return f"{settings.SESSION_COOKIE_NAME}-known"


def _key(request: HttpRequest, email: str) -> bytes:
    known = "known" if _is_known(request, email) else "stranger"
    return salted_hmac(SALT, f"{known}:{email.strip().lower()}", algorithm="sha256").digest()


def _is_known(request: HttpRequest, email: str) -> bool:
    mark = request.COOKIES.get(cookie_name(), "")
    try:
        pseudonym = signing.loads(mark, salt=SALT, max_age=KNOWN_FOR)
    except signing.BadSignature:
        return False
    return Person.objects.filter(pseudonym=pseudonym, email=email.strip().lower()).exists()
