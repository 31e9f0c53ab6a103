"""The challenge of a passkey sign-in, stored in the browser that asked for it: asking stores nothing on the
server.

A signed cookie that lasts ten minutes. It grants nothing by itself: the answer to the challenge does, once
(`mfa.use_signin_passkey`). Staff and members have one each.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase

LASTS = timedelta(minutes=10)


@dataclass(frozen=True)
class ChallengeCookie:
    """A cookie beside the session cookie, with its prefix; `ending` is the end of its name, `salt` binds it
    to one site."""

    ending: str
    salt: str
    same_site: Literal["Strict", "Lax"] = "Strict"

    @property
    def name(self) -> str:
        """The name of the cookie."""
        return f"{settings.SESSION_COOKIE_NAME}-{self.ending}"

    def give(self, response: HttpResponseBase, challenge: dict[str, Any], at: datetime) -> None:
        """Let the browser keep the challenge it was asked."""
        response.set_cookie(  # type: ignore[attr-defined]  # every response has it, the base class of the stubs does not say so
            self.name,
            signing.dumps({"challenge": challenge, "at": at.timestamp()}, salt=self.salt),
            max_age=int(LASTS.total_seconds()),
            path="/",
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite=self.same_site,
        )

    def read(self, request: HttpRequest, at: datetime) -> tuple[dict[str, Any], datetime] | None:
        """The challenge of this browser and when it was made; None without a genuine, fresh one."""
        try:
            held = signing.loads(request.COOKIES.get(self.name, ""), salt=self.salt)
        except signing.BadSignature:
            return None
        made_at = datetime.fromtimestamp(held["at"], UTC)
        return (held["challenge"], made_at) if timedelta(0) <= at - made_at < LASTS else None

    def take(self, response: HttpResponseBase) -> None:
        """Ask the browser to forget it."""
        response.delete_cookie(self.name, path="/", samesite=self.same_site)  # type: ignore[attr-defined]  # as above


STAFF = ChallengeCookie("passkey", "identity.passkey")
