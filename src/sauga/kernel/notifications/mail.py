"""Outgoing mail: composed with safe headers, sent through `kernel.outbound`, with a return address that leads
a bounce back to its sender.

Return addresses (VERP): `b+<prefix>.<token>@<SAUGA_MAIL_DOMAIN>`; the prefix names the service, the token one
letter.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, Policy
from email.utils import parseaddr

from django.conf import settings

from sauga.kernel.outbound import MailResult, UnsafeMessage, add_standard_headers, sync

PREFIX = r"[a-z][a-z0-9]{0,23}"
TOKEN = r"[A-Za-z0-9_-]{8,40}"  # noqa: S105  a pattern, no secret
RETURN = re.compile(rf"b\+({PREFIX})\.({TOKEN})", re.ASCII)
HEADER_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,60}", re.ASCII)
OURS = frozenset(
    {
        "from",
        "to",
        "cc",
        "bcc",
        "sender",
        "subject",
        "date",
        "message-id",
        "auto-submitted",
        "content-language",
        "return-path",
    }
)
FILE_NAME = re.compile(r"[\w.-]{1,80}", re.ASCII)
TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+", re.ASCII)
UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")  # breaks, controls, lone surrogates
ADDRESSES = re.compile(r"<[!-;=?-~]+>(?:, <[!-;=?-~]+>)*")
LONGEST_SUBJECT = 200
NAME = re.compile(r"[0-9a-f]{32}")


class _AddressList(UnstructuredHeader, BaseHeader):
    """A header of web addresses in angle brackets (RFC 2369), written as it is.

    The library would write a long address as encoded words, which no program that looks for one reads.
    """

    def fold(self, *, policy: Policy) -> str:
        """The header on one line, which may have 998 characters (RFC 5322)."""
        return f"{self.name}: {self}{policy.linesep}"


def _registry() -> HeaderRegistry:
    held = HeaderRegistry()
    for name in ADDRESS_LISTS:
        held.map_to_type(name, _AddressList)
    return held


ADDRESS_LISTS = ("list-unsubscribe", "list-archive", "list-help", "list-subscribe")
POLICY = SMTP.clone(header_factory=_registry())


class MailRefused(ValueError):
    """The letter cannot be written safely: a line break or control character in a header, an address or name
    that is none."""


@dataclass(frozen=True)
class Attachment:
    """A file beside the text; `kind` is its media type, for example application/json."""

    name: str
    content: bytes
    kind: str


class OutgoingMail(EmailMessage):
    """One mail to one address.

    `return_path` is where servers send it back; empty means the general sender.
    """

    return_path: str = ""

    @property
    def recipient(self) -> str:
        """The bare address the letter goes to."""
        return parseaddr(str(self["To"]))[1]


def return_path(prefix: str, token: str) -> str:
    """The return address of one letter. Raises MailRefused unless prefix and token are plain."""
    local = f"b+{prefix}.{token}"
    if not RETURN.fullmatch(local):
        raise MailRefused("return token")
    return f"{local}@{settings.ENV.mail_domain}"


def compose(
    *,
    subject: str,
    body_text: str,
    to: str,
    language: str,
    at: datetime,
    attachments: Iterable[Attachment] = (),
    headers: Mapping[str, str] | None = None,
    return_token: tuple[str, str] | None = None,
    name: str = "",
    body_html: str = "",
) -> OutgoingMail:
    """Write a letter to one address. Headers are ASCII-folded by the standard; everything that could start
    another header is refused.

    `return_token` is (prefix, token) for `receive.register`ed services. `name` (hexadecimal) makes the
    Message-ID the same each time the same letter is handed over. `body_html` says the same as the text, for
    programs that show it. Raises MailRefused.
    """
    letter = OutgoingMail(policy=POLICY)
    _line(language, 12)
    sender_name, sender = parseaddr(settings.ENV.mail_from)
    try:
        letter["From"] = Address(display_name=sender_name, addr_spec=sender)
        letter["To"] = Address(addr_spec=_line(to, 254))
        letter["Subject"] = _line(subject, LONGEST_SUBJECT)
        for header, value in (headers or {}).items():
            if not HEADER_NAME.fullmatch(header) or header.lower() in OURS:
                raise MailRefused("header name")
            letter[header] = _header(header, value)
        letter.set_content(body_text.replace("\x00", ""), cte="quoted-printable")
        if body_html:
            letter.add_alternative(body_html.replace("\x00", ""), subtype="html", cte="quoted-printable")
    except (ValueError, IndexError, UnicodeError) as error:
        raise MailRefused(str(error) if isinstance(error, MailRefused) else type(error).__name__) from error
    for file in attachments:
        _attach(letter, file)
    add_standard_headers(letter, language=language, at=at, name=_name(name))
    letter.return_path = return_path(*return_token) if return_token else ""
    return letter


def _name(given: str) -> str:
    if given and not NAME.fullmatch(given):
        raise MailRefused("name of the letter")
    return given


def _attach(letter: OutgoingMail, file: Attachment) -> None:
    if not FILE_NAME.fullmatch(file.name) or not TYPE.fullmatch(file.kind):
        raise MailRefused("attachment")
    kind, _slash, subtype = file.kind.partition("/")
    letter.add_attachment(file.content, maintype=kind, subtype=subtype, filename=file.name)


def _header(name: str, value: str) -> str:
    """The value of a header of one's own; addresses in plain visible signs only, because they are not
    encoded."""
    if name.lower() in ADDRESS_LISTS and not ADDRESSES.fullmatch(value):
        raise MailRefused("addresses of the header")
    return _line(value, 900)


def _line(text: str, longest: int) -> str:
    """The text, if it fits one header line."""
    if (
        not text
        or len(text) > longest
        or any(
            ord(c) < 32 or ord(c) in {0x7F, 0x85, 0x2028, 0x2029} or 0xD800 <= ord(c) < 0xE000 for c in text
        )
    ):
        raise MailRefused("header text")
    return text


def deliver(letter: OutgoingMail) -> MailResult:
    """Send the letter (blocking). With a return token, delivery reports are requested. What the server
    refuses is refused permanently."""
    try:
        return sync.send_mail(
            letter, sender=_sender(letter), recipient=letter.recipient, dsn=bool(letter.return_path)
        )
    except UnsafeMessage:
        return MailResult(accepted=False, code=0, text="UnsafeMessage")


@contextmanager
def delivering() -> Iterator[Callable[[OutgoingMail], MailResult]]:
    """Gives a function that sends letters one after another over one connection (blocking), for many letters
    that say the same. Only failures are reported back."""
    with sync.mail_session() as send:

        def hand_over(letter: OutgoingMail) -> MailResult:
            try:
                return send(letter, sender=_sender(letter), recipient=letter.recipient)
            except UnsafeMessage:
                return MailResult(accepted=False, code=0, text="UnsafeMessage")

        yield hand_over


def _sender(letter: OutgoingMail) -> str:
    return letter.return_path or parseaddr(settings.ENV.mail_from)[1]
