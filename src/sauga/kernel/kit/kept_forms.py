"""What was typed into a form whose session had ended is kept for the same person for 15 minutes.

Every form of the desk and of the member site says whose page it stands on (`mark`, a keyed digest), so that
what is sent from it belongs to that person, no matter who signs in afterwards. The contents lie in the
database under a key that only a cookie of this browser holds (decision 0183): a copy of the database says
nothing, a cookie without the database neither. Passwords, codes, tokens and files are never kept.
"""

import json
import re
import secrets
import uuid
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.crypto import constant_time_compare, salted_hmac

from sauga.kernel.identity.actors import SECOND
from sauga.kernel.kit.models import KeptForm
from sauga.kernel.kit.sent_forms import TOKENS
from sauga.kernel.sealed import SealedError
from sauga.kernel.sealed.primitives.envelopes import decrypt, digest, encrypt
from sauga.kernel.sealed.primitives.padding import pad, unpad

LASTS = timedelta(minutes=15)
REMEMBERED = timedelta(hours=1)
"""So long the browser keeps the key, so that its person is told that what had been kept is gone."""
MOST = 5000
"""So many forms are kept at the same moment; a further one is not."""
FIELD = "form_owner"
NEVER = frozenset({*TOKENS, FIELD, "nonce", "solution", "recovery_code"})
"""Fields that belong to one sending of a form, or open something."""
OPENS = re.compile("password|passphrase|secret", re.IGNORECASE)
OF_SIGNING_IN = {"code", "answer"}
"""What fields with one-time codes and the answers of passkeys are called on the pages of an account."""
ACCOUNT_PAGES = ("sauga.kernel.identity.", "sauga.kernel.members.", "allauth.")
SALT, BOUND = "kit.kept_form", b"sauga.kept_form"


@dataclass(frozen=True)
class Typed:
    """What was typed: into which form (`path`), on which page, on whose. The session `had_ended`, or the
    second factor was asked again."""

    path: str
    page: str
    owner: str
    fields: dict[str, list[str]]
    had_files: bool
    had_ended: bool = True


@dataclass(frozen=True)
class Kept:
    """What the cookie of a browser says: the secret, and when it was given."""

    secret: bytes
    at: datetime

    @property
    def until(self) -> datetime:
        """When the contents are removed."""
        return self.at + LASTS


def mark(request: HttpRequest) -> str:
    """Whose page this is, as its forms say it; empty where no person has signed in. The same for every page
    of a person; it names no person, and no other can make it."""
    held: str | None = getattr(request, "_kept_form_mark", None)
    if held is None:
        who = _who(request)
        owner = _keyed("owner", who) if who else ""
        held = f"{owner}{_keyed('genuine', owner)}" if owner else ""
    return held


def _who(request: HttpRequest) -> str:
    session = getattr(request, "member_session", None)
    if session is not None:
        return f"member|{session.member_id}"
    user = getattr(request, "user", None) if getattr(request, "sauga_site", "") == "desk" else None
    is_inside = user is not None and user.is_authenticated and request.session.get(SECOND)
    return f"desk|{user.pk}" if user is not None and is_inside else ""


def is_genuine(given: str) -> bool:
    """Whether a page of ours gave this mark to a person."""
    half = len(given) // 2
    return bool(half) and constant_time_compare(given[half:], _keyed("genuine", given[:half]))


def _keyed(use: str, value: str) -> str:
    made = salted_hmac(f"{SALT}.{use}", value, algorithm="sha256").digest()[:9]
    return urlsafe_b64encode(made).decode()


def may_be_kept(fields: Iterable[tuple[str, list[str]]], module: str) -> dict[str, list[str]]:
    """The fields of a form without those that open something or belong to one sending. `module` is that of
    the view."""
    closed = NEVER | (OF_SIGNING_IN if module.startswith(ACCOUNT_PAGES) else frozenset())
    return {name: texts for name, texts in fields if name not in closed and not OPENS.search(name)}


