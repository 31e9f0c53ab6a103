"""A page that was made elsewhere (a transcript, a text for the web) and is opened in the browser: it is shown
with a bar above it, since it has no frame of the site.

What is sent is another file than the stored one, whose checksum is published; the stored one is sent by
`send_media`.
"""

import re
from hashlib import sha256
from io import BytesIO

from django.core.files.storage import default_storage
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from sauga.kernel.media.models import MediaFile
from sauga.kernel.media.responses import CACHED, NotReady, send_file

BODY = re.compile(r"<body(?=[\s/>])[^>]{0,2000}>", re.IGNORECASE)
WITHOUT_BODY = tuple(
    re.compile(tag, re.IGNORECASE)
    for tag in (r"</head\s{0,9}>", r"<html(?=[\s>])[^>]{0,2000}>", r"<!doctype[^>]{0,2000}>")
)
SHOWN = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox allow-same-origin"
"""A page opened in the browser may run nothing, send nothing and request nothing. It is of this site, since
quick exit erases nothing when another site asks for it."""


def send_page(request: HttpRequest, file: MediaFile, bar: str, *, name: str = "") -> HttpResponseBase:
    """Answer with an uploaded page and `bar`, a part in HTML with styles of its own, above its text; whole or
    by ranges. Only with a ready file: raises NotReady otherwise.
    """
    if not file.is_ready:
        raise NotReady
    with default_storage.open(file.stored) as source:
        page = source.read().decode("utf-8-sig")
    place = start_of_text(page)
    content = f"{page[:place]}{bar}{page[place:]}".encode()
    response = send_file(
        request,
        BytesIO(content),
        size=len(content),
        mime="text/html; charset=utf-8",
        name=name or file.name,
        download=False,
        tag=f'"{sha256(content).hexdigest()}"',
    )
    response.headers["Content-Security-Policy"] = SHOWN
    response.headers["Cache-Control"] = CACHED
    return response


def start_of_text(page: str) -> int:
    """The place after `<body>` that is not in a comment; in a page without one, where the browser begins it.

    >>> start_of_text("<!doctype html><!-- <body> --><body class=a>Labas"[:44]) == 44
    True
    >>> start_of_text("<!doctype html>Labas")
    15
    """
    at, body = 0, BODY.search(page)
    while body is not None:
        comment = page.find("<!--", at)
        if comment == -1 or comment > body.start():
            return body.end()
        end = page.find("-->", comment + 4)
        if end == -1:
            break
        at = end + 3
        if body.start() < at:
            body = BODY.search(page, at)
    found = (tag.search(page) for tag in WITHOUT_BODY)
    return next((one.end() for one in found if one is not None), 0)
