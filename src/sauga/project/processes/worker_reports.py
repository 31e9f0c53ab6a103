"""Whether a worker is at work, and since when none has been, by what workers write into the database."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

SILENT = timedelta(seconds=60)
"""A worker reports every 5 seconds (commands/work.py)."""
REPORT = "SELECT max(last_heartbeat), now() FROM procrastinate_workers"
LAST_ACT = (
    "SELECT at FROM procrastinate_events WHERE type IN ('started', 'succeeded', 'failed') "
    "ORDER BY id DESC LIMIT 1"
)
"""A worker that ended in order has taken its report along; what it did last is remembered."""


@dataclass(frozen=True)
class Standing:
    """`last`: when a worker was last known to work; None where there has never been one."""

    is_at_work: bool
    last: datetime | None


def standing() -> Standing:
    """What the workers of this installation last said. Raises DatabaseError."""
    with connection.cursor() as cursor:
        cursor.execute(REPORT)
        reported, now = cursor.fetchone() or (None, None)
        if reported is not None and now - reported < SILENT:
            return Standing(is_at_work=True, last=reported)
        cursor.execute(LAST_ACT)
        (acted,) = cursor.fetchone() or (None,)
    return Standing(is_at_work=False, last=max(filter(None, (reported, acted)), default=None))
