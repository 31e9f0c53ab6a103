"""The one statement that stores messages and counts them on their conversations: one at a time (`messages`) or many (`together`)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sauga.helpline.rules import timing
from sauga.helpline.rules.events import Author

# A young sign of life is left alone: the row then keeps its place in every index, and a word costs the database a good deal less.
STORE = """
    WITH said AS (
        INSERT INTO helpline_message (conversation_id, number, author, event, body, nonce, at)
        SELECT * FROM unnest(
            %(talks)s::bigint[], %(numbers)s::int[], %(authors)s::text[], %(events)s::text[],
            %(bodies)s::bytea[], %(nonces)s::bytea[], %(ats)s::timestamptz[]
        )
        RETURNING id
    ), counted AS (
        UPDATE helpline_conversation c SET
            last_number = greatest(c.last_number, n.last),
            child_read = greatest(c.child_read, n.child_read),
            staff_read = greatest(c.staff_read, n.staff_read),
            last_word_at = coalesce(n.word_at, c.last_word_at),
            prompts = CASE WHEN n.word_at IS NULL THEN c.prompts ELSE 0 END,
            child_seen_at = CASE WHEN n.child_at < c.child_seen_at + %(young)s THEN c.child_seen_at
                ELSE coalesce(n.child_at, c.child_seen_at) END,
            staff_seen_at = CASE WHEN n.staff_at < c.staff_seen_at + %(young)s THEN c.staff_seen_at
                ELSE coalesce(n.staff_at, c.staff_seen_at) END
        FROM unnest(
            %(rows)s::bigint[], %(last)s::int[], %(child_read)s::int[], %(staff_read)s::int[],
            %(word_at)s::timestamptz[], %(child_at)s::timestamptz[], %(staff_at)s::timestamptz[]
        ) AS n (id, last, child_read, staff_read, word_at, child_at, staff_at)
        WHERE c.id = n.id
    )
    SELECT id FROM said
"""


@dataclass(frozen=True, slots=True)
class Line:
    """One message as it is stored."""

    talk: int
    number: int
    author: str
    event: str
    body: bytes
    nonce: bytes | None
    at: datetime


@dataclass(slots=True)
class Count:
    """What becomes of a conversation's row. Marks and numbers only rise; an hour that is None stays what it is."""

    pk: int
    last: int
    child_read: int = 0
    staff_read: int = 0
    word_at: datetime | None = None
    child_at: datetime | None = None
    staff_at: datetime | None = None

    def heard(self, author: str, at: datetime) -> None:
        """Somebody said something at `at`; what the LINE says is no sign of life."""
        self.word_at = self.word_at if author == Author.LINE else at
        self.child_at = at if author == Author.CHILD else self.child_at
        self.staff_at = at if author == Author.COUNSELLOR else self.staff_at


def stored(lines: Collection[Line], counts: Collection[Count]) -> dict[str, Any]:
    """The values of STORE."""
    return {
        "talks": [one.talk for one in lines],
        "numbers": [one.number for one in lines],
        "authors": [one.author for one in lines],
        "events": [one.event for one in lines],
        "bodies": [one.body for one in lines],
        "nonces": [one.nonce for one in lines],
        "ats": [one.at for one in lines],
        "rows": [one.pk for one in counts],
        "last": [one.last for one in counts],
        "child_read": [one.child_read for one in counts],
        "staff_read": [one.staff_read for one in counts],
        "word_at": [one.word_at for one in counts],
        "child_at": [one.child_at for one in counts],
        "staff_at": [one.staff_at for one in counts],
        "young": timing.SEEN_EVERY / 2,
    }
