"""Dispatches bounces to the service that sent the mail: `register` a prefix, `accept` what the listener
received."""

import logging
import re
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum

from django.conf import settings
from django.db import transaction
from django.db.models import F

from sauga.kernel.clock import VILNIUS
from sauga.kernel.notifications.bounces.reports import Kind, Report, read
from sauga.kernel.notifications.mail import PREFIX, RETURN

log = logging.getLogger(__name__)

type Handler = Callable[[str, Kind, str], None]

_handlers: dict[str, Handler] = {}


class Other(StrEnum):
    """What is only counted."""

    IGNORED = "ignored"


def register(prefix: str, handler: Handler) -> None:
    """Send reports about letters with this prefix to `handler(token, kind, code)`, each inside a transaction
    of its own.

    The handler looks the token up; one it does not know is passed over in silence, because strangers may
    write to any address. It must be repeatable: servers report twice. Raises ValueError for a prefix that is
    badly formed or taken.
    """
    if not re.fullmatch(PREFIX, prefix, re.ASCII):
        raise ValueError(f"{prefix} is no prefix")
    if _handlers.setdefault(prefix, handler) is not handler:
        raise ValueError(f"{prefix} has a handler already")


def parse_address(address: str) -> tuple[str, str] | None:
    """Prefix and token of one of our return addresses, None for any other address."""
    local, at, domain = address.strip("<> ").rpartition("@")
    match = RETURN.fullmatch(local) if at else None
    if (
        match is None
        or domain.lower().rstrip(".") != settings.ENV.mail_domain.lower()
        or match.group(1) not in _handlers
    ):
        return None
    return match.group(1), match.group(2)


def accept(addresses: list[str], raw: bytes, envelope_sender: str, at: datetime) -> list[Report]:
    """Read one returned mail and tell the services it was addressed to. Nothing of the mail is kept; it is
    counted by day and kind.

    Raises whatever a handler raises, after rolling its transaction back; the listener then asks the server to
    try again.
    """
    report = read(raw, envelope_sender)
    told = []
    for prefix, token in dict.fromkeys(filter(None, map(parse_address, addresses))):
        with transaction.atomic():
            if report is not None:
                _handlers[prefix](token, report.kind, report.code)
                told.append(report)
            _count(prefix, report.kind if report else Other.IGNORED, at)
        log.info("returned mail", extra={"prefix": prefix, "kind": str(report.kind) if report else "ignored"})
    return told


def _count(prefix: str, kind: StrEnum, at: datetime) -> None:
    from sauga.kernel.notifications.models import ReturnCount

    row, _new = ReturnCount.objects.get_or_create(
        day=at.astimezone(VILNIUS).date(), prefix=prefix, kind=str(kind)
    )
    ReturnCount.objects.filter(pk=row.pk).update(count=F("count") + 1)
