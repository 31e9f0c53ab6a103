"""Parses what mail servers send back. Only the kind and the status code leave this module; the text does not.

RFC 3464 delivery status first, then plain-text bounces by their wording; automatic replies of people are
ignored.
"""

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from enum import StrEnum

LONGEST_TEXT = 64 * 1024
LONGEST_MAIL = 512 * 1024
"""What comes after is not read: the report stands at the beginning, what was sent back behind it."""
MOST_MULTIPARTS, LONGEST_CONTENT_TYPE = 20, 4096
"""The library compares every line with the end of every part that is open, and counts the quotes of a header
once for each semicolon."""
CONTENT_TYPE = re.compile(
    rb"^content-type:[^\r\n]*(?:(?:\r\n|\r|\n)[ \t][^\r\n]*)*", re.IGNORECASE | re.MULTILINE
)


class Kind(StrEnum):
    """What became of a letter."""

    DELIVERED = "delivered"
    RELAYED = "relayed"  # handed on to a system that reports nothing further
    DELAYED = "delayed"
    FAILED = "failed"


@dataclass(frozen=True)
class Report:
    """One answer about one letter; `code` is the enhanced status (5.1.1) or the reply code
    (550), else empty.
    """

    kind: Kind
    code: str = ""


ACTIONS = {
    "failed": Kind.FAILED,
    "delayed": Kind.DELAYED,
    "delivered": Kind.DELIVERED,
    "relayed": Kind.RELAYED,
    "expanded": Kind.RELAYED,
}
WORST_FIRST = (Kind.FAILED, Kind.DELAYED, Kind.RELAYED, Kind.DELIVERED)
ENHANCED = re.compile(r"(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d.])", re.ASCII)
REPLY = re.compile(r"(?<![\d.])[45]\d\d(?=[ -])", re.ASCII)
DAEMON = re.compile(r"mailer-daemon|postmaster|mail delivery (?:sub)?system", re.IGNORECASE)
BOUNCED = re.compile(
    r"undeliver|delivery (?:status|fail|has failed|incomplete)|returned mail|failure notice|mail "
    r"delivery|could not be delivered|"
    r"nepristatyt|nepavyko pristatyti|grąžint",
    re.IGNORECASE,
)
DELAYED = re.compile(r"delay|warning|still being retried|vėluo", re.IGNORECASE)
REPLIED = re.compile(r"out of office|automatic reply|auto-?reply|automatinis atsakymas", re.IGNORECASE)
UNREADABLE = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    RecursionError,
    AssertionError,
    UnicodeError,
)


def read(raw: bytes, envelope_sender: str = "") -> Report | None:
    """What a returned mail says, or None: an automatic reply, a person's words, or nothing that can be
    understood. Takes any bytes."""
    raw = raw[:LONGEST_MAIL]
    if not _is_readable(raw):
        return None
    try:
        message = message_from_bytes(raw)
        return _delivery_status(message) or _plain_bounce(message, envelope_sender)
    except UNREADABLE:
        return None


def _is_readable(raw: bytes) -> bool:
    """Whether the library can read it in a time that grows with its length only."""
    few = raw.lower().count(b"multipart/") <= MOST_MULTIPARTS
    return few and all(len(found.group()) <= LONGEST_CONTENT_TYPE for found in CONTENT_TYPE.finditer(raw))


def _delivery_status(message: Message) -> Report | None:
    found: list[Report] = []
    for part in message.walk():
        if part.get_content_type() in {"message/delivery-status", "message/global-delivery-status"}:
            found += _recipients(part)
    return min(found, key=lambda report: WORST_FIRST.index(report.kind)) if found else None


def _recipients(part: Message) -> list[Report]:
    """One report for each recipient block; the block about the message itself has no Action."""
    blocks = part.get_payload()
    reports = []
    for block in (
        [block for block in blocks if isinstance(block, Message)] if isinstance(blocks, list) else ()
    ):
        kind = ACTIONS.get(_header(block, "Action").split(" ")[0].strip().lower())
        if kind is not None:
            reports.append(
                Report(kind, _code(f"{_header(block, 'Status')} {_header(block, 'Diagnostic-Code')} "))
            )
    return reports


def _plain_bounce(message: Message, envelope_sender: str) -> Report | None:
    subject = _header(message, "Subject")
    if message.get_content_type() == "multipart/report" or _is_reply(message, subject):
        return None
    by_daemon = (
        envelope_sender in {"", "<>"}
        or DAEMON.search(_header(message, "From"))
        or DAEMON.search(envelope_sender)
    )
    if not by_daemon or not (BOUNCED.search(subject) or message.get("X-Failed-Recipients")):
        return None
    code = _code(_text(message))
    delayed = DELAYED.search(subject) or code.startswith("4")
    return Report(Kind.DELAYED if delayed else Kind.FAILED, code)


def _is_reply(message: Message, subject: str) -> bool:
    precedence = _header(message, "Precedence").lower()
    return bool(
        _header(message, "Auto-Submitted").lower().startswith("auto-replied")
        or precedence in {"auto_reply", "auto-reply"}
        or message.get("X-Autoreply")
        or message.get("X-Autorespond")
        or REPLIED.search(subject)
    )


def _text(message: Message) -> str:
    for part in message.walk():
        if part.get_content_type() == "text/plain":
            content = part.get_payload(decode=True)
            return content[:LONGEST_TEXT].decode("utf-8", "replace") if isinstance(content, bytes) else ""
    return ""


def _code(text: str) -> str:
    found = ENHANCED.search(text) or REPLY.search(text)
    return found.group() if found else ""


def _header(message: Message, name: str) -> str:
    return " ".join(str(message.get(name, "")).split())
