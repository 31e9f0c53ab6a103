"""What a child does besides chatting: take the words of the receipt, give feedback, come back later."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.helpline.chat.models import Conversation
from sauga.helpline.permissions import Permission
from sauga.helpline.records.actions import give_feedback
from sauga.helpline.trail import Trail
from sauga.kernel import audit, sealed
from sauga.kernel.identity import require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, lock

ZONE = sealed.Zone.HELPLINE
SAID = "SAID"


class ShownBefore(ActionRefused):
    """The receipt of this conversation was shown already; it is shown once."""

    message = _("These words were shown already; they are shown only once.")


class SaidBefore(ActionRefused):
    """Feedback was given already for this conversation."""

    message = _("You have told us already how it was.")


def show_receipt(*, by: Actor, conversation: Conversation, nonce: bytes, at: datetime) -> Conversation:
    """Note that the receipt is being shown. The same form (`nonce`) may ask again, after a double click or a
    lost response.

    Raises ShownBefore for any other form.
    """
    require(by, Permission.VISIT)
    with transaction.atomic():
        conversation = lock(conversation)
        if conversation.receipt_shown:
            if bytes(conversation.receipt_nonce or b"") != nonce:
                raise ShownBefore
            return conversation
        conversation.receipt_shown, conversation.receipt_nonce = True, nonce
        conversation.save(update_fields=["receipt_shown", "receipt_nonce"])
    return conversation


def say_how_it_was(
    *, by: Actor, conversation: Conversation, mood: str, answers: dict[str, str], at: datetime
) -> None:
    """Store mood before and after and the answers in a row without a link to the conversation; once a
    conversation.

    On the conversation only “said” is noted, as the mood after: it dies with it. Raises SaidBefore.
    """
    require(by, Permission.VISIT)
    with transaction.atomic():
        conversation = lock(conversation)
        if conversation.mood_after:
            raise SaidBefore
        conversation.mood_after = SAID
        conversation.save(update_fields=["mood_after"])
        if mood or answers:
            give_feedback(
                by=by,
                channel="CHAT",
                language=conversation.language,
                mood_before=conversation.mood_before,
                mood_after=mood,
                answers=answers,
                at=at,
            )


def come_back(*, by: Actor, conversation: Conversation, at: datetime) -> None:
    """Log that a child came back with the receipt, without saying who."""
    require(by, Permission.VISIT)
    with transaction.atomic():
        audit.record(by, Trail.CHAT_RETURNED_TO, conversation, zone=ZONE, at=at)
