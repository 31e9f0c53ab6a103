"""The unlocked vault between two requests: sealed in the session under a secret that only the browser's
second cookie holds.

A thief of the session store has no secret, a thief of the first cookie has no secret either. Locks after 15
minutes without work and after 8 hours in any case.
"""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from sauga.kernel.sealed import SealedError, Vault, Zone

IDLE = timedelta(minutes=15)
LONGEST = timedelta(hours=8)
KEY = "identity.vault"
TOUCH_AFTER = timedelta(seconds=30)
BACKGROUND = "X-Sauga-Background"


@dataclass(frozen=True)
class VaultState:
    """What a page may say about the vault: open or not, for which zones, and when it locks by itself."""

    is_open: bool
    zones: tuple[str, ...] = ()
    idle_at: datetime | None = None
    latest_at: datetime | None = None
    minutes_left: int = 0


SHUT = VaultState(is_open=False)


def cookie_name() -> str:
    """`__Host-sauga-vault`, or without the prefix where the session cookie has none (plain http)."""
    return f"{settings.SESSION_COOKIE_NAME}-vault"


def hold(request: HttpRequest, vault: Vault, at: datetime, *, key: str = KEY) -> str:
    """Put the vault into the session and return the secret for the cookie; `give_cookie` must follow on the
    response."""
    secret = secrets.token_bytes(32)
    request.session[key] = {"box": vault.to_session(secret), "opened": at.timestamp(), "used": at.timestamp()}
    return secret.hex()


def give_cookie(response: HttpResponseBase, secret: str) -> None:
    """Hand the secret to the browser, with the flags of the session cookie."""
    response.set_cookie(  # type: ignore[attr-defined]  # every response has it, the base class of the stubs does not say so
        cookie_name(),
        secret,
        max_age=int(LONGEST.total_seconds()),
        path="/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def take_cookie(response: HttpResponseBase) -> None:
    """Ask the browser to forget the secret."""
    response.delete_cookie(cookie_name(), path="/", samesite="Strict")  # type: ignore[attr-defined]  # as above


def forget(request: HttpRequest, *, key: str = KEY) -> bool:
    """Drop the vault from the session; whether there was one."""
    return request.session.pop(key, None) is not None


def open_vault(
    request: HttpRequest, at: datetime, *, key: str = KEY, person_id: int | None = None
) -> Vault | None:
    """The vault of this request, or None when it is locked, too old or without its secret. Counts as work and
    moves the idle limit. It must be the signed-in person's own, or that of `person_id`.

    Requests that a page makes by itself (header X-Sauga-Background, event streams) do not count as work.
    """
    held = request.session.get(key)
    if not held:
        return None
    if not is_fresh(held, at):
        forget(request, key=key)
        return None
    vault = _unseal(held, request.COOKIES.get(cookie_name(), ""))
    if vault is None or vault.person_id != (person_id or request.user.pk):
        return None
    if not _background(request) and at.timestamp() - held["used"] > TOUCH_AFTER.total_seconds():
        request.session[key] = held | {"used": at.timestamp()}
    return vault


def state(request: HttpRequest, zones: Collection[Zone] | None, at: datetime) -> VaultState:
    """What to show about the vault of a request, which opens these zones; None: it is locked."""
    held = request.session.get(KEY)
    if zones is None or not held:
        return SHUT
    latest = datetime.fromtimestamp(held["opened"], UTC) + LONGEST
    idle = min(datetime.fromtimestamp(held["used"], UTC) + IDLE, latest)
    left = max(1, round((idle - at).total_seconds() / 60))
    return VaultState(True, tuple(sorted(map(str, zones))), idle, latest, left)


def is_fresh(held: dict[str, Any], at: datetime) -> bool:
    """Whether a vault with these hours (`used`, `opened`) is still open."""
    now = at.timestamp()
    fresh: bool = now - held["used"] < IDLE.total_seconds() and now - held["opened"] < LONGEST.total_seconds()
    return fresh


def _unseal(held: dict[str, Any], secret: str) -> Vault | None:
    try:
        return Vault.from_session(held["box"], bytes.fromhex(secret))
    except (SealedError, ValueError):
        return None


def is_stream(request: HttpRequest) -> bool:
    """Whether a page asks for its stream of events: it does so by itself, without an act of the person."""
    return request.headers.get("Accept", "") == "text/event-stream"


def _background(request: HttpRequest) -> bool:
    return BACKGROUND in request.headers or is_stream(request)
