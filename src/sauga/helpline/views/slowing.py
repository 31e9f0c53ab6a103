"""Slowing down who tries out words: counted by how the words begin, never by who tries, so that strangers do not make each other wait.

Lives in the memory of one process and is forgotten within an hour. What is kept is a keyed hash of the beginning.
"""

import hashlib
import secrets
from collections import OrderedDict
from datetime import datetime, timedelta
from threading import Lock

from sauga.kernel.i18n import fold

FREE = 4
"""Wrong tries that cost nothing; then the wait doubles from one second."""
LONGEST = 60
FORGET = timedelta(hours=1)
MOST = 20_000
WORDS_OF_A_BEGINNING, LETTERS_OF_A_BEGINNING = 2, 12


class Slowing:
    """Wrong tries by beginning."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)
        self._tries: OrderedDict[bytes, tuple[int, datetime]] = OrderedDict()
        self._lock = Lock()

    def wait(self, typed: str, at: datetime) -> int:
        """Seconds until this beginning may be tried again; 0 when it may."""
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
        words = fold(typed[:400]).split()
        beginning = " ".join(words[:WORDS_OF_A_BEGINNING])[: LETTERS_OF_A_BEGINNING * 2]
        return hashlib.blake2b(beginning.encode("utf-8", "replace"), key=self._key, digest_size=16).digest()
