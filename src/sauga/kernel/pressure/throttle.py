"""Slows down attempts at one receipt: counted by the first part of what was typed, never by who types, so strangers do not slow each other.

One implementation for every page that takes a receipt. Lives in the memory of one process and is forgotten within an hour. What is kept is
a keyed hash of the first part (security.md §5: per receipt prefix, never per tenant).
"""

import hashlib
import secrets
from collections import OrderedDict
from datetime import datetime, timedelta
from threading import Lock

from sauga.kernel.i18n import fold
from sauga.kernel.sealed import ReceiptUnreadable, parse_receipt

FREE = 4
"""Wrong tries that cost nothing; then the wait doubles from one second."""
LONGEST = 60
FORGET = timedelta(hours=1)
MOST = 20_000
PREFIX_BYTES = 3
"""24 bits of a receipt: its first two words and a little, or the first five letters of its code."""
PREFIX_WORDS, PREFIX_LETTERS = 2, 5


class ReceiptThrottle:
    """Wrong tries by prefix."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)
        self._tries: OrderedDict[bytes, tuple[int, datetime]] = OrderedDict()
        self._lock = Lock()

    def wait(self, typed: str, at: datetime) -> int:
        """Seconds until a receipt with this prefix may be tried again; 0 when it may."""
        with self._lock:
            count, last = self._tries.get(self._name(typed), (0, at))
        if count < FREE or at - last > FORGET:
            return 0
        pause = LONGEST if count - FREE >= 6 else 1 << (count - FREE)
        return max(0, pause - int((at - last).total_seconds()))

    def missed(self, typed: str, at: datetime) -> None:
        """A try that opened nothing."""
        name = self._name(typed)
        with self._lock:
            count, last = self._tries.pop(name, (0, at))
            self._tries[name] = (1 if at - last > FORGET else count + 1, at)
            while len(self._tries) > MOST:
                self._tries.popitem(last=False)

    def _name(self, typed: str) -> bytes:
        return hashlib.blake2b(_prefix(typed), key=self._key, digest_size=16).digest()


def _prefix(typed: str) -> bytes:
    """The same for every way to type receipts that begin alike: words, code, capitals, spaces. What cannot be read goes by its letters."""
    try:
        return parse_receipt(typed).secret[:PREFIX_BYTES]
    except ReceiptUnreadable:
        pass
    parts = fold(typed[:400]).split()
    if len(parts) > PREFIX_WORDS and not any(character.isdigit() for character in "".join(parts[:PREFIX_WORDS])):
        beginning = " ".join(parts[:PREFIX_WORDS])
    else:
        beginning = "".join(character for character in "".join(parts) if character.isalnum())[:PREFIX_LETTERS]
    return beginning.encode("utf-8", "replace")
