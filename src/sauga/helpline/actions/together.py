"""Words and read marks of talks under way, stored on the event loop: what arrives while one transaction is at the disk goes into the next.

The twins of `talking.say`, `talking.mark_read` for the one case that happens all the time. They answer None, having stored nothing, for
every other: a row that somebody else holds for long, a state in which more must happen, a session that is not what it was, a database that
is away. Then the caller takes the long way. An answer is given after the commit, never before.
"""

import asyncio
import logging
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar
from weakref import WeakKeyDictionary

import psycopg

from sauga.helpline.actions.messages import ConversationOver, NotYours, clean, may_say, seal_words
from sauga.helpline.actions.storing import STORE, Count, Line, stored
from sauga.helpline.models import Conversation
from sauga.helpline.rules.events import TYPING, Author
from sauga.helpline.rules.permissions import Permission
from sauga.helpline.states import TALKING, ChatState
from sauga.kernel import live, sealed
from sauga.kernel.identity import PersonActor, proof, require
from sauga.kernel.states import Actor

log = logging.getLogger(__name__)
MOST = 200
LINGER = 30.0
APART = 0.008
"""Seconds between two transactions under load: half as many words a second more, for a few thousandths of a second."""
TRIES = 4
"""Turns in which a row may be held by another process, which mostly stores the other side's word, before the long way waits for it."""

READ = "SELECT id, state, owner_id, last_number, child_read, staff_read FROM helpline_conversation WHERE id = ANY(%s) ORDER BY id"
LOCKED = f"{READ} FOR NO KEY UPDATE SKIP LOCKED"
# The limit inside keeps the planner at one look into the index for each message, whatever it believes about the table's size.
BEFORE = """
    SELECT asked.talk, asked.nonce, m.number
    FROM unnest(%s::bigint[], %s::bytea[]) AS asked (talk, nonce)
    CROSS JOIN LATERAL (
        SELECT number FROM helpline_message WHERE conversation_id = asked.talk AND nonce = asked.nonce LIMIT 1
    ) m
"""


@dataclass(slots=True)
class Row:
    """A conversation's row as this transaction sees it, locked where something is to be written; and what will be told of it."""

    state: str
    owner_id: int | None
    count: Count
    before: dict[bytes, int] = field(default_factory=dict)
    after: int | str | None = None
    typing: set[str] = field(default_factory=set)

    @property
    def signals(self) -> list[int | str]:
        """What is told of it at the commit."""
        return [*([] if self.after is None else [self.after]), *(f"{TYPING}{author}" for author in sorted(self.typing))]


@dataclass(slots=True, eq=False)
class Act:
    """Something that one side does now."""

    by: Actor
    conversation: Conversation
    proof: proof.Proof | None
    at: datetime
    done: asyncio.Future[int | None]
    tries: int = field(default=0, init=False)

    writes: ClassVar[bool] = True

    @property
    def author(self) -> str:
        """Which side it is."""
        return str(Author.CHILD if self.person_id is None else Author.COUNSELLOR)

    @property
    def person_id(self) -> int | None:
        """The person at the desk; None for the child."""
        return self.by.person_id if isinstance(self.by, PersonActor) else None

    def play(self, row: Row) -> tuple[int | None, Line | None]:
        """What is answered, and the message if one is to be stored. Raises ConversationOver, NotYours."""
        raise NotImplementedError


@dataclass(slots=True, eq=False)
class Word(Act):
    """Something said."""

    key: sealed.DataKey
    text: str
    nonce: bytes

    def play(self, row: Row) -> tuple[int | None, Line | None]:
        """See `Act.play`."""
        if (number := row.before.get(self.nonce)) is not None:
            return number, None
        staff = self.person_id is not None
        may_say(self.by, row.state, row.owner_id)
        if row.state not in TALKING or (row.state == ChatState.PAUSED and not staff):
            return None, None
        count = row.count
        number = count.last + 1
        body = seal_words(self.conversation.ref, number, self.key, self.text)
        row.after = count.last if row.after is None else row.after
        count.last = row.before[self.nonce] = number
        count.heard(self.author, self.at)
        return number, Line(count.pk, number, self.author, "", body, self.nonce, self.at)


