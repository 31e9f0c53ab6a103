"""What a switchboard may tell us: a signed message with an event and its own opaque name of a call.

Everything else is dropped unread.

Signature: HMAC-SHA256 (RFC 2104) over `<seconds>.<body>` under a shared secret; the seconds are those of the
header beside it.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sauga.kernel.i18n import languages

LONGEST_BODY = 4096
FRESH = timedelta(minutes=5)
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@:+-]{5,127}", re.ASCII)
MARK = re.compile(r"m1=[A-Za-z0-9_-]{22,64}", re.ASCII)
"""The switchboard's own keyed hash of who rings, with a prefix: a telephone number, or a name, can
never look like one.
"""
NUMBER = re.compile(r"\+?[0-9]{3,20}(@.*)?", re.ASCII)
SIGNATURE = re.compile(r"v1=([0-9a-f]{64})", re.ASCII)


class Event(StrEnum):
    """What happened to a call."""

    RING = "ring"
    WAIT = "wait"
    ANSWER = "answer"
    HOLD = "hold"
    RESUME = "resume"
    END = "end"
    ABANDON = "abandon"
    BUSY = "busy"
    CLOSED = "closed"


class NotSigned(Exception):
    """The signature is missing, wrong, or too old."""


class NotUnderstood(ValueError):
    """The body is no message of ours; the text says why and holds nothing of the body."""


@dataclass(frozen=True)
class Heard:
    """One message. `call` and `caller` are secrets of the switchboard, so they are not shown."""

    event: Event
    call: str
    language: str = languages.DEFAULT
    caller: str = ""

    def __repr__(self) -> str:
        return f"Heard({self.event})"


def sign(secret: str, seconds: int, body: bytes) -> str:
    """The signature that belongs to a body sent at `seconds`."""
    return "v1=" + hmac.new(secret.encode(), f"{seconds}.".encode() + body, hashlib.sha256).hexdigest()


def check(secret: str, seconds: str, signature: str, body: bytes, at: datetime) -> bytes:
    """A mark of this message, by which a repetition is known. Raises NotSigned."""
    found = SIGNATURE.fullmatch(signature)
    if not found or not (seconds.isascii() and seconds.isdigit() and len(seconds) < 12):
        raise NotSigned
    if not hmac.compare_digest(sign(secret, int(seconds), body), signature):
        raise NotSigned
    if abs(at.timestamp() - int(seconds)) > FRESH.total_seconds():
        raise NotSigned
    return hashlib.sha256(signature.encode()).digest()


def read(body: bytes) -> Heard:
    """The message in a body.

    A caller's number, and whatever else stands beside the known words, goes no further than this line.

    Raises NotUnderstood.
    """
    if len(body) > LONGEST_BODY:
        raise NotUnderstood("at most 4096 bytes")
    given = _parse(body)
    event, call, language = given.get("event"), given.get("call"), given.get("language", languages.DEFAULT)
    if event not in tuple(Event):
        raise NotUnderstood("event is one of: " + ", ".join(Event))
    if not isinstance(call, str) or not NAME.fullmatch(call):
        raise NotUnderstood("call is 6 to 128 plain letters, digits and . _ @ : + -")
    if NUMBER.fullmatch(call):
        raise NotUnderstood("call looks like a telephone number; send an opaque name")
    if language not in languages.codes():
        raise NotUnderstood("language is one of: " + ", ".join(languages.codes()))
    caller = given.get("caller", "")
    mark = caller if isinstance(caller, str) and MARK.fullmatch(caller) else ""
    return Heard(Event(event), call, language, mark)


def _parse(body: bytes) -> dict[str, Any]:
    def refuse(_text: str) -> Any:
        raise NotUnderstood("no such number")

    try:
        given = json.loads(
            body.decode("utf-8"),
            object_pairs_hook=_once,
            parse_constant=refuse,
            parse_float=_unread,
            parse_int=_unread,
        )
    except NotUnderstood:
        raise
    except (ValueError, RecursionError):
        raise NotUnderstood("the body is JSON in UTF-8") from None
    if not isinstance(given, dict):
        raise NotUnderstood("the body is one JSON object")
    return given


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({name for name, _value in pairs}) != len(pairs):
        raise NotUnderstood("a name stands twice")
    return dict(pairs)


_unread: Callable[[str], None] = lambda _digits: None  # noqa: E731  no number in a body means anything to us, however many digits it has
