"""The rules of sending, reading and typing in a conversation, as one pure function: state and event in,
effects out.

`decide` reads nothing and writes nothing. Every action that sends, marks or types asks it under the lock of
the conversation's row and carries out what it answers; no other code repeats these rules.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from sauga.helpline.chat.rules.events import TYPING, Author
from sauga.helpline.states import TALKING, WAITING, ChatState
from sauga.kernel.refusals import ActionRefused

READ = "read"
"""The signal that says that a read mark rose."""


class ConversationOver(ActionRefused):
    """The conversation has ended: nothing can be said or done in it any more."""

    message = _("The conversation has ended.")


class ConversationMovedOn(ConversationOver):
    """The conversation is not where the lead's page showed it: taken, handed over or ended."""

    message = _("The conversation has moved on; look at it again.")


class NotYours(ActionRefused):
    """A colleague has this conversation."""

    message = _("A colleague has this conversation now.")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A conversation's row as far as these decisions need it."""

    state: str
    owner_id: int | None
    last_number: int
    child_read: int
    staff_read: int


@dataclass(frozen=True, slots=True)
class Send:
    """A message is sent. `person_id`: the person at the desk, None for the child; `stored_as`: the number
    under which the same message (the same nonce) is stored already.
    """

    person_id: int | None
    stored_as: int | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """One side's page has shown everything up to a number."""

    person_id: int | None
    up_to: int


@dataclass(frozen=True, slots=True)
class Typing:
    """One side types."""

    person_id: int | None


type Event = Send | Read | Typing


class Also(StrEnum):
    """What must be done beside storing and signalling."""

    RESUME = "RESUME"
    """A child that was thought lost is back: the conversation goes on before the message is stored."""
    TRIAGE = "TRIAGE"
    """A child adds something while it waits: the text is judged, and may raise the band."""


@dataclass(frozen=True, slots=True)
class Effects:
    """What follows. `answer`: the message's number, or 1 where something changed and 0 where nothing did;
    `after`: the row afterwards; `stores`: whether a message is stored under that number; `signal`: what both
    sides' pages are signalled at commit.
    """

    answer: int
    after: Snapshot
    stores: bool = False
    also: Also | None = None
    signal: int | str | None = None


def author_of(person_id: int | None) -> Author:
    """Which side an event comes from."""
    return Author.CHILD if person_id is None else Author.COUNSELLOR


def decide(state: Snapshot, event: Event) -> Effects:
    """What `event` does in a conversation that is in `state`.

    The child sends while waiting and talking, the owner while talking; a message is stored once. Marks rise,
    never past the last message; a colleague's reading and typing change nothing. Raises NotYours,
    ConversationOver.
    """
    match event:
        case Send():
            return _send(state, event)
        case Read():
            return _read(state, event)
        case Typing(person_id):
            if person_id not in {None, state.owner_id}:
                return Effects(0, state)
            return Effects(1, state, signal=f"{TYPING}{author_of(person_id)}")


def _send(state: Snapshot, event: Send) -> Effects:
    if event.stored_as is not None:
        return Effects(event.stored_as, state)
    is_child = event.person_id is None
    if not is_child and state.owner_id != event.person_id:
        raise NotYours
    if state.state not in TALKING and not (is_child and state.state in WAITING):
        raise ConversationOver
    also = None
    if is_child and state.state == ChatState.PAUSED:
        also = Also.RESUME
    elif is_child and state.state in WAITING:
        also = Also.TRIAGE
    number = state.last_number + 1
    now_in = str(ChatState.ACTIVE) if also == Also.RESUME else state.state
    return Effects(
        number,
        replace(state, state=now_in, last_number=number),
        stores=True,
        also=also,
        signal=state.last_number,
    )


def _read(state: Snapshot, event: Read) -> Effects:
    is_child, reach = event.person_id is None, min(event.up_to, state.last_number)
    if (state.child_read if is_child else state.staff_read) >= reach or not (
        is_child or state.owner_id == event.person_id
    ):
        return Effects(0, state)
    after = replace(state, child_read=reach) if is_child else replace(state, staff_read=reach)
    return Effects(1, after, signal=READ)
