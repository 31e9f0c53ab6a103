"""Reads state, read marks and new messages of many conversations at once, on one connection of the event
loop.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import tuple_row

from sauga.helpline.chat.models import Conversation, Message
from sauga.helpline.chat.queries.conversations import MESSAGE
from sauga.helpline.chat.queries.queue import LINE, line_values, usual_wait
from sauga.helpline.states import LIVE, WAITING
from sauga.kernel import sealed

# The limits inside keep the planner at one look into an index for each conversation, whatever it believes
# about the tables' sizes.
NEWS = """
    SELECT c.*, m.*
    FROM unnest(%s::bigint[], %s::int[]) AS wanted (id, after)
    CROSS JOIN LATERAL (
        SELECT id, state, owner_id, last_number, child_read, staff_read, band, monitored_by_id IS NOT NULL,
          taken_at IS NOT NULL, ended_by
        FROM helpline_conversation WHERE id = wanted.id LIMIT 1
    ) c
    LEFT JOIN LATERAL (
        SELECT number, author, event, body, nonce, at FROM helpline_message
        WHERE conversation_id = wanted.id AND number > wanted.after ORDER BY number LIMIT 500
    ) m ON true
"""
STANDING = 10  # columns of a row that are the conversation's; the others are a message's
MOST = 500

type Wait = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class Standing:
    """A conversation's row as far as open pages care."""

    pk: int
    state: str
    owner_id: int | None
    last: int
    child_read: int
    staff_read: int
    band: str
    is_listened: bool
    is_taken: bool
    ended_by: str

    @property
    def is_over(self) -> bool:
        """Nothing can be said in it any more."""
        return self.state not in LIVE

    @property
    def is_waiting(self) -> bool:
        """The child stands in the queue."""
        return self.state in WAITING


def standing_of(row: Conversation) -> Standing:
    """The same, of a row at hand."""
    return Standing(
        row.pk,
        row.state,
        row.owner_id,
        row.last_number,
        row.child_read,
        row.staff_read,
        row.band,
        row.monitored_by_id is not None,
        row.taken_at is not None,
        row.ended_by,
    )


async def news(
    connection: AsyncConnection[Any], wanted: Mapping[int, int]
) -> dict[int, tuple[Standing, list[tuple[Any, ...]]]]:
    """Each conversation's row and its sealed messages after a number (number, author, event, body,
    nonce, at), in order.

    A conversation that was purged is left out.
    """
    async with connection.cursor(row_factory=tuple_row) as cursor:
        await cursor.execute(NEWS, [list(wanted), list(wanted.values())])
        found: dict[int, tuple[Standing, list[tuple[Any, ...]]]] = {}
        for row in await cursor.fetchall():
            if row[0] not in found:
                found[row[0]] = Standing(*row[:STANDING]), []
            if row[STANDING] is not None:
                found[row[0]][1].append(row[STANDING:])
        return found


async def order(connection: AsyncConnection[Any], at: datetime) -> list[int]:
    """Everybody who waits, first to last."""
    cursor = await connection.execute(LINE, line_values(at))
    return [row[0] for row in await cursor.fetchall()]


def told(ref: str, key: sealed.DataKey, row: Sequence[Any]) -> dict[str, Any]:
    """One message in the clear, as pages are sent it."""
    number, author, event, body, nonce, at = row
    text = (
        sealed.unseal(key, table=MESSAGE, row=f"{ref}-{number}", field="body", envelope=bytes(body))
        if body
        else ""
    )
    moment = at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return {
        "number": number,
        "author": author,
        "event": event,
        "text": text,
        "at": moment,
        "nonce": bytes(nonce).hex() if nonce else "",
    }


def told_after(conversation: Conversation, key: sealed.DataKey, after: int) -> list[dict[str, Any]]:
    """Messages after a number, as pages are sent them."""
    rows = Message.objects.filter(conversation=conversation, number__gt=after).order_by("number")
    columns = rows.values_list("number", "author", "event", "body", "nonce", "at")[:MOST]
    return [told(conversation.ref, key, row) for row in columns]


def state_told(
    standing: Standing, *, desk: bool, ahead: int | None = None, wait: Wait = (None, None)
) -> dict[str, Any]:
    """The state as pages are sent it. The child hears its place while it waits; band and listening are for
    the desk alone.
    """
    shown: dict[str, Any] = {
        "state": standing.state,
        "last": standing.last,
        "child_read": standing.child_read,
        "staff_read": standing.staff_read,
        "is_over": standing.is_over,
        "is_taken": standing.is_taken,
    }
    if desk:
        return shown | {
            "band": standing.band,
            "is_listened": standing.is_listened,
            "owner": standing.owner_id,
        }
    if standing.is_waiting and ahead is not None:
        shown["place"] = {"ahead": ahead, "low": wait[0], "high": wait[1]}
    return shown


def usual(bands: Collection[str], at: datetime) -> dict[str, Wait]:
    """Usual waits of these bands."""
    return {band: usual_wait(band, at) for band in bands}


def compact(data: Any) -> str:
    """JSON on one line."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
