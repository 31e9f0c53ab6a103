"""A page of ours in a frame of ours: the preview of an unpublished page at the desk."""

from collections.abc import Iterable, Iterator

from django.http import HttpResponse

from sauga.kernel.ui.page_previews.looks import Look, looking
from sauga.kernel.ui.public_frame import first_styles

INERT = (
    "default-src 'none'; style-src {styles}; img-src 'self'; font-src 'self'; media-src 'self'; "
    "form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'self'"
)
"""A preview is looked at: no script runs in it, no form leaves it, and only our own pages may frame it."""
SCRIPT_END = b"</script>"
FRAMES_OWN = "; frame-src 'self'"
"""What a page that shows a preview adds to the policy of the desk (written by the headers' middleware)."""


def framed(response: HttpResponse, *, inline_styles: bool = False, look: Look | None = None) -> HttpResponse:
    """Let our own desk show this page in a frame, where it can do nothing; its scripts are left out, they
    would only be refused. A mail brings its styles with it (`inline_styles`), as does a page in another
    `look` than the reader's own.
    """
    content = b"".join(_without_scripts(response.content))
    response.content = looking(content, look) if look else content
    styles = "'unsafe-inline'" if inline_styles or look else f"'self' {first_styles.source()}"
    response.headers["Content-Security-Policy"] = INERT.format(styles=styles)
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    response.headers["Cache-Control"] = "no-store"
    return response


def frames(response: HttpResponse) -> HttpResponse:
    """Let this page hold frames of our own."""
    response.frames_own = True  # type: ignore[attr-defined]  # read by the headers' middleware
    return response


def plays(response: HttpResponse) -> HttpResponse:
    """Let this page play live broadcasts: where a browser needs a script for it, the script hands the picture
    over by an address of its own (`blob:`)."""
    response.plays_live = True  # type: ignore[attr-defined]  # read by the headers' middleware
    return response


def submits_to(response: HttpResponse, origins: Iterable[str]) -> HttpResponse:
    """Let the form of this page go to these other sites (`https://tool.example`), besides our own."""
    response.submits_to = tuple(origins)  # type: ignore[attr-defined]  # read by the headers' middleware
    return response


def captures(response: HttpResponse) -> HttpResponse:
    """Let this page ask for camera, microphone and screen; the person is asked by the browser each time."""
    response.captures = True  # type: ignore[attr-defined]  # read by the headers' middleware
    return response


def _without_scripts(page: bytes) -> Iterator[bytes]:
    """The page without its script elements.

    Our own pages escape what others wrote, so that these are whole elements of ours.
    """
    begin = 0
    while (found := page.find(b"<script", begin)) >= 0 and (end := page.find(SCRIPT_END, found)) >= 0:
        yield page[begin:found]
        begin = end + len(SCRIPT_END)
    yield page[begin:]
