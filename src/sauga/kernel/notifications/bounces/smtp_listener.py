"""The bounce listener: SMTP on loopback, started by `sauga work`; the installation's mail server relays
bounces to it.

It accepts only our own return addresses, stores nothing, and answers 250 only after the service has
committed.
"""

import asyncio
import logging

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import connections

from sauga.kernel import clock
from sauga.kernel.notifications.bounces import dispatch

log = logging.getLogger(__name__)

LOOPBACK = "127.0.0.1"
LARGEST = 2 * 1024 * 1024
MOST_RECIPIENTS = 10
SILENCE = 60.0  # seconds


class _Handler:
    """What the SMTP server asks about each step."""

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return "452 4.5.3 Too many recipients"
        if dispatch.parse_address(address) is None:
            return "550 5.1.1 No such address"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        try:
            await asyncio.to_thread(_accept, list(envelope.rcpt_tos), content, envelope.mail_from or "")
        except Exception as error:  # whatever a service raised: the mail stays with the sending server
            log.error("returned mail not processed", extra={"error_type": type(error).__name__})
            return "451 4.3.0 Try again later"
        return "250 2.0.0 OK"


def _accept(addresses: list[str], content: bytes, envelope_sender: str) -> None:
    try:
        dispatch.accept(addresses, content, envelope_sender, clock.now())
    finally:
        connections.close_all()


class Listener(Controller):
    """The listening server, in a thread of its own."""

    def __init__(self, port: int) -> None:
        super().__init__(
            _Handler(),
            hostname=LOOPBACK,
            port=port,
            data_size_limit=LARGEST,
            timeout=SILENCE,
            ident="Sauga",
            server_hostname="localhost",
            command_call_limit=50,
        )


def serve(port: int) -> Listener:
    """Start listening on loopback and return the listener; call `.stop()` at the end.

    Raises OSError when the port is taken.
    """
    logging.getLogger("mail.log").setLevel(
        logging.CRITICAL
    )  # aiosmtpd writes addresses at lower levels; none may reach a log
    listener = Listener(port)
    listener.start()
    return listener
