"""How a synthetic host answers one request.

Each function is one way; `behaviours` names them and says what to expect.
"""

import gzip
import math
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from sauga.world.hosts import pages

HTML = "text/html; charset=utf-8"
MARK = b"WORLD-CANARY-MEDIA"
BOMB_SIZE = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Ask:
    """One request as a host sees it.

    `age`: seconds of the world's time since the behaviour began; `count`: requests so far, from 1.
    """

    host: str
    path: str
    method: str = "GET"
    scheme: str = "http"
    referrer: str = ""
    agent: str = ""
    vantage: str = "main"
    ranged: bool = False
    age: float = 0.0
    count: int = 1
    minutes: float = 10.0
    original_referrer: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes over the line.

    `wait`: seconds before the head (infinite: never). `stream`: a body that is made while it is sent.
    """

    status: int = 200
    body: bytes = b""
    content_type: str = HTML
    headers: dict[str, str] = field(default_factory=dict)
    wait: float = 0.0
    stream: Literal["", "endless", "drip", "garbage", "silent"] = ""
    raw: bytes = b""
    reset: bool = False
    ranges: bool = False


type Way = Callable[[Ask], Answer]


def page(
    text: str, status: int = 200, *, title: str = "Bandomasis puslapis", more: str = "", **headers: str
) -> Answer:
    """An HTML page with this text."""
    return Answer(
        status,
        pages.html(text, title=title, more=more),
        headers={k.replace("_", "-"): v for k, v in headers.items()},
    )


def fixed(text: str, status: int = 200, more: str = "", **headers: str) -> Way:
    """Always the same page."""
    ready = page(text, status, more=more, **headers)
    return lambda ask: ready


def online(ask: Ask) -> Answer:
    """The item, its code made from its address, so that every item differs a little."""
    return page(pages.ITEM.format(code=f"{abs(hash_of(ask.host + ask.path)) % 10**6:06d}"))


def hash_of(text: str) -> int:
    """A number that is the same in every run."""
    value = 2166136261
    for byte in text.encode():
        value = (value ^ byte) * 16777619 % 2**32
    return value


def to(location: str, status: int = 302) -> Way:
    """A redirect. `{host}` and `{path}` in the location are those of the request."""
    return lambda ask: Answer(status, headers={"Location": location.format(host=ask.host, path=ask.path)})


def loop(ask: Ask) -> Answer:
    """A redirect to the other half of the loop, for ever."""
    return Answer(
        302,
        headers={
            "Location": ask.path.removesuffix("/again")
            if ask.path.endswith("/again")
            else ask.path + "/again"
        },
    )


def media(ask: Ask) -> Answer:
    """A body of a picture's type.

    It holds a mark and no picture; the mark must never be found anywhere in the installation.
    """
    return Answer(200, MARK * 4096, "image/jpeg", ranges=True)


def disguised(ask: Ask) -> Answer:
    """Binary data with a picture's first bytes, called text."""
    return Answer(200, b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + MARK * 512)


def octets(ask: Ask) -> Answer:
    """A page called binary data."""
    return Answer(200, pages.html(pages.ITEM.format(code="0")), "application/octet-stream")


def static(ask: Ask) -> Answer:
    """A long page from disk: the server honours ranges."""
    return Answer(200, pages.html(" ".join([pages.ITEM.format(code="7")] * 4000)), ranges=True)


def no_ranges(ask: Ask) -> Answer:
    """A server that refuses ranges."""
    return Answer(416, headers={"Content-Range": "bytes */10"}) if ask.ranged else online(ask)


def baltic(ask: Ask) -> Answer:
    """Removal text in the old Baltic code page, said only in the header."""
    return Answer(
        200, pages.html(pages.REMOVED_LT, charset="windows-1257"), "text/html; charset=windows-1257"
    )


def json_page(ask: Ask) -> Answer:
    """An interface for programs."""
    return Answer(200, b'{"item": "placeholder", "state": "published"}', "application/json")


