"""Encrypting for a zone of another installation: the public keys come from its card, the wrapped keys travel
with the message."""

from collections.abc import Mapping, Sequence
from typing import Any

from nacl import bindings

from sauga.kernel.sealed import zonekeys
from sauga.kernel.sealed.datakeys import DataKey, wrap_context
from sauga.kernel.sealed.errors import KeyNotAvailable
from sauga.kernel.sealed.models import WrappedKey, ZoneKey
from sauga.kernel.sealed.primitives.envelopes import KEY_BYTES, encrypt_to
from sauga.kernel.sealed.zones import Recipient, Zone

type Publics = Mapping[str, tuple[int, str]]
"""Of each recipient the version and the public half in hexadecimal digits."""
TRAVEL = (Recipient.TEAM, Recipient.SERVICE)


def publics(zone: Zone) -> dict[str, tuple[int, str]]:
    """What another installation needs to seal to this zone. Raises ZoneMissing."""
    held = zonekeys.public_keys(zone)
    return {str(kind): (held[kind].version, held[kind].public.hex()) for kind in TRAVEL}


def pack(
    zone: Zone, holder: str, recipients: Sequence[Recipient], keys: Publics
) -> tuple[DataKey, list[dict[str, Any]]]:
    """A data key for the other installation, and its wraps as they travel.

    Nothing is stored here, so this installation can never open it again.
    """
    key, wraps = DataKey(Zone(zone), holder, bindings.randombytes(KEY_BYTES)), []
    for recipient in recipients:
        version, public = keys[str(recipient)]
        row = WrappedKey(zone=zone, holder=holder, recipient=recipient, version=version)
        envelope = encrypt_to(bytes.fromhex(public), wrap_context(row), key.secret, key_version=version)
        wraps.append({"recipient": str(recipient), "version": version, "envelope": envelope.hex()})
    return key, wraps


def unpack(zone: Zone, holder: str, wraps: Sequence[Mapping[str, Any]]) -> None:
    """Store wraps that came from another installation, in the caller's transaction.

    Raises KeyNotAvailable for a version that is not ours.
    """
    rows = []
    for wrap in wraps:
        recipient, version = Recipient(wrap["recipient"]), int(wrap["version"])
        if (
            recipient not in TRAVEL
            or not ZoneKey.objects.filter(zone=zone, kind=recipient, version=version).exists()
        ):
            raise KeyNotAvailable(f"{zone} {recipient} has no version {version}")
        envelope = bytes.fromhex(wrap["envelope"])
        rows.append(
            WrappedKey(zone=zone, holder=holder, recipient=recipient, version=version, envelope=envelope)
        )
    WrappedKey.objects.bulk_create(rows)
