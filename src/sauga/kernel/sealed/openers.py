"""Who may open a data key: an unlocked member (Vault), the zone's machine key, or the person who returns with
a receipt."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from sauga.kernel.sealed import files
from sauga.kernel.sealed.errors import KeyNotAvailable
from sauga.kernel.sealed.primitives.envelopes import decrypt, decrypt_with
from sauga.kernel.sealed.visitors.receipts import ReceiptKeys
from sauga.kernel.sealed.zones import Recipient, Zone


class Opener(Protocol):
    """Anything that can take a data key out of a wrapped key."""

    @property
    def recipients(self) -> Collection[Recipient]:
        """The recipients whose envelopes it may try, the likeliest first."""

    def unwrap(self, zone: Zone, recipient: Recipient, version: int, bound: bytes, envelope: bytes) -> bytes:
        """The data key.

        Raises KeyNotAvailable when it holds no key for it, EnvelopeError when the envelope does not open.
        """


@dataclass(frozen=True)
class ServiceOpener:
    """A zone's machine (the monitor, the sender of notices), which holds the key file of that zone."""

    zone: Zone
    recipients = (Recipient.SERVICE,)

    def unwrap(self, zone: Zone, recipient: Recipient, version: int, bound: bytes, envelope: bytes) -> bytes:
        """See Opener."""
        if zone != self.zone:
            raise KeyNotAvailable(f"the machine of {self.zone} holds no key of {zone}")
        return decrypt_with(files.service_private(zone, version), bound, envelope)


@dataclass(frozen=True)
class ReceiptOpener:
    """The person who came back."""

    keys: ReceiptKeys
    recipients = (Recipient.RECEIPT,)

    def unwrap(self, zone: Zone, recipient: Recipient, version: int, bound: bytes, envelope: bytes) -> bytes:
        """See Opener."""
        return decrypt(self.keys.key, bound, envelope)
