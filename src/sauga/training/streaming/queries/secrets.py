"""Encrypts and decrypts the passphrase of a broadcast; nothing else of this package touches a key."""

from sauga.kernel import sealed
from sauga.kernel.sealed import PreparedKey, Recipient, ServiceOpener, Zone
from sauga.training.streaming.models import Stream

ZONE = Zone.MEMBERS
OPENER = ServiceOpener(ZONE)
TABLE = "training_stream"


def prepared_key(stream: Stream) -> PreparedKey:
    """A fresh key for the passphrase of this broadcast; the caller stores it."""
    try:
        return _prepare(stream)
    except sealed.ZoneMissing:
        sealed.create_machine_zone(ZONE)
        return _prepare(stream)


def sealed_passphrase(stream: Stream, prepared: PreparedKey, passphrase: str) -> bytes:
    """The passphrase as it is stored."""
    return sealed.seal(prepared.key, table=TABLE, row=stream.ref, field="passphrase", text=passphrase)


def passphrase_of(stream: Stream) -> str:
    """The passphrase; empty where there is none any more."""
    if not stream.passphrase:
        return ""
    try:
        key = sealed.open_data_key(zone=ZONE, holder=stream.holder, opener=OPENER)
    except sealed.KeyNotAvailable:
        return ""
    return sealed.unseal(
        key, table=TABLE, row=stream.ref, field="passphrase", envelope=bytes(stream.passphrase)
    )


def _prepare(stream: Stream) -> PreparedKey:
    return sealed.prepare_data_key(zone=ZONE, holder=stream.holder, recipients=[Recipient.SERVICE])
