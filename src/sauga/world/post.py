"""The synthetic mail exchange: one SMTP server in front of every fictitious company, each with
its own manners.
"""

import email
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from sauga.world import mailbox
from sauga.world.providers import Provider, of_domain

LIMIT = 10 * 1024 * 1024
HOSTNAME = "mx.world.example"
UNKNOWN, DISABLED, FULL = "nobody", "later-bounce", "full"


@dataclass(frozen=True, slots=True)
class Delivered:
    """One accepted mail for one recipient.

    `wants`: the delivery reports that the sender asked for (RFC 3461 NOTIFY).
    """

    recipient: str
    return_path: str
    wants: frozenset[str]
    message: Message
    raw: bytes
    provider: Provider | None

    @property
    def fails_later(self) -> bool:
        return self.recipient.startswith(DISABLED)


class CompanyServer(SMTP):
    """aiosmtpd's server, which knows nothing of delivery reports, taught to accept their parameters."""

    def _getparams(self, params: list[str]) -> dict[str, str | bool] | None:  # type: ignore[override]  # narrower than the untyped parent
        found: dict[str, str | bool] | None = super()._getparams(params)
        if found is not None:
            for known in ("RET", "ENVID", "NOTIFY", "ORCPT"):
                found.pop(known, None)
        return found


class Exchange:
    """aiosmtpd's handler: refuses, greylists, accepts; writes everything accepted into the Maildir and tells
    `on_mail`."""

    def __init__(self, place: Path, on_mail: Callable[[Delivered], None]) -> None:
        self._place, self._on_mail = place, on_mail
        self._greeted: set[str] = set()

    def server(self) -> CompanyServer:
        """A protocol for one connection."""
        return CompanyServer(
            self, hostname=HOSTNAME, ident="world", enable_SMTPUTF8=True, data_size_limit=LIMIT
        )

    def forget(self) -> None:
        """Greylist everybody anew."""
        self._greeted.clear()

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        """Offer delivery reports."""
        session.host_name = hostname
        return [*responses[:-1], "250-DSN", responses[-1]]

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Each company's manners when mail arrives."""
        local, _, domain = address.lower().rpartition("@")
        provider = of_domain(domain)
        if local == UNKNOWN:
            return "550 5.1.1 no such mailbox"
        if local == FULL:
            return "452 4.2.2 mailbox full"
        if provider and provider.greylists and address.lower() not in self._greeted:
            self._greeted.add(address.lower())
            return "451 4.7.1 greylisted, try again later"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.append(" ".join(options))
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Keep the mail and pass it on."""
        raw = envelope.original_content or b""
        sender = (envelope.mail_from or "").strip("<>")
        for recipient, options in zip(envelope.rcpt_tos, envelope.rcpt_options, strict=True):
            mailbox.put(self._place, raw, recipient=recipient, return_path=sender)
            wants = next(
                (o.removeprefix("NOTIFY=") for o in str(options).split() if o.startswith("NOTIFY=")), ""
            )
            self._on_mail(
                Delivered(
                    recipient=recipient.lower(),
                    return_path=sender,
                    wants=frozenset(wants.split(",")) if wants else frozenset({"FAILURE"}),
                    message=email.message_from_bytes(raw),
                    raw=raw,
                    provider=of_domain(recipient.rpartition("@")[2]),
                )
            )
        return "250 2.0.0 accepted"
