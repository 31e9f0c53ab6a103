"""The counsellor's desk: duty, conversations, records to write, the current offer, and one conversation in
full.
"""

import json
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from sauga.helpline.chat.models import Conversation, Offer, Transfer
from sauga.helpline.chat.queries.conversations import (
    ZONE,
    Said,
    Whispered,
    card_of,
    keys_at_desk,
    messages_after,
    open_transfer,
    whispers,
)
from sauga.helpline.chat.queries.queue import open_offer
from sauga.helpline.chat.rules.events import Author
from sauga.helpline.permissions import Permission
from sauga.helpline.records import queries as records
from sauga.helpline.records.models import Attempt
from sauga.helpline.records.queries import Waiting
from sauga.helpline.rota.models import Duty
from sauga.helpline.states import TALKING, WAITING, ChatState
from sauga.kernel import sealed
from sauga.kernel.identity import PersonActor
from sauga.kernel.ids import normalise_reference

OVER = (ChatState.ENDED, ChatState.DROPPED, ChatState.WRAP_UP)
CLOSED = (ChatState.CLOSED, ChatState.CLOSED_NONDATA)


@dataclass(frozen=True)
class Talk:
    """One conversation in the list at the left; `letter` is what it is called at this desk."""

    letter: str
    conversation: Conversation
    minutes: int
    unread: int


@dataclass(frozen=True)
class OfferedTransfer:
    """A conversation that a colleague would like to hand over."""

    transfer: Transfer
    card: dict[str, str]
    seconds: int
    is_agreed: bool


@dataclass(frozen=True)
class Desk:
    """The list at the left and what waits for an answer."""

    duty: Duty | None
    talks: list[Talk]
    to_write: list[Waiting]
    offer: Offer | None
    seconds: int
    waiting: int
    passed: list[OfferedTransfer]
    late: list[Waiting]

    @property
    def has_room(self) -> bool:
        """Whether the next contact may be asked for."""
        return self.duty is not None and not self.duty.is_on_break and len(self.talks) < self.duty.capacity

    def letter_of(self, conversation: Conversation) -> str:
        """What a conversation of the list is called."""
        return next((talk.letter for talk in self.talks if talk.conversation.pk == conversation.pk), "")


@dataclass(frozen=True)
class Line:
    """One line of the thread: what a person wrote, what the line said, or a note beside it."""

    kind: str
    text: str
    at: datetime
    event: str = ""
    is_ours: bool = False
    is_read: bool = False
    is_private: bool = False
    by: str = ""


@dataclass(frozen=True)
class TalkPage:
    """A conversation with everything beside it; without `lines` while the vault is locked or the
    words are gone.
    """

    conversation: Conversation
    attempt: Attempt | None
    lines: list[Line]
    is_locked: bool
    is_gone: bool
    share: int | None
    transfer: Transfer | None
    is_talking: bool
    is_over: bool
    is_closed: bool
    is_own: bool


def desk_of(by: PersonActor, at: datetime) -> Desk:
    """The desk of one person, in a fixed number of queries."""
    duty = Duty.objects.present().filter(person_id=by.person_id).first()
    rows = list(
        Conversation.objects.filter(owner_id=by.person_id, state__in=TALKING).order_by("taken_at", "pk")
    )
    offer = open_offer(by.person_id, at)
    if offer is not None:
        offer = Offer.objects.select_related("conversation").get(pk=offer.pk)
    return Desk(
        duty=duty,
        talks=[_talk(chr(65 + number), row, at) for number, row in enumerate(rows)],
        to_write=records.to_write(by, at),
        offer=offer,
        seconds=max(0, int((offer.until - at).total_seconds())) if offer else 0,
        waiting=Conversation.objects.filter(state__in=WAITING).count(),
        passed=_offered_transfers(by, at) if duty else [],
        late=records.late_wrap_ups(at) if by.can(Permission.LEAD_SHIFT) else [],
    )


