"""The one Maildir in which every mail of the demo lies, staff mail as well, and its reader for the demo's
mailbox page."""

import email
import mailbox
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage, MIMEPart
from email.utils import getaddresses, parsedate_to_datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Attachment:
    """A named part of a letter."""

    name: str
    content_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """One delivered mail. `recipient` and `return_path` are those of the envelope."""

    key: str
    at: datetime
    sender: str
    recipient: str
    return_path: str
    subject: str
    text: str
    attachments: tuple[Attachment, ...] = ()


def folder(data: Path | None = None) -> Path:
    """Where the mail of this data folder lies."""
    return (data or Path(settings.ENV.data)) / "demo" / "mail"


def put(place: Path, raw: bytes, *, recipient: str, return_path: str) -> str:
    """Lay one mail into the Maildir, with its envelope noted on it. Returns its key."""
    place.parent.mkdir(parents=True, exist_ok=True)
    message = email.message_from_bytes(raw)
    for name, value in (("Return-Path", f"<{return_path}>"), ("Delivered-To", recipient)):
        del message[name]
        message[name] = value
    return mailbox.Maildir(place, create=True).add(message)


def messages(place: Path | None = None, *, recipient: str = "") -> list[Letter]:
    """Every letter, the newest first; with `recipient`, only those to this address.

    Empty before the first mail.
    """
    place = place or folder()
    if not place.is_dir():
        return []
    box = mailbox.Maildir(place, create=False)
    letters = [read(key, box.get_bytes(key)) for key in box.keys()]  # noqa: SIM118  a Maildir iterates over messages, not keys
    letters = [letter for letter in letters if not recipient or letter.recipient.lower() == recipient.lower()]
    return sorted(letters, key=lambda letter: (letter.at, letter.key), reverse=True)


@lru_cache(maxsize=256)
def read(key: str, raw: bytes) -> Letter:
    """A letter from its bytes; a second look into the mailbox has read most of it before."""
    message = email.message_from_bytes(raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    body = message.get_body(preferencelist=("plain", "html"))
    return Letter(
        key=key,
        at=_date(str(message.get("Date", "")), key),
        sender=str(message.get("From", "")),
        recipient=str(message.get("Delivered-To", "")),
        return_path=(getaddresses([str(message.get("Return-Path", ""))]) or [("", "")])[0][1],
        subject=str(message.get("Subject", "")),
        text=_text(body) if body is not None else "",
        attachments=tuple(
            Attachment(
                part.get_filename() or "",
                part.get_content_type(),
                part.get_payload(decode=True) or b"",  # type: ignore[arg-type]  # bytes when decoded
            )
            for part in message.iter_attachments()
            if not part.is_multipart()
        ),
    )


def _text(body: MIMEPart) -> str:
    try:
        return str(body.get_content())
    except (LookupError, KeyError):
        return ""


def _date(value: str, key: str) -> datetime:
    """The mail's own date, else the second in its Maildir key."""
    try:
        when = parsedate_to_datetime(value)
    except ValueError:
        when = datetime.fromtimestamp(int(key.partition(".")[0] or 0), UTC)
    return when if when.tzinfo else when.replace(tzinfo=UTC)