@lru_cache(maxsize=1)
def _bomb() -> bytes:
    block = gzip.compress(b" " * (1024 * 1024), 9)
    return block * (BOMB_SIZE // (1024 * 1024))


def bomb(ask: Ask) -> Answer:
    """A quarter of a gigabyte of blanks, packed small (many gzip members)."""
    return Answer(200, _bomb(), headers={"Content-Encoding": "gzip"})


@lru_cache(maxsize=1)
def _one_member() -> bytes:
    return gzip.compress(b"<p>a</p>" * (4 * 1024 * 1024), 9)


def bomb_single(ask: Ask) -> Answer:
    """A bomb in a single gzip member: 32 MB that unfold in one go for a careless reader."""
    return Answer(200, _one_member(), headers={"Content-Encoding": "gzip"})


def brotli(ask: Ask) -> Answer:
    """A packing that was not asked for."""
    return Answer(200, b"\x0b\x02\x80text\x03", headers={"Content-Encoding": "br"})


def false_packing(ask: Ask) -> Answer:
    """Says it is packed, and is not."""
    return Answer(200, pages.html(pages.HOME), headers={"Content-Encoding": "gzip"})


def huge_headers(ask: Ask) -> Answer:
    """A head of 200 KB."""
    return Answer(200, pages.html(pages.HOME), headers={f"X-Filler-{i}": "a" * 1000 for i in range(200)})


def long_header(ask: Ask) -> Answer:
    """One header line of 100 KB."""
    return Answer(200, pages.html(pages.HOME), headers={"X-Filler": "a" * 100_000})


def flapping(ask: Ask) -> Answer:
    """Every other minute of the world there and not there."""
    return online(ask) if int(ask.age // 60) % 2 == 0 else page(pages.NOT_FOUND, 404)


def removed_after(ask: Ask) -> Answer:
    """There, and after some minutes gone."""
    return online(ask) if ask.age < ask.minutes * 60 else page(pages.NOT_FOUND, 410)


def reappears(ask: Ask) -> Answer:
    """There, gone after some minutes, back after three times as long."""
    return (
        online(ask)
        if ask.age < ask.minutes * 60 or ask.age >= 3 * ask.minutes * 60
        else page(pages.NOT_FOUND, 404)
    )


def changes(ask: Ask) -> Answer:
    """The same address, after some minutes with other words."""
    return online(ask) if ask.age < ask.minutes * 60 else page(pages.OTHER, title="Gėlynas")


def by_referrer(ask: Ask) -> Answer:
    """Only for those who come from the right page."""
    wanted = ask.original_referrer or "http://entry.referrer-only.behave.example/"
    return online(ask) if ask.referrer == wanted else page(pages.NOT_FOUND, 404)


def by_agent(ask: Ask) -> Answer:
    """Hides from checkers that say who they are."""
    return online(ask) if ask.agent.startswith("Mozilla/") else page(pages.NOT_FOUND, 404)


def by_vantage(ask: Ask) -> Answer:
    """Hides from the main place of looking."""
    return page(pages.NOT_FOUND, 404) if ask.vantage == "main" else online(ask)


def geo_by_vantage(ask: Ask) -> Answer:
    """Blocked for the main place of looking, and says so."""
    return page(pages.GEO, 451) if ask.vantage == "main" else online(ask)


def head_status(status: int) -> Way:
    """A server that does not speak HEAD and says so in its own way."""
    return lambda ask: page(pages.ERROR, status) if ask.method == "HEAD" else online(ask)


def slow(seconds: float) -> Way:
    """The head comes late."""
    return lambda ask: Answer(200, pages.html(pages.ITEM.format(code="0")), wait=seconds)


def refreshes(target: str) -> Way:
    """A page that sends its reader on without a redirect."""
    return lambda ask: Answer(200, pages.refresh(target.format(host=ask.host, path=ask.path)))


def never(ask: Ask) -> Answer:
    """Takes the request and says nothing."""
    return Answer(wait=math.inf)


def reset(ask: Ask) -> Answer:
    """Hangs up."""
    return Answer(reset=True)


def noise(ask: Ask) -> Answer:
    """Bytes that are no HTTP."""
    return Answer(raw=b"\x16\x03hello, this is no protocol you know\r\n\r\n")


def streaming(kind: Literal["endless", "drip", "garbage", "silent"]) -> Way:
    """A body that never ends, comes a letter at a time, breaks its own framing, or never comes."""
    return lambda ask: Answer(200, stream=kind)


def empty(ask: Ask) -> Answer:
    """A page with nothing on it."""
    return Answer(200, b"")


def secure(ask: Ask) -> Answer:
    """Plain http leads to https, which answers."""
    return (
        online(ask)
        if ask.scheme == "https"
        else Answer(301, headers={"Location": f"https://{ask.host}{ask.path}"})
    )
