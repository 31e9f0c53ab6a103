"""A page that was made elsewhere (a transcript, a text for the web) and is opened in the browser: it is shown
with a bar above it, since it has no frame of the site.

What is sent is another file than the stored one, whose checksum is published; the stored one is sent by
`send_media`.
"""

import re
from hashlib import sha256
from typing import IO, cast

from django.core.files.storage import default_storage
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from sauga.kernel.media.models import MediaFile
from sauga.kernel.media.responses import CACHED, NotReady, send_file

HEAD_LONGEST = 1024 * 1024
"""Bytes: how much of a page is held to find where its text begins; the rest is read piece by piece. In a page
whose text begins later, the bar stands where the browser begins a page without `<body>`."""
BOM = b"\xef\xbb\xbf"
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
    by ranges, however large the page is: no more than HEAD_LONGEST of it is held. Only with a ready file:
    raises NotReady otherwise.
    """
    if not file.is_ready:
        raise NotReady
    source = default_storage.open(file.stored)
    head = source.read(HEAD_LONGEST)
    skipped = len(BOM) if head.startswith(BOM) else 0
    place = skipped + start_of_text(head[skipped:].decode("ascii", "surrogateescape"))  # a byte, a character
    above = bar.encode()
    tag = sha256(f"{file.sha256}|{place}|".encode() + above).hexdigest()
    response = send_file(
        request,
        cast(IO[bytes], _WithPart(source, place, above)),
        size=file.size + len(above),
        mime="text/html; charset=utf-8",
        name=name or file.name,
        download=False,
        tag=f'"{tag}"',
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


class _WithPart:
    """A file with `part` put in at `place`, read without holding either side of it."""

    def __init__(self, source: IO[bytes], place: int, part: bytes) -> None:
        self.source, self.close, self.at = source, source.close, 0
        self.part, self.place, self.end = part, place, place + len(part)

    def seek(self, offset: int) -> int:
        """Go to a byte, counted from the start of the whole."""
        self.at = offset
        return offset

    def read(self, length: int) -> bytes:
        """At most so many bytes; fewer where the part begins or ends, none only at the end."""
        if self.place <= self.at < self.end:
            piece = self.part[self.at - self.place :][:length]
        else:
            is_before = self.at < self.place
            self.source.seek(self.at if is_before else self.at - len(self.part))
            piece = self.source.read(min(length, self.place - self.at) if is_before else length)
        self.at += len(piece)
        return piece
