"""Sends mail: one message, one recipient, one answer.

Queues, retries and wording live in `kernel.notifications`.
"""

import ipaddress
import re
import secrets
import ssl
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import parse_qs, unquote, urlsplit

import aiosmtplib
from django.conf import settings

from sauga.kernel.outbound import link

SECONDS = 30.0
_ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,"
    r"61}[A-Za-z0-9])?\.)+[A-Za-z0-9-]{2,63}"
)
_BREAK = re.compile(r"[\r\n\x00]")


class UnsafeMessage(ValueError):
    """The message or an address would let a sender write their own mail headers or commands.

    Nothing was sent.
    """


@dataclass(frozen=True, slots=True)
class MailResult:
    """The receiving server's answer.

    `code` 0: no server answered. `temporary`: try again later; otherwise not accepted means never.
    """

    accepted: bool
    code: int
    text: str
    temporary: bool = False


@dataclass(frozen=True, slots=True)
class _Smarthost:
    """Where to send, and how safe the connection must be."""

    host: str
    port: int
    user: str
    password: str
    implicit_tls: bool
    start_tls: bool


def add_standard_headers(message: EmailMessage, *, language: str, at: datetime, name: str = "") -> None:
    """Add what every mail of ours says about itself: its date, a Message-ID under our domain, its language,
    that a program wrote it.

    To be called once the content is set, because setting it removes every Content-… header. `language` is a
    tag, or several separated by commas (RFC 3282). `name` (hexadecimal) makes the Message-ID the same each
    time the same mail is handed over.
    """
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{name or secrets.token_hex(16)}@{settings.ENV.mail_domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = language


async def send_mail(message: EmailMessage, *, sender: str, recipient: str, dsn: bool = False) -> MailResult:
    """Hand one message to the smarthost of SAUGA_SMTP_URL (or the synthetic internet's), over a connection of
    its own. See `MailSession.send`.
    """
    session = MailSession()
    try:
        return await session.send(message, sender=sender, recipient=recipient, dsn=dsn)
    finally:
        await session.close()


class MailSession:
    """One connection to the smarthost for several messages: opened by the first, and again after a fault."""

    def __init__(self) -> None:
        self._smtp: aiosmtplib.SMTP | None = None

    async def send(
        self, message: EmailMessage, *, sender: str, recipient: str, dsn: bool = False
    ) -> MailResult:
        """Hand one message to the smarthost.

        `sender` is the return path ("" for a message that must not bounce). With `dsn`, asks for reports on
        success, failure and delay (RFC 3461) where the server knows how; only headers come back, never the
        text. Raises UnsafeMessage.
        """
        _check(message, sender, recipient)
        try:
            smtp = await self._connected()
            return await _hand_over(smtp, message, sender, recipient, dsn=dsn)
        except aiosmtplib.SMTPResponseException as error:
            await self._reset()
            return MailResult(
                accepted=False,
                code=error.code,
                text=_line(error.message),
                temporary=not 500 <= error.code < 600,
            )
        except (aiosmtplib.SMTPException, OSError) as error:
            await self.close()
            return MailResult(accepted=False, code=0, text=type(error).__name__, temporary=True)

    async def close(self) -> None:
        """End the connection, if there is one."""
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            with suppress(aiosmtplib.SMTPException, OSError):
                await smtp.quit()
            smtp.close()

    async def _connected(self) -> aiosmtplib.SMTP:
        if self._smtp is not None and self._smtp.is_connected:
            return self._smtp
        smarthost = _smarthost()
        self._smtp = smtp = _client(smarthost)
        await smtp.connect()
        if smarthost.user:
            await smtp.login(smarthost.user, smarthost.password)
        if smtp.is_ehlo_or_helo_needed:
            with suppress(
                aiosmtplib.SMTPHeloError
            ):  # a server that knows HELO only is greeted so by the next command
                await smtp.ehlo()
        return smtp

    async def _reset(self) -> None:
        """After a refusal the next message begins anew."""
        try:
            if self._smtp is not None and self._smtp.is_connected:
                await self._smtp.rset()
        except (aiosmtplib.SMTPException, OSError):
            await self.close()


def _client(smarthost: _Smarthost) -> aiosmtplib.SMTP:
    is_encrypted = smarthost.implicit_tls or smarthost.start_tls
    return aiosmtplib.SMTP(
        hostname=smarthost.host,
        port=smarthost.port,
        use_tls=smarthost.implicit_tls,
        start_tls=smarthost.start_tls,
        tls_context=ssl.create_default_context() if is_encrypted else None,
        timeout=SECONDS,
        local_hostname=settings.ENV.mail_domain,
    )


async def _hand_over(
    smtp: aiosmtplib.SMTP, message: EmailMessage, sender: str, recipient: str, *, dsn: bool
) -> MailResult:
    ask = dsn and bool(sender) and smtp.supports_extension("dsn")
    await smtp.mail(sender, options=["RET=HDRS"] if ask else [])
    await smtp.rcpt(
        recipient,
        options=["NOTIFY=SUCCESS,FAILURE,DELAY", f"ORCPT=rfc822;{_xtext(recipient)}"] if ask else [],
    )
    answer = await smtp.data(message.as_bytes(policy=policy.SMTP))
    return MailResult(accepted=True, code=answer.code, text=_line(answer.message))


def _check(message: EmailMessage, sender: str, recipient: str) -> None:
    for address in (recipient, *([sender] if sender else [])):
        if len(address) > 254 or not _ADDRESS.fullmatch(address):
            raise UnsafeMessage("address")
    for part in message.walk():
        for name, value in part.raw_items():
            folded = re.sub(r"\r?\n[ \t]", " ", str(value))
            if _BREAK.search(folded) or _BREAK.search(name) or not name.isascii():
                raise UnsafeMessage("header")


def _smarthost() -> _Smarthost:
    """SAUGA_SMTP_URL: `smtps://` speaks TLS from the start; `smtp://` must upgrade (STARTTLS).

    Unless the host is this machine, or `?tls=no` is said.
    """
    world = link.current()
    if world:
        return _Smarthost(world.smtp[0], world.smtp[1], "", "", implicit_tls=False, start_tls=False)
    parts = urlsplit(settings.ENV.smtp_url)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ValueError("SAUGA_SMTP_URL must begin with smtp:// or smtps:// and name a host.")
    implicit = parts.scheme == "smtps"
    plain = implicit or _is_this_machine(parts.hostname) or parse_qs(parts.query).get("tls") == ["no"]
    return _Smarthost(
        parts.hostname,
        parts.port or (465 if implicit else 25),
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        implicit_tls=implicit,
        start_tls=not plain,
    )


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _xtext(text: str) -> str:
    """RFC 3461, section 4: everything but plain visible ASCII as +XX."""
    return "".join(c if "!" <= c <= "~" and c not in "+=" else f"+{ord(c):02X}" for c in text)


def _line(text: str) -> str:
    return " ".join(text.split())[:500]
