"""The statistics row of a conversation: created when the child begins, given exactly one outcome."""

from datetime import datetime

from sauga.helpline.chat.models import Conversation
from sauga.helpline.records.models import Attempt
from sauga.kernel.clock import VILNIUS


def begin(conversation: Conversation, at: datetime) -> Attempt:
    """The attempt starts when the child presses start."""
    local = at.astimezone(VILNIUS)
    return Attempt.objects.create(
        channel="CHAT",
        audience=conversation.audience,
        language=conversation.language,
        day=local.date(),
        hour=local.hour,
        conversation=conversation,
    )


def settle(conversation: Conversation, outcome: str, reason: str) -> None:
    """Give the attempt its outcome, once: a later one changes nothing."""
    Attempt.objects.filter(conversation=conversation, outcome="").update(
        outcome=outcome, reason=reason, band=conversation.band
    )


def taken(conversation: Conversation) -> None:
    """How long the child waited for a counsellor."""
    assert conversation.taken_at is not None and conversation.since is not None
    seconds = max(0, int((conversation.taken_at - conversation.since).total_seconds()))
    Attempt.objects.filter(conversation=conversation).update(wait_seconds=seconds, band=conversation.band)


def ended(conversation: Conversation, at: datetime) -> None:
    """How long the talk was."""
    assert conversation.taken_at is not None
    seconds = max(0, int((at - conversation.taken_at).total_seconds()))
    Attempt.objects.filter(conversation=conversation).update(talk_seconds=seconds, band=conversation.band)
