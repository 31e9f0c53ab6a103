"""The change: a kept connection is checked before each request without a round trip to the server."""

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's backend, except for how it detects a lost connection."""

    def is_usable(self) -> bool:
        """Whether the connection lives.

        One that the server has closed can be read from, because its end has come; only when there is
        something to read, or after an error, is the server asked.
        """
        if self.connection is None or self.connection.closed:
            return False
        if not self.errors_occurred and not _readable(self.connection.fileno()):
            return True
        usable: bool = super().is_usable()
        return usable


def _readable(line: int) -> bool:
    poll = select.poll()
    poll.register(line, select.POLLIN)
    return bool(poll.poll(0))
