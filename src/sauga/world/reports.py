"""Delivery status notifications (RFC 3464) that the synthetic mail servers send back to the return path."""

import asyncio
from datetime import UTC, datetime
from email.message import Message
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import format_datetime, make_msgid
from typing import Literal

import aiosmtplib

from sauga.kernel.outbound.link import LOOPBACK

type Action = Literal["delivered", "failed", "delayed"]
STATUS: dict[Action, tuple[str, str]] = {
    "delivered": ("2.0.0", "250 2.0.0 delivered to the mailbox"),
    "failed": ("5.2.1", "550 5.2.1 mailbox disabled"),
    "delayed": ("4.4.7", "451 4.4.7 still trying"),
}
TRIES, PAUSE = 5, 1.0


def report(*, server: str, return_path: str, recipient: str, action: Action, original: Message) -> bytes:
    """The report's bytes: words, the machine-readable part, and the original's headers without its text."""
    code, diagnostic = STATUS[action]
    message = MIMEMultipart("report", report_type="delivery-status")
    message["From"] = f"Mail Delivery System <mailer-daemon@{server}>"
    message["To"] = return_path
    message["Subject"] = f"Delivery status notification ({action})"
    message["Date"] = format_datetime(datetime.now(UTC))
    message["Message-ID"] = make_msgid(domain=server)
    message["Auto-Submitted"] = "auto-replied"
    message.attach(MIMEText(f"Your message to {recipient}: {action}.\n", "plain", "utf-8"))
    machine = MIMEBase("message", "delivery-status")
    about = Message()
    about["Reporting-MTA"] = f"dns; {server}"
    each = Message()
    each["Original-Recipient"] = f"rfc822; {recipient}"
    each["Final-Recipient"] = f"rfc822; {recipient}"
    each["Action"] = action
    each["Status"] = code
    each["Diagnostic-Code"] = f"smtp; {diagnostic}"
    machine.set_payload([about, each])
    message.attach(machine)
    headers = "".join(f"{name}: {value}\n" for name, value in original.items())
    message.attach(MIMEText(headers, "rfc822-headers", "utf-8"))
    return message.as_bytes()


async def send_back(raw: bytes, *, return_path: str, port: int) -> bool:
    """Bring a report to the installation's own inbound port; a few tries while it is not open.

    Reports have no return path themselves.
    """
    for _ in range(TRIES):
        try:
            async with aiosmtplib.SMTP(hostname=LOOPBACK, port=port, start_tls=False, timeout=10) as line:
                await line.sendmail("", [return_path], raw)
                return True
        except (aiosmtplib.SMTPException, OSError):
            await asyncio.sleep(PAUSE)
    return False
