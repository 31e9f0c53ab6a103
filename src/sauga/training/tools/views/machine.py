"""What tools ask for themselves: our keys, and access tokens. No cookie, no session."""

import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST, require_safe

from sauga.kernel import clock
from sauga.kernel.states import SystemActor
from sauga.kernel.ui.responses.cache_headers import versioned
from sauga.training.tools import presenters
from sauga.training.tools.actions import tokens
from sauga.training.tools.actions.tokens import TokenNotGiven
from sauga.training.tools.queries import tools as queries

BY = SystemActor("training")
LONGEST_FORM = 32 * 1024
ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """Our public keys as a JSON Web Key Set. Open to every origin: there is nothing private in them."""
    document = json.dumps(queries.key_set(clock.now()), sort_keys=True)
    response = versioned(request, HttpResponse(document, content_type="application/jwk-set+json"))
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@require_POST
def token(request: HttpRequest) -> HttpResponse:
    """An access token for a signed request (OAuth 2, client credentials)."""
    if len(request.body) > LONGEST_FORM:
        return _refused("invalid_request", 413)
    given = request.POST
    if given.get("grant_type") != "client_credentials":
        return _refused("unsupported_grant_type", 400)
    if given.get("client_assertion_type") != ASSERTION:
        return _refused("invalid_request", 400)
    audiences = [presenters.address("training-tools-token"), queries.issuer(), str(settings.ENV.base_url)]
    try:
        made = tokens.give_token(
            by=BY,
            assertion=given.get("client_assertion", ""),
            scope=given.get("scope", ""),
            audiences=audiences,
            at=clock.now(),
        )
    except TokenNotGiven as refused:
        status = {"invalid_client": 401, "slow_down": 429}.get(refused.code, 400)
        return _refused(refused.code, status)
    return unkept(
        JsonResponse(
            {
                "access_token": made.secret,
                "token_type": "Bearer",
                "expires_in": made.seconds,
                "scope": " ".join(made.scopes),
            }
        )
    )


def _refused(code: str, status: int) -> HttpResponse:
    response = JsonResponse({"error": code}, status=status)
    if status == 429:
        response.headers["Retry-After"] = "60"
    return unkept(response)


def unkept[Response: HttpResponse](response: Response) -> Response:
    """An answer that no cache keeps."""
    response.headers["Cache-Control"] = "no-store"
    return response
