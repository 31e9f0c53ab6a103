"""When a contact is over its rows keep the day only: who wrote when can no longer be reconstructed.

Contacts that no counsellor took up are closed as they end; the others with their record (`recording`).
"""

from datetime import datetime, timedelta
from typing import Any

from sauga.helpline.chat.models import Conversation, Message, Offer, Transfer, Whisper
from sauga.helpline.records.actions import close_talk
from sauga.kernel import live
from sauga.kernel.clock import to_day
from sauga.kernel.identity import PersonActor

INSTANTS = ("started_at", "since", "taken_at", "ended_at", "child_seen_at", "staff_seen_at", "last_word_at")


def to_days(conversation: Conversation, at: datetime) -> None:
    """Round every instant of a locked conversation to its day, and let the retention term begin."""
    conversation.closed_at = to_day(at)
    for name in INSTANTS:
        instant = getattr(conversation, name)
        setattr(conversation, name, to_day(instant) if instant else None)
    conversation.save(update_fields=["closed_at", *INSTANTS])
    _round(conversation.steps.all(), "at")
    _round(Message.objects.filter(conversation=conversation), "at")
    _round(Whisper.objects.filter(conversation=conversation), "at")
    for name in ("at", "until"):
        _round(Offer.objects.filter(conversation=conversation), name)
        _round(Transfer.objects.filter(conversation=conversation), name)


def close_with_record(*, by: PersonActor, contact: Conversation, to: str, at: datetime) -> None:
    """Close a locked conversation that is over, with its record. Raises StillGoingOn."""
    close_talk(by=by, talk=contact, to=to, at=at)
    to_days(contact, at)
    live.signal(contact.channel, contact.last_number)


def _round(rows: Any, name: str) -> None:
    """One statement for each day that occurs: a conversation has one, seldom two."""
    for day in {to_day(instant) for instant in rows.values_list(name, flat=True)}:
        rows.filter(**{f"{name}__gte": day, f"{name}__lt": to_day(day + timedelta(hours=26))}).update(
            **{name: day}
        )