@dataclass(slots=True, eq=False)
class Mark(Act):
    """One side has read up to a number."""

    up_to: int

    def play(self, row: Row) -> tuple[int | None, Line | None]:
        """See `Act.play`. Answers 1 when that was news, else 0."""
        count, staff = row.count, self.person_id is not None
        reach, held = min(self.up_to, count.last), count.staff_read if staff else count.child_read
        if held >= reach or (staff and row.owner_id != self.person_id):
            return 0, None
        if staff:
            count.staff_read = reach
        else:
            count.child_read = reach
        row.after = "read" if row.after is None else row.after
        return 1, None


@dataclass(slots=True, eq=False)
class Look(Act):
    """A page opens. Writes nothing, so it waits for no disk."""

    writes: ClassVar[bool] = False

    def play(self, row: Row) -> tuple[int | None, Line | None]:
        """See `Act.play`. Answers the last number."""
        staff = self.person_id is not None
        if row.state not in TALKING or (row.owner_id != self.person_id if staff else row.state == ChatState.PAUSED):
            return None, None
        return row.count.last, None


@dataclass(slots=True, eq=False)
class Keys(Act):
    """Somebody types: told to the other side and stored nowhere, so it waits for no disk."""

    writes: ClassVar[bool] = False

    def play(self, row: Row) -> tuple[int | None, Line | None]:
        """See `Act.play`. Answers 1 when it was told; what a colleague types beside a conversation is nobody's business."""
        if self.person_id not in {None, row.owner_id}:
            return 0, None
        row.typing.add(self.author)
        return 1, None


async def say(
    *, by: Actor, conversation: Conversation, key: sealed.DataKey, text: str, nonce: bytes, held: proof.Proof | None, at: datetime
) -> int | None:
    """`talking.say`, answering the message's number; None: take that. `held` is what the person's request rests on.

    Raises NothingToSay, TooLong, NotYours, ConversationOver.
    """
    require(by, Permission.TALK if isinstance(by, PersonActor) else Permission.VISIT)
    done = asyncio.get_running_loop().create_future()
    return await _hand().take(Word(by, conversation, held, at, done, key, clean(text), nonce))


async def mark_read(*, by: Actor, conversation: Conversation, up_to: int, held: proof.Proof | None, at: datetime) -> bool | None:
    """`talking.mark_read`; None: take that."""
    require(by, Permission.TALK if isinstance(by, PersonActor) else Permission.VISIT)
    done = asyncio.get_running_loop().create_future()
    news = await _hand().take(Mark(by, conversation, held, at, done, up_to))
    return None if news is None else bool(news)


async def look(*, by: Actor, conversation: Conversation, held: proof.Proof | None, at: datetime) -> int | None:
    """The last number of a talk under way, for the child and the owner; None: ask the long way. Signs of life are the open page's own."""
    require(by, Permission.TALK if isinstance(by, PersonActor) else Permission.VISIT)
    done = asyncio.get_running_loop().create_future()
    return await _hand().take(Look(by, conversation, held, at, done))


async def type_on(*, by: Actor, conversation: Conversation, held: proof.Proof | None, at: datetime) -> bool | None:
    """`talking.type_on`; None: take that."""
    require(by, Permission.TALK if isinstance(by, PersonActor) else Permission.VISIT)
    done = asyncio.get_running_loop().create_future()
    told = await _hand().take(Keys(by, conversation, held, at, done))
    return None if told is None else bool(told)


class Hand:
    """Writes for one event loop, on one connection that closes when nobody has said anything for a while."""

    def __init__(self) -> None:
        self.waiting: list[Act] = []
        self.wake = asyncio.Event()
        self.task: asyncio.Task[None] | None = None
        self.turns = live.Turns(APART)

    async def take(self, act: Act) -> int | None:
        """Do it with whatever else is waiting."""
        self.waiting.append(act)
        self.wake.set()
        if self.task is None or self.task.done():
            self.task = asyncio.create_task(self._work(), name="hand")
        return await act.done

    async def _work(self) -> None:
        try:
            async with await live.connect() as connection:
                while True:
                    async with asyncio.timeout(LINGER):
                        await self.wake.wait()
                    self.wake.clear()
                    while self.waiting:
                        await self.turns.next()
                        taken, self.waiting = self.waiting[:MOST], self.waiting[MOST:]
                        try:
                            self.waiting[:0] = await _write(connection, taken)
                        finally:
                            _let_go(set(taken).difference(self.waiting))
        except TimeoutError:
            pass
        except (psycopg.Error, OSError) as error:
            log.warning("words take the long way", extra={"error_type": type(error).__name__})
        finally:
            _let_go(self.waiting)
            self.waiting = []


