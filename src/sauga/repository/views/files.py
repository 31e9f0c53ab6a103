"""Files of resources, one at a time or all in one archive. Taken anonymously; only the number of a day stays."""

import asyncio
import os
from collections.abc import AsyncIterator
from typing import IO

from django.http import HttpRequest, HttpResponseNotModified, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from sauga.kernel import clock
from sauga.kernel.states import SystemActor
from sauga.repository.actions import using
from sauga.repository.models import Rendition, Resource
from sauga.repository.packages import bundles
from sauga.repository.queries import catalogue as queries
from sauga.repository.rules.attribution import spoken
from sauga.repository.views import words

VISITOR = SystemActor("visitor")
CHUNK = 256 * 1024
GONE = 410
LOCKED = "default-src 'none'; sandbox"
"""A file that a browser opens may run nothing and ask for nothing."""


@require_safe
def file(request: HttpRequest, ref: str, name: str) -> HttpResponseBase:
    """One file, under its own name. A file that was taken back says so."""
    row = queries.file_for(ref)
    if row is None:
        return render(request, "repository/public/file_gone.html", status=GONE)
    tag = f'"{row.sha256}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers={"ETag": tag})
    if request.method == "GET":
        using.count_day(by=VISITOR, resource=row.resource, kind="file", at=clock.now(), called=request.headers.get("User-Agent", ""))
    response = sent(row.file.open("rb"), row.size, row.mime, row.name)
    response.headers["ETag"] = tag
    return response


@require_safe
def archive(request: HttpRequest, slug: str) -> HttpResponseBase:
    """All files of a resource and its parts, with a sheet that says what they are and what one may do."""
    row = queries.live_resource(slug)
    taken = {bundles.SHEET}
    files = [(_free(f"{folder}{one.name}", taken), one) for folder, one in queries.all_files(row)]
    sheet = _sheet(row, files)
    tag = f'"{bundles.digest(sheet, files)}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers={"ETag": tag})
    if request.method == "GET":
        using.count_day(by=VISITOR, resource=row, kind="archive", at=clock.now(), called=request.headers.get("User-Agent", ""))
    held = bundles.opened(sheet, files)
    response = sent(held, os.fstat(held.fileno()).st_size, "application/zip", f"{row.slug(words.speaking())}.zip")
    response.headers["ETag"] = tag
    return response


def _sheet(row: Resource, files: list[tuple[str, Rendition]]) -> str:
    """What lies in the archive, for people and for checking."""
    title = words.spoken(row, "title")[0]
    licence = words.terms(row)
    lines = [title, "=" * len(title), "", words.spoken(row, "abstract")[0], ""]
    lines += [gettext("Licence: %(name)s") % {"name": f"{licence['short']} {licence['url']}".strip()}]
    lines += [
        gettext("Made by: %(names)s") % {"names": words.people(row.creators)},
        spoken(row.attribution, row.creators, words.speaking()),
        "",
        "SHA-256",
    ]
    lines += [f"{one.sha256}  {name}" for name, one in files]
    return "\r\n".join(lines) + "\r\n"


def _free(name: str, taken: set[str]) -> str:
    """The name, or with a number when the archive has it already."""
    stem, dot, ending = name.rpartition(".")
    wanted, number = name, 1
    while wanted in taken:
        number += 1
        wanted = f"{stem}-{number}{dot}{ending}"
    taken.add(wanted)
    return wanted


def sent(source: IO[bytes], size: int, mime: str, name: str) -> HttpResponseBase:
    """A file sent in pieces, so that a large file never lies in memory as a whole."""
    response = StreamingHttpResponse(_Pieces(source), content_type=mime)
    response.headers["Content-Length"] = str(size)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response.headers["Content-Security-Policy"] = LOCKED
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


class _Pieces:
    """A file piece by piece. Closed with the response, also when the visitor left before the first piece."""

    def __init__(self, source: IO[bytes]) -> None:
        self.source, self.close = source, source.close

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        if chunk := await asyncio.to_thread(self.source.read, CHUNK):
            return chunk
        raise StopAsyncIteration


public_urls = [path(_("resources/<slug:slug>/all.zip"), archive, name="repository-archive")]
machine_urls = [path("files/<str:ref>/<str:name>", file, name="repository-file")]
