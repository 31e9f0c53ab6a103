"""Caching and compression of public responses: which version it is, and whether it may be compressed."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware, re_accepts_gzip
from django.utils.cache import get_conditional_response, set_response_etag
from django.utils.http import http_date
from django.utils.text import compress_string


def allow_compression[Response: HttpResponse](response: Response) -> Response:
    """Say that this answer holds nothing that is secret or personal, so that its length may depend on
    its words (BREACH).

    Only a view knows that; `project.requests.compression` asks for it and leaves other answers as they are.
    """
    response.may_compress = True  # type: ignore[attr-defined]  # read by the middleware
    return response


def versioned(
    request: HttpRequest, response: HttpResponse, changed_at: datetime | None = None
) -> HttpResponse:
    """A public answer of the same bytes for everybody, with its ETag and, where that is known, Last-Modified;
    304 to a client that has it."""
    allow_compression(response)
    response.headers.setdefault("Cache-Control", "no-cache")
    set_response_etag(response)
    stamp = int(changed_at.timestamp()) if changed_at is not None else None
    if stamp is not None:
        response.headers["Last-Modified"] = http_date(stamp)
    return get_conditional_response(request, response.headers["ETag"], stamp, response) or response


def accepts_gzip(accept_encoding: bytes) -> bool:
    """Whether a browser with this Accept-Encoding takes gzip; decided as Django's middleware decides."""
    return re_accepts_gzip.search(accept_encoding.decode("latin1")) is not None


def compressed(body: bytes) -> bytes:
    """A body as the compression middleware would send it."""
    zipped: bytes = compress_string(body, max_random_bytes=GZipMiddleware.max_random_bytes)
    return zipped
