"""A page of ours inside a page of ours: the preview of something that is not published yet, at the desk."""

import re

from django.http import HttpResponse

INERT = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; media-src 'self'; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'self'"
)
"""A preview is looked at: no script runs in it, no form leaves it, and only our own pages may frame it."""
FRAMES_OWN = "; frame-src 'self'"
"""What a page that shows a preview adds to the policy of the desk (written by the headers' middleware)."""


SCRIPT = re.compile(rb"<script\b[^>]*>.*?</script>", re.DOTALL)
"""Our own pages escape what was written by others, so that this finds whole elements only."""


def framed(response: HttpResponse) -> HttpResponse:
    """Let our own desk show this page in a frame, where it can do nothing; its scripts are left out, they would only be refused."""
    response.content = SCRIPT.sub(b"", response.content)
    response.headers["Content-Security-Policy"] = INERT
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    response.headers["Cache-Control"] = "no-store"
    return response


def frames(response: HttpResponse) -> HttpResponse:
    """Let this page hold frames of our own."""
    response.frames_own = True  # type: ignore[attr-defined]  # read by the headers' middleware
    return response
