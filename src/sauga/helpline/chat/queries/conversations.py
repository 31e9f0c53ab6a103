"""Reads conversations: who may open one, and its messages after a given number."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from sauga.helpline.chat.models import Conversation, Message, Transfer, Whisper
from sauga.helpline.permissions import Permission
from sauga.helpline.states import TALKING, WAITING, ChatState
from sauga.kernel import sealed
from sauga.kernel.identity import PersonActor
from sauga.kernel.ids import normalise_reference

ZONE = sealed.Zone.HELPLINE
MESSAGE, WHISPER, CARD = "helpline.message", "helpline.whisper", "helpline.transfer"
MOST = 500
OPEN = (*TALKING, *WAITING, ChatState.ENDED, ChatState.DROPPED, ChatState.WRAP_UP)


@dataclass(frozen=True)
class Said:
    """One message in the clear. What the LINE said is an `event` without text."""

    number: int
    author: str
    event: str
    text: str
    at: datetime


@dataclass(frozen=True)
class Whispered:
    """One whisper in the clear."""

    ref: str
    author_id: int | None
    is_private: bool
    text: str
    at: datetime


def conversation_behind(receipt: sealed.ReceiptKeys) -> Conversation | None:
    """The conversation a receipt leads to, if there is one."""
    return Conversation.objects.filter(receipt=receipt.lookup).first()


def conversation_for(by: PersonActor, ref: str) -> Conversation:
    """The conversation behind a reference while it lives or waits for its record: for its counsellor, for who
    is given it or asked to take it, and for a shift lead. Raises Http404 for everybody else and for unknown
    references alike.
    """
    rows = Conversation.objects.filter(ref=normalise_reference(ref), state__in=OPEN)
    if by.can(Permission.LISTEN_IN):
        return _one(rows)
    own = Q(owner_id=by.person_id) | Q(offered_to_id=by.person_id, state=ChatState.OFFERED)
    asked = Transfer.objects.filter(conversation=OuterRef("pk"), outcome="OPEN").filter(
        Q(taker=None) | Q(taker_id=by.person_id)
    )
    return _one(
        rows.filter(own | Q(Exists(asked), state=ChatState.TRANSFER_OFFERED))
        if by.can(Permission.TALK)
        else rows.none()
    )


def closed_conversation_for(by: PersonActor, ref: str) -> Conversation:
    """One's own conversation after its record was written.

    Opening it is an act of its own, with a reason. Raises Http404.
    """
    rows = Conversation.objects.filter(
        ref=normalise_reference(ref), state__in=(ChatState.CLOSED, ChatState.CLOSED_NONDATA)
    )
    return _one(rows.filter(owner_id=by.person_id) if by.can(Permission.TALK) else rows.none())


def _one(rows: QuerySet[Conversation]) -> Conversation:
    found = rows.first()
    if found is None:
        raise Http404
    return found


def key_for_receipt(conversation: Conversation, receipt: sealed.ReceiptKeys) -> sealed.DataKey:
    """The key of the words, for the child. Raises KeyNotAvailable."""
    return sealed.open_data_key(zone=ZONE, holder=conversation.holder, opener=sealed.ReceiptOpener(receipt))


def keys_at_desk(conversation: Conversation, vault: sealed.Vault) -> tuple[sealed.DataKey, sealed.DataKey]:
    """The keys of the words and of what only counsellors read, with one query. Raises KeyNotAvailable."""
    found = sealed.open_data_keys(ZONE, [conversation.holder, conversation.desk_holder], vault)
    if len(found) < 2:
        raise sealed.KeyNotAvailable("the vault opens no key of this conversation")
    return found[conversation.holder], found[conversation.desk_holder]


def messages_after(conversation: Conversation, key: sealed.DataKey, number: int) -> list[Said]:
    """What was said after a number, in order, at most 500 at a time."""
    rows = Message.objects.filter(conversation=conversation, number__gt=number).order_by("number")[:MOST]
    return [said(conversation.ref, row, key) for row in rows]


def said(ref: str, row: Message, key: sealed.DataKey) -> Said:
    """One message in the clear."""
    text = ""
    if row.body:
        text = sealed.unseal(
            key, table=MESSAGE, row=f"{ref}-{row.number}", field="body", envelope=bytes(row.body)
        )
    return Said(row.number, row.author, row.event, text, row.at)


def whispers(by: PersonActor, conversation: Conversation, desk_key: sealed.DataKey) -> list[Whispered]:
    """Whispers beside a conversation, oldest first; private notes only for that person."""
    rows = (
        Whisper.objects.filter(conversation=conversation)
        .filter(Q(is_private=False) | Q(author_id=by.person_id))
        .order_by("pk")
    )
    return [
        Whispered(
            row.ref,
            row.author_id,
            row.is_private,
            sealed.unseal(desk_key, table=WHISPER, row=row.ref, field="body", envelope=bytes(row.body)),
            row.at,
        )
        for row in rows
    ]


def open_transfer(conversation: Conversation) -> Transfer | None:
    """The transfer that waits for a colleague, if there is one."""
    return Transfer.objects.filter(conversation=conversation, outcome="OPEN").order_by("-pk").first()


def card_of(transfer: Transfer, desk_key: sealed.DataKey) -> str:
    """The context card of a transfer in the clear (JSON of five fields, as
    `transfer.offer_transfer` sealed it).
    """
    return sealed.unseal(desk_key, table=CARD, row=transfer.ref, field="card", envelope=bytes(transfer.card))
