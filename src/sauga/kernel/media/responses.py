"""A file as an answer: whole or one range of it (RFC 9110 §14), piece by piece, from whatever storage holds
it.

Django's FileResponse knows no ranges, and WhiteNoise, which does, serves paths of this machine only. So a
broken download goes on where it stopped, and a film is played from any place, also when an object store holds
it.
"""

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import datetime
from hashlib import sha256
from typing import IO

from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date, parse_http_date_safe

from sauga.kernel.media.models import MediaFile, Preview

CHUNK = 256 * 1024
OK, PARTIAL, UNSATISFIABLE = 200, 206, 416
ONE_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII | re.IGNORECASE)


class NotReady(Exception):
    """The file has not been scanned yet, or was refused: it is not sent."""


type Range = tuple[int, int]
"""The first and the last byte, counted from 0.

Where the first lies behind the last, there is no such part of the file.
"""


def send_file(
    request: HttpRequest,
    source: IO[bytes],
    *,
    size: int,
    mime: str,
    name: str = "",
    download: bool = True,
    tag: str = "",
    modified: datetime | None = None,
) -> HttpResponseBase:
    """Answer with a file of `size` bytes, which is closed with the answer. `tag` (quoted) and `modified` say
    which version it is: with them a browser that has it gets a 304, and one that has a part of another
    version gets it whole (`If-Range`).

    Several ranges in one request are answered with the whole file, as the standard allows.
    """
    headers = {"Accept-Ranges": "bytes", "Content-Type": mime}
    if disposition := content_disposition_header(download, name):
        headers["Content-Disposition"] = disposition
    if tag:
        headers["ETag"] = tag
    stamp = int(modified.timestamp()) if modified is not None else None
    if stamp is not None:
        headers["Last-Modified"] = http_date(stamp)
    whole = HttpResponse(headers=headers)
    known = get_conditional_response(request, tag or None, stamp, whole)
    if known is not None and known is not whole:
        source.close()
        return known
    return _answer(request, source, size, headers, _wanted(request, size, tag, stamp))


def send_stored(
    request: HttpRequest, name: str, *, mime: str, shown_as: str, download: bool = False
) -> HttpResponseBase:
    """The same for a file of the default storage, whose names are given once.

    Raises what the storage raises for a name that is none.
    """
    modified = default_storage.get_modified_time(name)
    source = default_storage.open(name)
    tag = f'"{sha256(f"{name}|{source.size}|{modified.timestamp()}".encode()).hexdigest()[:32]}"'
    return send_file(
        request,
        source,
        size=source.size,
        mime=mime,
        name=shown_as,
        download=download,
        tag=tag,
        modified=modified,
    )


def send_media(
    request: HttpRequest, file: MediaFile, *, name: str = "", download: bool = True
) -> HttpResponseBase:
    """Answer with an uploaded file, by ranges, under `name` if it has another one where it is used. Only with
    a ready one: raises NotReady otherwise, for any visitor.

    The answer may be cached and opened, but nothing in it may run.
    """
    if not file.is_ready:
        raise NotReady
    source = default_storage.open(file.stored)
    tag = f'"{file.sha256}"'
    return locked(
        send_file(
            request,
            source,
            size=file.size,
            mime=file.mime,
            name=name or file.name,
            download=download,
            tag=tag,
        )
    )


def send_preview(request: HttpRequest, preview: Preview) -> HttpResponseBase:
    """Answer with one preview. It may be cached for some minutes: a file that is withdrawn takes it along."""
    name = str(preview.file.name)
    source = default_storage.open(name)
    tag = f'"{name.rpartition(".")[0]}"'
    response = send_file(request, source, size=preview.size, mime="image/webp", tag=tag, download=False)
    response.headers["Cache-Control"] = CACHED
    return response


CACHED = "public, max-age=300"
LOCKED = "default-src 'none'; sandbox"
"""A file opened in the browser may run nothing and request nothing."""


def locked(response: HttpResponseBase) -> HttpResponseBase:
    """Headers of an uploaded file: the browser may cache and open it, but it must not run anything."""
    response.headers["Content-Security-Policy"] = LOCKED
    response.headers["Cache-Control"] = CACHED
    return response


def is_start(response: HttpResponseBase) -> bool:
    """Whether this answer holds the beginning of a file: what goes on later, or is played from the middle, is
    no further download."""
    starts_at_zero = response.headers.get("Content-Range", "").startswith("bytes 0-")
    return response.streaming and (
        response.status_code == OK or (response.status_code == PARTIAL and starts_at_zero)
    )


def _answer(
    request: HttpRequest, source: IO[bytes], size: int, headers: dict[str, str], part: Range | None
) -> HttpResponseBase:
    first, last = part or (0, size - 1)
    if part is not None and first > last:
        source.close()
        return HttpResponse(
            status=UNSATISFIABLE, headers={"Accept-Ranges": "bytes", "Content-Range": f"bytes */{size}"}
        )
    if part is not None:
        headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    headers["Content-Length"] = str(last - first + 1)
    if request.method == "HEAD":
        source.close()
        return HttpResponse(headers=headers)
    source.seek(first)
    return StreamingHttpResponse(
        _Pieces(source, last - first + 1), status=OK if part is None else PARTIAL, headers=headers
    )


def _wanted(request: HttpRequest, size: int, tag: str, stamp: int | None) -> Range | None:
    """The range that is asked for; None for the whole file."""
    found = ONE_RANGE.fullmatch(request.headers.get("Range", "").strip())
    if (
        request.method != "GET"
        or found is None
        or not _is_of_this_version(request.headers.get("If-Range", ""), tag, stamp)
    ):
        return None
    first, last = found.groups()
    if not first:
        return (max(size - int(last), 0) if int(last) else size, size - 1) if last else None
    if last and int(last) < int(first):
        return None
    return int(first), min(int(last), size - 1) if last else size - 1


def _is_of_this_version(condition: str, tag: str, stamp: int | None) -> bool:
    """RFC 9110 §13.1.5: a weak tag and a date that is not exactly ours stand for another version."""
    if not condition:
        return True
    if condition.startswith(('"', "W/")):
        return condition == tag
    return stamp is not None and parse_http_date_safe(condition) == stamp


class _Pieces:
    """So many bytes of a file from where it stands, piece by piece, read in a thread.

    Closed with the response, also when the visitor left before the first piece.
    """

    def __init__(self, source: IO[bytes], length: int) -> None:
        self.source, self.left, self.close = source, length, source.close

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        chunk = await asyncio.to_thread(self.source.read, min(CHUNK, self.left)) if self.left > 0 else b""
        if not chunk:
            raise StopAsyncIteration
        self.left -= len(chunk)
        return chunk
