"""Records: which are still to be written, what the form starts from, and who writes them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q
from django.http import Http404

from sauga.helpline.permissions import Permission
from sauga.helpline.records.models import Attempt, Record
from sauga.helpline.records.rules import channels
from sauga.helpline.records.rules.coding import Codes
from sauga.helpline.states import TALKING, CallState, ChatState, LetterState
from sauga.kernel import sealed, vocab
from sauga.kernel.identity import PersonActor
from sauga.kernel.ids import normalise_reference
from sauga.kernel.permissions import allowed

ZONE = sealed.Zone.HELPLINE
TARGET = timedelta(seconds=60)
LATE = timedelta(minutes=30)
"""A wrap-up that takes longer is shown to the shift lead."""
OVER = [ChatState.ENDED, ChatState.DROPPED, ChatState.WRAP_UP]
CALL_OVER = [CallState.ENDED, CallState.WRAP_UP]
ANSWERED = [LetterState.DELIVERED, LetterState.READ]
TO_WRITE = (
    Q(conversation__state__in=OVER)
    | Q(call__state__in=CALL_OVER)
    | Q(letter__state__in=ANSWERED, outcome="ANSWERED")
)
JOINED = ("conversation", "conversation__owner", "call", "call__answered_by", "letter", "record")
CHILD_AUDIENCE = "CHILD"


@dataclass(frozen=True)
class WrapUp:
    """A contact that waits for its record: since when, how long it lasted, and the codes that are known
    without asking.
    """

    attempt: Attempt
    channel: str
    since: datetime | None
    seconds: int
    minutes: int | None
    is_late: bool
    known: Codes
    age_said: str
    band: str

    @property
    def share(self) -> float:
        """How much of the minute is used up, 0–1."""
        return min(1.0, self.seconds / TARGET.total_seconds())


@dataclass(frozen=True)
class Waiting:
    """A contact without a record, for the list beside the conversations and for the shift lead."""

    attempt: Attempt
    owner: str
    since: datetime | None
    minutes: int
    is_late: bool


def attempt_for(actor: PersonActor, ref: str) -> Attempt:
    """The attempt that this person may write up. Raises Http404 for strangers and unknown
    references alike.
    """
    attempt = Attempt.objects.select_related(*JOINED).filter(ref=normalise_reference(ref)).first()
    if attempt is None or not allowed(actor, Permission.WRITE_UP, attempt):
        raise Http404
    return attempt


def record_of(attempt: Attempt) -> Record | None:
    """The attempt's record, or None."""
    return getattr(attempt, "record", None)


def wrap_up(attempt: Attempt, at: datetime) -> WrapUp:
    """What the wrap-up of an attempt starts from."""
    since = _ended(attempt)
    seconds = max(0, int((at - since).total_seconds())) if since else 0
    talked = attempt.talk_seconds
    return WrapUp(
        attempt=attempt,
        channel=attempt.channel,
        since=since,
        seconds=seconds,
        minutes=max(1, round(talked / 60)) if talked else None,
        is_late=timedelta(seconds=seconds) > LATE,
        known=_known(attempt),
        age_said=attempt.conversation.age_band if attempt.conversation else "",
        band=attempt.band,
    )


def to_write(by: PersonActor, at: datetime) -> list[Waiting]:
    """This person's contacts that still wait for a record, the oldest first."""
    mine = reduce(or_, (channel.mine(by.person_id) for channel in channels.registered()))
    return _waiting(mine, at)


def late_wrap_ups(at: datetime) -> list[Waiting]:
    """Contacts of the whole shift that wait for a record for more than half an hour, the oldest first: the
    shift lead asks how it goes.
    """
    return [row for row in _waiting(Q(letter__isnull=True), at) if row.is_late]


def note_of(record: Record, by: PersonActor) -> str:
    """The note in words, or nothing when the vault is locked or the time of the note is over.

    Only for whom `attempt_for` let in.
    """
    if not record.note or by.vault is None:
        return ""
    key = sealed.open_data_keys(ZONE, [record.holder], by.vault).get(record.holder)
    if key is None:
        return ""
    return sealed.unseal(
        key, table="helpline.record", row=record.ref, field="note", envelope=bytes(record.note)
    )


def codes_of(record: Record) -> Codes:
    """A record's codes as they were said."""
    said: dict[str, Any] = {name: getattr(record, name) for name in Codes.__dataclass_fields__}
    said.update({name: tuple(value) for name, value in said.items() if isinstance(value, list)})
    return Codes(**said)


def _waiting(whose: Q, at: datetime) -> list[Waiting]:
    rows = (
        Attempt.objects.select_related(*JOINED)
        .filter(TO_WRITE & whose, record__isnull=True)
        .order_by("pk")[:50]
    )
    found = []
    for attempt in rows:
        since = _ended(attempt)
        minutes = int((at - since).total_seconds() // 60) if since else 0
        owner = (
            attempt.conversation.owner
            if attempt.conversation
            else attempt.call.answered_by
            if attempt.call
            else None
        )
        found.append(
            Waiting(attempt, owner.name if owner else "", since, minutes, timedelta(minutes=minutes) >= LATE)
        )
    return found


def _ended(attempt: Attempt) -> datetime | None:
    subject = attempt.conversation or attempt.call
    if subject is not None:
        return subject.ended_at
    return attempt.letter.delivered_at if attempt.letter else None


def _known(attempt: Attempt) -> Codes:
    """Codes that the contact itself told; a person confirms or changes each of them."""
    talk = attempt.conversation
    child = attempt.audience == CHILD_AUDIENCE
    ended_by = talk.ended_by if talk else ""
    age = talk.age_band if talk and vocab.has_term("age_band", talk.age_band, at=attempt.day) else ""
    return Codes(
        language=attempt.language if vocab.has_term("language", attempt.language, at=attempt.day) else "und",
        caller_role="CHILD_SELF" if child else "",
        risk=(talk.band if talk else attempt.band) or "NONE",
        age_band=age,
        ended_by=ended_by if vocab.has_term("ended_by", ended_by, at=attempt.day) else "",
    )


OWN_PAGE = 50


def own_contacts(by: PersonActor, find: str = "") -> list[Attempt]:
    """One's own contacts, newest first; `find` is a reference or the beginning of one.

    Words are never searched.
    """
    mine = (
        Q(conversation__owner_id=by.person_id)
        | Q(call__answered_by_id=by.person_id)
        | Q(record__author_id=by.person_id)
    )
    rows = Attempt.objects.filter(mine).select_related(*JOINED).order_by("-pk")
    if find:
        begins = normalise_reference(find) if len(find) > 8 else find.upper().strip()
        rows = rows.filter(
            Q(conversation__ref__startswith=begins)
            | Q(call__ref__startswith=begins)
            | Q(letter__ref__startswith=begins)
        )
    return list(rows.distinct()[:OWN_PAGE])


def conversation_in_hand(by: PersonActor) -> str:
    """The reference of the conversation that this person has been talking in for longest; empty
    when there is none.
    """
    own = Attempt.objects.filter(conversation__owner_id=by.person_id, conversation__state__in=TALKING)
    return (
        own.order_by("conversation__taken_at", "conversation_id")
        .values_list("conversation__ref", flat=True)
        .first()
        or ""
    )
