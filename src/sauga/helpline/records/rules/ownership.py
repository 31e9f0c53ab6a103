"""Whose contact an attempt is: the rule behind the permission to write its record."""

from typing import Any

from sauga.helpline.permissions import Permission


def is_own(actor: Any, attempt: Any) -> bool:
    """Whether this person holds the conversation, answered the call, or has the letter in hand or
    wrote its answer.
    """
    person = actor.person_id
    if attempt.conversation is not None and attempt.conversation.owner_id == person:
        return True
    if attempt.call is not None and attempt.call.answered_by_id == person:
        return True
    if attempt.letter is not None and (
        attempt.letter.claimed_by_id == person or attempt.letter.drafts.filter(author_id=person).exists()
    ):
        return True
    record = getattr(attempt, "record", None)
    return record is not None and record.author_id == person


def may_write_up(actor: Any, attempt: Any) -> bool:
    """One's own contact; a shift lead also writes up what a colleague could not."""
    return is_own(actor, attempt) or actor.can(Permission.LEAD_SHIFT)