def _let_go(acts: Iterable[Act]) -> None:
    """Whatever was not answered takes the long way."""
    for act in acts:
        if not act.done.done():
            act.done.set_result(None)


async def _write(connection: psycopg.AsyncConnection[Any], acts: Sequence[Act]) -> list[Act]:
    """One transaction: lock, look what was stored before and who may still act; then store, count and tell. Two turns to the server.

    Answers the acts whose row somebody holds, for the next turn.
    """
    proofs = {act.proof for act in acts if act.proof is not None}
    async with connection.pipeline():
        await connection.execute("BEGIN")
        asked = await proof.ask(connection, proofs) if proofs else None
        rows = await _rows(connection, acts)
        holding = proof.holding(await asked.fetchall(), proofs, acts[0].at) if asked else set()
    answers, lines = _play(acts, rows, holding)
    changed = [row.count for row in rows.values() if row.after is not None]
    channels = {act.conversation.pk: act.conversation.channel for act in acts}
    signals = [(channels[pk], after) for pk, row in rows.items() for after in row.signals]
    async with connection.pipeline():
        if changed:
            await connection.execute(STORE, stored(lines, changed))
        if signals:
            await live.signal_all(connection, signals)
        await connection.execute("COMMIT")
    for act, answer in answers.items():
        if act.done.done():  # whoever asked is not there any more
            continue
        if isinstance(answer, Exception):
            act.done.set_exception(answer)
        else:
            act.done.set_result(answer)
    return _again(act for act in acts if act.conversation.pk not in rows)


def _again(acts: Iterable[Act]) -> list[Act]:
    """Those that may try once more."""
    held = list(acts)
    for act in held:
        act.tries += 1
    return [act for act in held if act.tries < TRIES]


async def _rows(connection: psycopg.AsyncConnection[Any], acts: Sequence[Act]) -> dict[int, Row]:
    """The conversations of these acts, those locked in which something is to be written, with the numbers of words stored before."""
    written = {act.conversation.pk for act in acts if act.writes}
    looked_at = {act.conversation.pk for act in acts} - written
    words = [act for act in acts if isinstance(act, Word)]
    asked = [await connection.execute(sql, [list(pks)]) for sql, pks in ((LOCKED, written), (READ, looked_at)) if pks]
    if words:
        before = await connection.execute(BEFORE, [[one.conversation.pk for one in words], [one.nonce for one in words]])
    rows = {row[0]: Row(row[1], row[2], Count(row[0], *row[3:])) for cursor in asked for row in await cursor.fetchall()}
    for talk, nonce, number in await before.fetchall() if words else ():
        if talk in rows:
            rows[talk].before[bytes(nonce)] = number
    return rows


def _play(
    acts: Sequence[Act], rows: dict[int, Row], holding: Collection[proof.Proof]
) -> tuple[dict[Act, int | Exception | None], list[Line]]:
    """Everything in the order in which it came. Acts of staff without a proof that holds, and of rows not locked, get no answer here."""
    answers: dict[Act, int | Exception | None] = {}
    lines: list[Line] = []
    for act in acts:
        row = rows.get(act.conversation.pk)
        if row is None or (act.person_id is not None and act.proof not in holding):
            continue
        try:
            answers[act], line = act.play(row)
        except (ConversationOver, NotYours) as refused:
            answers[act] = refused
        else:
            lines += [line] if line is not None else []
    return answers, lines


_hands: WeakKeyDictionary[asyncio.AbstractEventLoop, Hand] = WeakKeyDictionary()


def _hand() -> Hand:
    return _hands.setdefault(asyncio.get_running_loop(), Hand())