def talk_page(by: PersonActor, conversation: Conversation, at: datetime, *, opened: bool = False) -> TalkPage:
    """Everything the page of a conversation needs.

    The words of a closed one only when it was `opened` with a reason.
    """
    is_closed = conversation.state in CLOSED
    lines: list[Line] = []
    is_gone = False
    if by.vault is not None and (opened or not is_closed):
        try:
            lines = _lines(by, conversation, by.vault)
        except sealed.KeyNotAvailable:
            is_gone = True
    return TalkPage(
        conversation=conversation,
        attempt=Attempt.objects.select_related(*records.JOINED).filter(conversation=conversation).first(),
        lines=lines,
        is_locked=by.vault is None,
        is_gone=is_gone,
        share=_share(lines),
        transfer=open_transfer(conversation) if conversation.state == ChatState.TRANSFER_OFFERED else None,
        is_talking=conversation.state in TALKING,
        is_over=conversation.state in OVER,
        is_closed=is_closed,
        is_own=conversation.owner_id == by.person_id,
    )


def is_talking(conversation: Conversation) -> bool:
    """Whether a counsellor is in the conversation."""
    return conversation.state in TALKING


def colleagues(by: PersonActor) -> list[tuple[int, str]]:
    """Who could take a conversation now: on duty for chats, not on a break."""
    rows = (
        Duty.objects.present()
        .filter(is_on_break=False)
        .exclude(person_id=by.person_id)
        .select_related("person")
        .order_by("pk")
    )
    return [(row.person_id, row.person.name) for row in rows if "CHAT" in row.channels]


def transfer_for(by: PersonActor, ref: str, at: datetime) -> Transfer | None:
    """An open transfer that this person may take."""
    rows = (
        Transfer.objects.filter(ref=normalise_reference(ref)).filter(_for(by)).select_related("conversation")
    )
    return rows.filter(until__gt=at, outcome="OPEN").exclude(giver_id=by.person_id).order_by("-pk").first()


def _for(by: PersonActor) -> Q:
    return Q(taker_id=by.person_id) | Q(taker_id__isnull=True)


def _talk(letter: str, row: Conversation, at: datetime) -> Talk:
    minutes = max(0, int((at - (row.taken_at or at)).total_seconds() // 60))
    return Talk(letter, row, minutes, max(0, row.last_number - row.staff_read))


def _offered_transfers(by: PersonActor, at: datetime) -> list[OfferedTransfer]:
    rows = list(
        Transfer.objects.filter(_for(by), outcome="OPEN", until__gt=at)
        .exclude(giver_id=by.person_id)
        .select_related("conversation", "giver")
        .order_by("pk")[:5]
    )
    keys = (
        sealed.open_data_keys(ZONE, [row.conversation.desk_holder for row in rows], by.vault)
        if rows and by.vault
        else {}
    )
    found = []
    for row in rows:
        key = keys.get(row.conversation.desk_holder)
        card = json.loads(card_of(row, key)) if key else {}
        found.append(
            OfferedTransfer(row, card, max(0, int((row.until - at).total_seconds())), row.consent == "GIVEN")
        )
    return found


def _lines(by: PersonActor, conversation: Conversation, vault: sealed.Vault) -> list[Line]:
    key, desk_key = keys_at_desk(conversation, vault)
    noted = whispers(by, conversation, desk_key)
    names = _names({note.author_id for note in noted})
    said: list[Said] = []
    while page := messages_after(conversation, key, said[-1].number if said else 0):
        said += page
    lines: list[Line] = []
    for row in said:
        while noted and noted[0].at < row.at:
            lines.append(_noted(noted.pop(0), names))
        lines.append(_said(row, conversation.child_read))
    return [*lines, *(_noted(note, names) for note in noted)]


def _names(people: set[int | None]) -> dict[int, str]:
    from sauga.kernel.identity.models import Person

    wanted = {person for person in people if person is not None}
    return dict(Person.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}


def _said(row: Said, read: int) -> Line:
    if row.event:
        return Line("event", "", row.at, event=row.event)
    ours = row.author == Author.COUNSELLOR
    return Line("said", row.text, row.at, is_ours=ours, is_read=ours and row.number <= read)


def _noted(note: Whispered, names: dict[int, str]) -> Line:
    return Line(
        "whisper", note.text, note.at, by=names.get(note.author_id or 0, ""), is_private=note.is_private
    )


def _share(lines: list[Line]) -> int | None:
    """The counsellor's share of all words, in per cent; None before both have said something
    worth counting.
    """
    ours = sum(len(line.text.split()) for line in lines if line.kind == "said" and line.is_ours)
    theirs = sum(len(line.text.split()) for line in lines if line.kind == "said" and not line.is_ours)
    return round(100 * ours / (ours + theirs)) if ours + theirs >= 20 else None
