"""Form tickets, passes and visits: what the public site uses instead of a session. Stateless, made under the
file `keys/tickets`.

A ticket goes into a form; its nonce makes the post single-use and gives the receipt, so that a double click
shows the same one. A pass goes into the pages after a receipt was given, so that its words need not be typed
again. A visit is the cookie of a conversation: as a pass, and it can still show the receipt.
"""

import base64
import binascii
import contextlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from nacl import bindings

from sauga.kernel.sealed import files
from sauga.kernel.sealed.errors import EnvelopeError, TicketExpired, TicketInvalid
from sauga.kernel.sealed.primitives.envelopes import KEY_BYTES, context, decrypt, digest, encrypt
from sauga.kernel.sealed.visitors.receipts import SECRET_BYTES, Receipt, ReceiptKeys
from sauga.kernel.sealed.zones import Zone

NONCE_BYTES = 16
MAC_BYTES = 16
TIME_BYTES = 8
_LENGTH = NONCE_BYTES + TIME_BYTES + MAC_BYTES
EARLY = timedelta(minutes=2)
"""How far the clocks of two hosts may be apart before a ticket seems to come from the future."""


@dataclass(frozen=True)
class Ticket:
    """A ticket that was accepted.

    `nonce` may be stored to refuse a second use: the receipt cannot be derived from it.
    """

    nonce: bytes
    receipt_entropy: bytes = field(repr=False)


def new_ticket(purpose: str, at: datetime) -> str:
    """A ticket for one form, about 54 letters safe in an attribute.

    `purpose` names the form, for example "hotline-report".
    """
    body = bindings.randombytes(NONCE_BYTES) + int(at.timestamp()).to_bytes(TIME_BYTES, "big")
    return write(body + _mac(body, purpose, files.subkey(files.TICKETS, "sauga.ticket")))


def read_ticket(ticket: str, purpose: str, at: datetime, max_age: timedelta) -> Ticket:
    """Check a ticket.

    Raises TicketInvalid (forged, other purpose, from the future) or TicketExpired. Store the nonce.
    """
    raw = parse(ticket)
    body, mac = raw[:-MAC_BYTES], raw[-MAC_BYTES:]
    said = context("ticket", purpose)
    keys = zip(
        files.subkeys(files.TICKETS, "sauga.ticket"),
        files.subkeys(files.TICKETS, "sauga.receipt"),
        strict=True,
    )
    receipt_key = next((words for key, words in keys if _is_mac(mac, _mac(body, purpose, key))), None)
    if len(raw) != _LENGTH or receipt_key is None:
        raise TicketInvalid("not a ticket of this form")
    check_age(int.from_bytes(body[NONCE_BYTES:], "big"), at, max_age)
    said += body[:NONCE_BYTES]
    return Ticket(
        nonce=digest(said, person=b"sauga.nonce", size=NONCE_BYTES),
        receipt_entropy=digest(said, key=receipt_key, size=32)[:SECRET_BYTES],
    )


def new_pass(keys: ReceiptKeys, at: datetime) -> str:
    """The receipt's keys, sealed for a hidden field; only this installation can read it."""
    plain = int(at.timestamp()).to_bytes(TIME_BYTES, "big") + keys.lookup + keys.key + keys.zone.encode()
    return write(encrypt(files.subkey(files.TICKETS, "sauga.pass"), context("pass"), plain))


def read_pass(text: str, at: datetime, max_age: timedelta) -> ReceiptKeys:
    """Open a pass. Raises TicketInvalid or TicketExpired."""
    plain = _open(text, "pass")
    check_age(int.from_bytes(plain[:TIME_BYTES], "big"), at, max_age)
    lookup, key, zone = (
        plain[TIME_BYTES:][part] for part in (slice(KEY_BYTES), slice(KEY_BYTES, 64), slice(64, None))
    )
    return ReceiptKeys(Zone(zone.decode()), lookup=lookup, key=key)


@dataclass(frozen=True)
class Visit:
    """An open visit: the keys of the conversation and the receipt that leads back to it."""

    keys: ReceiptKeys
    receipt: Receipt = field(repr=False)


def new_visit(receipt: Receipt, keys: ReceiptKeys, at: datetime) -> str:
    """The cookie of a conversation, about 200 letters; only this installation can read it."""
    plain = int(at.timestamp()).to_bytes(TIME_BYTES, "big") + keys.lookup + keys.key + receipt.secret
    words = f"{receipt.language}|{keys.zone}".encode()
    return write(encrypt(files.subkey(files.TICKETS, "sauga.visit"), context("visit"), plain + words))


def read_visit(text: str, at: datetime, max_age: timedelta) -> Visit:
    """Open a visit. Raises TicketInvalid or TicketExpired."""
    plain = _open(text, "visit")
    check_age(int.from_bytes(plain[:TIME_BYTES], "big"), at, max_age)
    keys, rest = plain[TIME_BYTES : TIME_BYTES + 64], plain[TIME_BYTES + 64 :]
    language, zone = rest[SECRET_BYTES:].decode().split("|")
    return Visit(
        ReceiptKeys(Zone(zone), lookup=keys[:KEY_BYTES], key=keys[KEY_BYTES:]),
        Receipt(rest[:SECRET_BYTES], language),
    )


def _mac(body: bytes, purpose: str, key: bytes) -> bytes:
    return digest(context("ticket", purpose) + body, key=key, size=MAC_BYTES)


def _is_mac(given: bytes, right: bytes) -> bool:
    return len(given) == len(right) and bindings.sodium_memcmp(given, right)


def _open(text: str, kind: str) -> bytes:
    """What a pass or a visit holds. Raises TicketInvalid."""
    raw = parse(text)
    for key in files.subkeys(files.TICKETS, f"sauga.{kind}"):
        with contextlib.suppress(EnvelopeError):
            return decrypt(key, context(kind), raw)
    raise TicketInvalid(f"not a {kind}")


def check_age(made: int, at: datetime, max_age: timedelta) -> None:
    """Raises TicketInvalid for what is from the future, TicketExpired for what is too old."""
    age = at - datetime.fromtimestamp(made, UTC)
    if age < -EARLY:
        raise TicketInvalid("from the future")
    if age > max_age:
        raise TicketExpired("too old")


def write(raw: bytes) -> str:
    """Bytes as they stand in a form."""
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def parse(text: str) -> bytes:
    """The bytes of a ticket or pass; one spelling only, so that a ticket cannot be varied."""
    try:
        raw = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        raise TicketInvalid("not a ticket") from None
    if write(raw) != text:
        raise TicketInvalid("not a ticket")
    return raw
