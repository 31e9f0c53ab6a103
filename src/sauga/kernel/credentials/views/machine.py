"""What programs read: the DID document and the status lists. Open to every origin: there is nothing private
in them."""

import json
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from sauga.kernel import clock
from sauga.kernel.credentials import queries
from sauga.kernel.credentials.issuer import keys, status_lists
from sauga.kernel.ui.responses.cache_headers import versioned

DID_TYPE, VC_TYPE = "application/did+json", "application/vc"


@require_safe
def did(request: HttpRequest) -> HttpResponse:
    """`/.well-known/did.json`: the keys, the former ones too."""
    document = json.dumps(keys.did_document(), ensure_ascii=False, indent=2)
    return _open(versioned(request, HttpResponse(document, content_type=DID_TYPE)))


@require_safe
def former_did(request: HttpRequest, host: str) -> HttpResponse:
    """The DID document of a former address, for those who keep that address to lead here."""
    did = f"did:web:{quote(host, safe='')}"
    if did not in keys.former_dids():
        raise Http404
    document = json.dumps(keys.did_document(did), ensure_ascii=False, indent=2)
    return _open(versioned(request, HttpResponse(document, content_type=DID_TYPE)))


@require_safe
def status(request: HttpRequest, number: int, purpose: str) -> HttpResponse:
    """One status list. Read afresh each time, so a move is seen at once; a client that has it gets 304."""
    row = queries.published(number, purpose)
    if row is None:
        raise Http404
    document = status_lists.current_document(row, clock.now())
    return _open(versioned(request, HttpResponse(document, content_type=VC_TYPE), row.signed_at))


def _open(response: HttpResponse) -> HttpResponse:
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
