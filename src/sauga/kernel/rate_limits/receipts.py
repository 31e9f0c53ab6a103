"""Slows down attempts at one receipt: counted by the first part of what was typed, never by who types, so
strangers do not slow each other.

One implementation for every page that takes a receipt. Lives in the memory of one process and is forgotten
within an hour. What is kept is a keyed hash of the first part (docs/develop/threat-model.md: per receipt
prefix, never per tenant).
"""

from datetime import datetime
from threading import Lock

from sauga.kernel.i18n import fold
from sauga.kernel.rate_limits.backoff import Backoff
from sauga.kernel.rate_limits.memory import SecretMemory
from sauga.kernel.sealed import ReceiptUnreadable, parse_receipt

MOST = 20_000
PREFIX_BYTES = 3
"""24 bits of a receipt: its first two words and a little, or the first five letters of its code."""
PREFIX_WORDS, PREFIX_LETTERS = 2, 5


class ReceiptThrottle:
    """Wrong attempts by prefix."""

    def __init__(self, backoff: Backoff | None = None) -> None:
        self.backoff = backoff or Backoff()
        self._tries: SecretMemory[tuple[int, datetime]] = SecretMemory(MOST)
        self._lock = Lock()

    def wait(self, typed: str, at: datetime) -> int:
        """Seconds until a receipt with this prefix may be tried again; 0 when it may."""
        with self._lock:
            count, last = self._tries.get(_prefix(typed)) or (0, at)
        return self.backoff.wait(count, last, at)

    def missed(self, typed: str, at: datetime) -> None:
        """An attempt that opened nothing."""
        prefix = _prefix(typed)
        with self._lock:
            count, last = self._tries.get(prefix) or (0, at)
            self._tries.put(prefix, (self.backoff.remembered(count, last, at) + 1, at))


def _prefix(typed: str) -> str:
    """The same for every way to type receipts that begin alike: words, code, capitals, spaces.

    What cannot be read goes by its letters.
    """
    try:
        return f"secret:{parse_receipt(typed).secret[:PREFIX_BYTES].hex()}"
    except ReceiptUnreadable:
        pass
    parts = fold(typed[:400]).split()
    if len(parts) > PREFIX_WORDS and not any(
        character.isdigit() for character in "".join(parts[:PREFIX_WORDS])
    ):
        beginning = " ".join(parts[:PREFIX_WORDS])
    else:
        beginning = "".join(character for character in "".join(parts) if character.isalnum())[:PREFIX_LETTERS]
    return f"letters:{beginning}"
