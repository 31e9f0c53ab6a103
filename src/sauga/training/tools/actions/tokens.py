"""Access tokens for tools: OAuth 2 client credentials with a signed request (RFC 7523), as the 1EdTech
Security Framework 1.0 (section 4) asks."""

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from sauga.kernel.identity import require
from sauga.kernel.rate_limits import RecentCount
from sauga.kernel.sealed.signatures.web_tokens import TokenRefused, check_token, key_name, unverified_issuer
from sauga.kernel.states import Actor
from sauga.training.permissions import Permission
from sauga.training.tools.actions.keys import fresh_keys
from sauga.training.tools.actions.log import note
from sauga.training.tools.models import Tool, ToolToken
from sauga.training.tools.queries import tools as queries
from sauga.training.tools.rules.log import What
from sauga.training.tools.rules.messages import granted

LASTS = timedelta(minutes=30)
MOST_A_MINUTE = 60
LONGEST_REQUEST = timedelta(hours=1)
_given = RecentCount(timedelta(minutes=1), most_each=MOST_A_MINUTE + 1)


class TokenNotGiven(Exception):
    """The request is refused. `code` is that of OAuth 2 (RFC 6749, section 5.2)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class GivenToken:
    """What the tool is answered, once."""

    secret: str = field(repr=False)
    scopes: list[str]
    seconds: int


def give_token(*, by: Actor, assertion: str, scope: str, audiences: list[str], at: datetime) -> GivenToken:
    """A short-lived token for the scopes that a tool may have. Raises TokenNotGiven."""
    require(by, Permission.SERVE_TOOLS)
    client = unverified_issuer(assertion)
    tool = queries.by_client(client)
    if tool is None:
        raise TokenNotGiven("invalid_client")
    if not queries.may_open(tool, at):
        raise _refused(by, tool, "off", "invalid_client", at)
    tool = fresh_keys(by=by, tool=tool, wanted=key_name(assertion), at=at)
    try:
        claims = check_token(assertion, tool.keys, issuer=client, audiences=audiences, at=at)
        if claims.get("sub") != client:
            raise TokenRefused("issuer")
        if claims["exp"] > (at + LONGEST_REQUEST).timestamp():
            raise TokenRefused("claim")
    except TokenRefused as unfit:
        raise _refused(by, tool, f"jwt_{unfit}", "invalid_client", at) from None
    scopes = granted(scope)
    if not scopes:
        raise _refused(by, tool, "scope", "invalid_scope", at)
    if _given.before(tool.ref, at) >= MOST_A_MINUTE:
        raise TokenNotGiven("slow_down")
    return _store(by, tool, claims["jti"], scopes, at)


def _store(by: Actor, tool: Tool, jti: str, scopes: list[str], at: datetime) -> GivenToken:
    secret = secrets.token_urlsafe(32)
    name = hashlib.sha256(jti.encode("utf-8", "replace")).hexdigest()
    try:
        with transaction.atomic():
            ToolToken.objects.create(
                tool=tool, jti=name, digest=queries.digest(secret), scopes=scopes, expires_at=at + LASTS
            )
    except IntegrityError:
        raise _refused(by, tool, "replay", "invalid_client", at) from None
    note(by=by, tool=tool, what=What.TOKEN, at=at)
    return GivenToken(secret, scopes, int(LASTS.total_seconds()))


def _refused(by: Actor, tool: Tool, why: str, code: str, at: datetime) -> TokenNotGiven:
    note(by=by, tool=tool, what=What.TOKEN, refused=why, at=at)
    return TokenNotGiven(code)
