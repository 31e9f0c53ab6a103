"""Reads response bodies safely: only text, only so many bytes, however it is compressed; and the encoding and
refresh a text declares."""

import asyncio
import codecs
import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import ClientResponse

from sauga.kernel.outbound.results import Body

CHUNK = 16 * 1024
SNIFF = 512
PACKED_TIMES = (
    4  # a packed body longer than this many times our limit is not read on, however little it unfolds to
)
_ANY_WINDOW = 47  # gzip or zlib, largest window
_APPLICATION_TEXT = {"application/json", "application/xhtml+xml", "application/xml", "application/javascript"}
_CHARSET = re.compile(rb"""charset\s*=\s*["']?([a-zA-Z0-9_.:-]{1,40})""", re.IGNORECASE)
_MAGIC = (
    b"\xff\xd8\xff",
    b"\x89PNG",
    b"GIF8",
    b"RIFF",
    b"\x1aE\xdf\xa3",
    b"%PDF",
    b"PK\x03\x04",
    b"\x00\x00\x00",
    b"BM",
    b"ID3",
    b"OggS",
    b"\x1f\x8b",
)
_META = re.compile(r"<meta\s[^>]{0,2000}>", re.IGNORECASE)
_REFRESH = re.compile(r"""http-equiv\s*=\s*["']?refresh\b""", re.IGNORECASE)
_CONTENT = re.compile(r"""content\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]*))""", re.IGNORECASE)
_WHERE = re.compile(r"""^\s*(\d{1,9})(?:\.\d*)?\s*[;,]\s*(?:url\s*=\s*)?["']?([^"']+)""", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
REFRESH_SECONDS = 30
HEAD = 32 * 1024


@dataclass(frozen=True, slots=True)
class Read:
    """The outcome of reading: kind, text, and whether more was there than we took."""

    body: Body
    text: str = ""
    truncated: bool = False


def is_text(content_type: str) -> bool:
    """Whether a body of this media type may be read at all.

    SVG is an image; a missing type is not trusted.
    """
    kind = content_type.partition(";")[0].strip().lower()
    if kind in {"image/svg+xml", "text/rtf"}:
        return False
    return (
        kind.startswith("text/")
        or kind in _APPLICATION_TEXT
        or (kind.startswith("application/") and kind.endswith(("+json", "+xml")))
    )


async def read(response: ClientResponse, *, max_bytes: int, seconds: float) -> Read:
    """Read at most `max_bytes` of unpacked text within `seconds`; then stop. What came in time counts,
    flagged as truncated.

    Raises TimeoutError when not a single byte came, and aiohttp's errors when the body is broken.
    """
    unpack = _unpacker(response.headers.get("Content-Encoding", "").strip().lower())
    if unpack is None:
        return Read(Body.ENCODED)
    taken = _Taken(unpack, max_bytes)
    content = response.content
    try:
        if content.is_eof():  # a small page is here already; nothing to wait for
            taken.add(content.read_nowait(-1))
        else:
            async with asyncio.timeout(seconds):
                while not taken.full and (chunk := await content.read(CHUNK)):
                    taken.add(chunk)
    except TimeoutError:
        if not taken.data:
            raise
        taken.full = True
    except zlib.error:
        return Read(Body.ENCODED)
    if not taken.data:
        return Read(Body.EMPTY)
    data = bytes(taken.data[:max_bytes])
    if looks_binary(data[:SNIFF]):
        return Read(Body.DISGUISED)
    return Read(Body.TEXT, decode(data, response.headers.get("Content-Type", "")), taken.full)


class _Taken:
    """What was taken of a body so far. `full`: there is more, and we do not want it."""

    __slots__ = ("_limit", "_packed", "_unpack", "data", "full")

    def __init__(self, unpack: Callable[[bytes, int], bytes], limit: int) -> None:
        self._unpack, self._limit, self._packed = unpack, limit, 0
        self.data, self.full = bytearray(), False

    def add(self, chunk: bytes) -> None:
        """Decompress one piece, as far as it fits. Raises zlib.error."""
        self._packed += len(chunk)
        self.data += self._unpack(chunk, self._limit + 1 - len(self.data))
        self.full = len(self.data) > self._limit or self._packed > PACKED_TIMES * self._limit


class _Inflate:
    """A bounded gzip or deflate reader: it never decompresses more than fits and stores nothing of what it
    skips."""

    def __init__(self) -> None:
        self._reader = zlib.decompressobj(_ANY_WINDOW)

    def __call__(self, chunk: bytes, room: int) -> bytes:
        out = bytearray()
        while chunk and len(out) < room:
            out += self._reader.decompress(chunk, room - len(out))
            if not self._reader.eof:
                break
            chunk, self._reader = self._reader.unused_data, zlib.decompressobj(_ANY_WINDOW)
        return bytes(out)


def _plain(chunk: bytes, room: int) -> bytes:
    return chunk[:room]


def _unpacker(packing: str) -> Callable[[bytes, int], bytes] | None:
    """The decompressor, or None for an encoding that we did not ask for and do not open."""
    if packing in {"", "identity"}:
        return _plain
    if packing in {"gzip", "x-gzip", "deflate"}:
        return _Inflate()
    return None


def looks_binary(start: bytes) -> bool:
    """Whether these first bytes are a picture, film, archive or the like under a text type.

    UTF-16 text with its mark is text.
    """
    if start[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return False
    return start.startswith(_MAGIC) or b"\x00" in start


def decode(data: bytes, content_type: str) -> str:
    """Text from bytes: by byte order mark, by the header, by the page's own words, else UTF-8 and then the
    Baltic code page."""
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(name, "replace")
    found = _CHARSET.search(content_type.encode("latin-1", "replace")) or _CHARSET.search(data[:2048])
    if found:
        try:
            info = codecs.lookup(found[1].decode("ascii"))
            if info._is_text_encoding:
                return data.decode(info.name, "replace")
        except LookupError:
            pass
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.end >= len(data) - 3 and error.reason == "unexpected end of data":
            return data.decode("utf-8", "ignore")
        return data.decode("windows-1257", "replace")


def refresh_target(text: str) -> str:
    """Where a page sends its reader by itself (`<meta http-equiv=refresh>`, within 30 seconds), as written
    there; empty when nowhere."""
    if not _REFRESH.search(text, 0, HEAD):
        return ""
    head = _COMMENT.sub("", text[:HEAD])
    for tag in _META.findall(head):
        if not _REFRESH.search(tag):
            continue
        content = _CONTENT.search(tag)
        where = _WHERE.match(next(filter(None, content.groups()), "")) if content else None
        if where and int(where[1]) <= REFRESH_SECONDS:
            return where[2].strip()
    return ""
