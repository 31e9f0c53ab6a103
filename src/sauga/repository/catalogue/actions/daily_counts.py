"""Anonymous counts: one number per object, day and kind.

Counts are buffered in memory and written at most every fifteen seconds, in one statement and one order, so
that a page read by many at once takes no row lock per view. A process that is stopped loses its buffer
(seconds of counts); statistics say “about”.
"""

import re
import threading
import time
from collections import Counter
from datetime import date, datetime

from django.db import connection

from sauga.kernel.clock import VILNIUS

EVERY = 15.0
MOST_HELD = 2000
ROBOT = re.compile(r"bot|crawl|spider|slurp|preview|fetch|monitor|python|curl|wget|headless", re.IGNORECASE)
"""Matched against the user agent, which is not stored."""
type Place = tuple[str, int, date, str]
TABLES = {
    "resource": ("repository_dailycount", "resource_id", "repository_resource", "id"),
    "page": ("portal_pageday", "page_id", "portal_portalpage", "page_ptr_id"),
}
"""Where a kind of object is counted: the table, its column, and the table and key of the object."""
_held: Counter[Place] = Counter()
_lock = threading.Lock()
_last = [0.0]


def count(what: str, key: int, kind: str, *, at: datetime, called: str = "") -> None:
    """Add one, and write the buffer when due. `called` is the user agent: robots are not counted."""
    if add(what, key, kind, at=at, called=called):
        flush()


def add(what: str, key: int, kind: str, *, at: datetime, called: str = "") -> bool:
    """Add one; returns whether the caller must now `flush`. Does not touch the database."""
    if ROBOT.search(called):
        return False
    now = time.monotonic()
    with _lock:
        _held[what, key, at.astimezone(VILNIUS).date(), kind] += 1
        if now - _last[0] < EVERY and len(_held) < MOST_HELD:
            return False
        _last[0] = now
    return True


def flush() -> int:
    """Write the buffer. Returns how many rows changed. What cannot be written stays in the buffer."""
    with _lock:
        taken = dict(_held)
        _held.clear()
    try:
        return sum(_write(table, taken) for table in TABLES)
    except Exception:
        with _lock:
            _held.update(taken)
        raise


def forget() -> None:
    """Empty the buffer; for tests that begin with empty tables."""
    with _lock:
        _held.clear()


def _write(what: str, taken: dict[Place, int]) -> int:
    rows = sorted((key, day, kind, n) for (one, key, day, kind), n in taken.items() if one == what)
    if not rows:
        return 0
    table, column, of, its = TABLES[what]
    values = ", ".join(["(%s::bigint, %s::date, %s, %s::int)"] * len(rows))
    statement = (
        f"INSERT INTO {table} ({column}, day, kind, n) "  # noqa: S608  names of our own tables, never anybody's words
        f"SELECT v.key, v.day, v.kind, v.n FROM (VALUES {values}) AS v(key, day, kind, n) JOIN {of} t "
        f"ON t.{its} = v.key "
        f"ORDER BY v.key, v.day, v.kind "
        f"ON CONFLICT ({column}, day, kind) DO UPDATE SET n = {table}.n + excluded.n"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [part for row in rows for part in row])
        return int(cursor.rowcount)