def keep(typed: Typed, at: datetime) -> Kept | None:
    """Keep what was typed; None when too much is kept already. What is older than 15 minutes goes."""
    secret = store(asdict(typed), at)
    return Kept(secret, at) if secret is not None else None


def store(content: Mapping[str, Any], at: datetime) -> bytes | None:
    """Seal what may be written as JSON under a new secret, and return it; None when too much is kept."""
    remove_old(at)
    if KeptForm.objects.count() >= MOST:
        return None
    secret = secrets.token_bytes(32)
    plain = pad(json.dumps(content).encode())
    KeptForm.objects.create(key=_key(secret), kept_at=at, content=encrypt(_sealing(secret), BOUND, plain))
    return secret


def load(secret: bytes, at: datetime) -> Any:
    """What was stored under the secret, or None when it was removed or is too old."""
    row = KeptForm.objects.filter(key=_key(secret), kept_at__gt=at - LASTS).first()
    if row is None:
        return None
    try:
        return json.loads(unpad(decrypt(_sealing(secret), BOUND, bytes(row.content))))
    except SealedError:
        return None


def drop(secret: bytes) -> None:
    """Remove what was stored under the secret."""
    KeptForm.objects.filter(key=_key(secret)).delete()


def find(kept: Kept, at: datetime) -> Typed | None:
    """What is kept, or None when it was sent, removed or is too old."""
    content = load(kept.secret, at)
    return Typed(**content) if content is not None else None


def lead_on(kept: Kept, typed: Typed, page: str) -> None:
    """The page of the form leads to another one: it is looked for there."""
    plain = pad(json.dumps(asdict(replace(typed, page=page))).encode())
    content = encrypt(_sealing(kept.secret), BOUND, plain)
    KeptForm.objects.filter(key=_key(kept.secret)).update(content=content)


def forget(kept: Kept) -> None:
    """Remove what is kept."""
    drop(kept.secret)


def remove_old(at: datetime) -> int:
    """Remove what was not fetched in time; how many there were."""
    return KeptForm.objects.filter(kept_at__lte=at - LASTS).delete()[0]


def _key(secret: bytes) -> uuid.UUID:
    return uuid.UUID(bytes=digest(secret, person=b"kept.key", size=16))


def _sealing(secret: bytes) -> bytes:
    return digest(secret, person=b"kept.secret")


def cookie_name(site: str) -> str:
    """The cookie with the key; the desk and the member site have one each."""
    return f"{settings.SESSION_COOKIE_NAME}-{site}-typed"


def give_cookie(response: HttpResponseBase, site: str, kept: Kept) -> None:
    """Hand the key to the browser. Members come back by a link in a mail, where a strict cookie is not
    sent."""
    made: Any = response
    made.set_cookie(
        cookie_name(site),
        signing.dumps({"secret": kept.secret.hex(), "at": kept.at.timestamp()}, salt=SALT),
        max_age=int(REMEMBERED.total_seconds()),
        path="/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict" if site == "desk" else "Lax",
    )


def read_cookie(request: HttpRequest, site: str) -> Kept | None:
    """What the browser holds; None without a genuine cookie."""
    try:
        held = signing.loads(request.COOKIES.get(cookie_name(site), ""), salt=SALT)
    except signing.BadSignature:
        return None
    return Kept(bytes.fromhex(held["secret"]), datetime.fromtimestamp(held["at"], UTC))


def take_cookie(response: HttpResponseBase, site: str) -> None:
    """Ask the browser to forget the key."""
    made: Any = response
    made.delete_cookie(cookie_name(site), path="/", samesite="Strict" if site == "desk" else "Lax")


def leave(request: HttpRequest, response: HttpResponseBase) -> None:
    """Remove what this browser holds the key to, on both sites: on leaving or signing out."""
    for site in ("desk", "member"):
        if (kept := read_cookie(request, site)) is not None:
            forget(kept)
            take_cookie(response, site)
