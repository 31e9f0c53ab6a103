"""Public pages travel compressed where nothing in them is a secret or personal (decision 0085);
everything else as it is.

Compression beside a secret gives the secret away to an attacker who can put words of theirs into the same
answer and see its length (BREACH). So nothing of the desk is compressed, no answer to a request with a
cookie, none that sets one, no stream, and of the rest only what its view allowed
(`kernel.ui.responses.cache_headers.allow_compression`, `kernel.page_cache.cache_response`).
"""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from sauga.project.requests.sites import Site

OK = 200


class CompressionMiddleware(GZipMiddleware):
    """Django's, for answers that may be compressed."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> Any:
        if not getattr(response, "may_compress", False) or response.streaming or response.status_code != OK:
            return response
        is_public = request.sauga_site is Site.PUBLIC  # type: ignore[attr-defined]  # set by SiteMiddleware
        if not is_public or request.META.get("HTTP_COOKIE") or response.cookies:
            return response
        return super().process_response(request, response)
