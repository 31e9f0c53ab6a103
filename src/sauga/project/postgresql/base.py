"""The change: a kept connection is looked at before each request without asking the server, which a web request would pay with a turn."""

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """As Django's, except for how it sees that a connection has died."""

    def is_usable(self) -> bool:
        """Whether the connection lives. One that the server has closed can be read from, because its end has come; only when there is
        something to read, or after an error, is the server asked."""
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
